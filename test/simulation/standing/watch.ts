import * as v from 'valibot';
import type { World } from '../../sandbox/world.ts';
import type { SimulatedDisk } from '../../store/simulated-disk.ts';
import type { Report } from '../broken-law.ts';
import { isWriteOf, systemCalled } from '../system-call.ts';
import { durableDocuments, leasesIn } from '../watch.ts';
import type { StandingBooks, StandingLine } from './books.ts';

/**
 * A look is at most half a minute old when the first line of its group leaves (DESIGN.md 3, Apply), and
 * lines go one by one, each of whose answers may take its time.
 */
const lookMaxMs = 150_000;
const mark = /LP[0-9A-HJKMNP-TV-Z]{16}/g;
const adjustmentSchema = v.object({ contractServiceID: v.number() });
const patchSchema = v.array(v.object({ path: v.string() }));

/**
 * Laws about writes to a PSA, looked at when they leave: each has its intent on the disk already and a
 * lease, none touches what was billed, and none touches what a person changed and nobody answered for.
 */
export function watchStanding(options: {
  world: World;
  books: readonly StandingBooks[];
  disk: () => SimulatedDisk;
  nowMs: () => number;
  /** By the clock of the app's machine. */
  appNowMs: () => number;
  report: Report;
}): (request: Request, body: string) => void {
  const { books, disk, nowMs, appNowMs, report } = options;
  return (request, body) => {
    const book = books.find(({ system }) => system === systemCalled(request));
    if (book === undefined || !isWriteOf(request) || isTrial(request, body)) return;
    const told = `${request.method} ${new URL(request.url).pathname}`;
    const documents = durableDocuments(disk());
    const isMeant = documents.some(
      (bytes) =>
        bytes.includes('"bodyHash":') &&
        (body.match(mark) ?? []).every((one) => bytes.includes(one)),
    );
    if (!isMeant) report('intent-first', `${told} left before its intent was durable`);
    const held = documents.flatMap(leasesIn).some(({ untilMs }) => untilMs > appNowMs());
    if (!held) report('lease', `${told} left without a lease`);
    const line = touchedLine(book, request, body);
    if (line === undefined) return;
    const isOld = (ms: number | null): boolean => ms !== null && ms < nowMs() - lookMaxMs;
    if (isOld(line.billedMs) && changesWhatWasBilled(request, body))
      report('billed-stays', `${told} changes ${line.key}, which was billed`);
    if (isOld(line.editedMs))
      report('edit-kept', `${told} writes over ${line.key}, which somebody changed`);
  };
}

/** Rights are tried with what cannot succeed: a record without its fields, record 0. */
const isTrial = ({ url }: Request, body: string): boolean =>
  body === '{}' || /\/0$/.test(new URL(url).pathname);

/** The charge, service or addition that a write changes; undefined where it brings in or opens something. */
function touchedLine(
  book: StandingBooks,
  { url, method }: Request,
  body: string,
): StandingLine | undefined {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/ContractServiceAdjustments')) {
    const { contractServiceID } = v.parse(adjustmentSchema, JSON.parse(body));
    return book.line(`service ${contractServiceID}`);
  }
  const id = /\/(?:Charges|additions)\/(\d+)$/.exec(pathname)?.[1];
  if (id === undefined || method === 'POST') return undefined;
  return book.line(`${book.system === 'autotask' ? 'charge' : 'addition'} ${id}`);
}

/** Its last day may come after what was billed; its figures and its first day may not be moved. */
function changesWhatWasBilled({ method }: Request, body: string): boolean {
  if (method === 'DELETE') return true;
  if (method !== 'PATCH') return false;
  return v.parse(patchSchema, JSON.parse(body)).some(({ path }) => path !== 'cancelledDate');
}
