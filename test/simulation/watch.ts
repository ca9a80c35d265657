import type { World } from '../sandbox/world.ts';
import type { SimulatedDisk } from '../store/simulated-disk.ts';
import type { Report } from './broken-law.ts';

const isHot = (path: string): boolean => path.endsWith('/hot.json');

/** The hot documents that would survive a power cut at this very moment. */
export const durableDocuments = (disk: SimulatedDisk): Buffer[] =>
  disk
    .paths()
    .filter(isHot)
    .flatMap((path) => disk.peekDurable(path) ?? [])
    .map((bytes) => Buffer.from(bytes.buffer));

const mark = /LP[0-9A-HJKMNP-TV-Z]{16}/g;
/** Marks of lines whose write was begun: its intent is stored, its answer is not. */
export const marksUnderWay = (disk: SimulatedDisk): string[] =>
  durableDocuments(disk).flatMap((bytes) => bytes.toString().match(mark) ?? []);

/**
 * Laws about the order of things, looked at when a request leaves: a write has its intent on the
 * disk already, and neither a write nor a renewal of tokens goes out without the lease.
 */
export function watchRequests(options: {
  world: World;
  disk: () => SimulatedDisk;
  nowMs: () => number;
  report: Report;
}): (request: Request, body: string) => void {
  const { world, disk, nowMs, report } = options;
  const origin = new URL(world.urls.systems.xero).origin;
  return (request, body) => {
    const url = new URL(request.url);
    if (url.origin !== origin) return;
    const isWrite = url.pathname.startsWith('/api.xro/') && request.method !== 'GET';
    const isRenewal = url.pathname === '/connect/token' && body.includes('refresh_token');
    if (!isWrite && !isRenewal) return;
    const documents = durableDocuments(disk());
    const key = request.headers.get('idempotency-key') ?? '';
    if (
      isWrite &&
      (key === '' || !documents.some((bytes) => bytes.includes(`"idempotencyKey":"${key}"`)))
    )
      report(
        'intent-first',
        `${request.method} ${url.pathname} left before its intent was durable`,
      );
    const held = documents.flatMap(leasesIn).some(({ untilMs }) => untilMs > nowMs());
    if (!held) report('lease', `${request.method} ${url.pathname} left without a lease`);
  };
}

/**
 * Sees every commit of a hot document: nobody takes a lease that somebody else still holds. A clock that
 * is set back between the taking and its commit takes nothing back: its latest time counts.
 */
export function watchLeases(
  nowMs: () => number,
  report: Report,
): (disk: SimulatedDisk, folder: string) => void {
  const known = new Map<string, Lease>();
  let latestMs = 0;
  return (disk, folder) => {
    latestMs = Math.max(latestMs, nowMs());
    const bytes = disk.peek(`${folder}/hot.json`);
    if (bytes === null) return;
    for (const lease of leasesIn(Buffer.from(bytes.buffer))) {
      const before = known.get(lease.id);
      known.set(lease.id, lease);
      if (before === undefined || lease.fence <= before.fence) continue;
      if (before.untilMs > latestMs)
        report('one-writer', `fence ${lease.fence} was given while ${before.fence} held the lease`);
    }
  };
}

interface Lease {
  id: string;
  fence: number;
  untilMs: number;
}

const leasePattern = /"id":"([^"]+)","holder":"[^"]*","fence":(\d+),"until":"([^"]+)"/g;
export function leasesIn(bytes: Buffer): Lease[] {
  const start = bytes.indexOf('"lease":[');
  if (start < 0) return [];
  const list = bytes.toString('utf8', start, bytes.indexOf(']', start));
  return [...list.matchAll(leasePattern)].map(([, id = '', fence = '0', until = '']) => ({
    id,
    fence: Number(fence),
    untilMs: Date.parse(until),
  }));
}
