import * as v from 'valibot';
import { AppError, retryLater, retryReconnect } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Http } from '../kit/http.ts';
import { faultOf } from './faults.ts';
import { readTimeoutMs, zoneLifeMs } from './limits.ts';
import { zoneSchema } from './schema.ts';

export interface Zone {
  /** Ends with a slash; `V1.0/` follows. */
  url: string;
  /** The number of the customer's database. */
  database: string;
  /** Where its people work, without a slash at the end; null where the address told is none of the vendor's. */
  webUrl: string | null;
}
export interface Zones {
  of(http: Http, userName: string): Promise<Zone>;
  /** After a refused login: the tenant may have been moved. */
  forget(userName: string): void;
}

/**
 * Which zone an API user's tenant lives in (help: REST, zoneInformation): without credentials and
 * outside of the limits. A user name that nobody knows is a 500.
 */
export function createZones({ apiUrl, clock }: { apiUrl: string; clock: Clock }): Zones {
  const known = new Map<string, { zone: Zone; readAtMs: number }>();
  return {
    of: async (http, userName) => {
      const found = known.get(userName);
      if (found !== undefined && found.readAtMs + zoneLifeMs > clock.nowMs()) return found.zone;
      const zone = await discover(http, { apiUrl, userName, nowMs: clock.nowMs() });
      known.set(userName, { zone, readAtMs: clock.nowMs() });
      return zone;
    },
    forget: (userName) => known.delete(userName),
  };
}

async function discover(
  http: Http,
  { apiUrl, userName, nowMs }: { apiUrl: string; userName: string; nowMs: number },
): Promise<Zone> {
  const reply = await http.send({
    method: 'GET',
    url: `${apiUrl}/atservicesrest/v1.0/zoneInformation`,
    query: { user: userName },
    timeoutMs: readTimeoutMs,
  });
  if (reply.status !== 200) {
    const { code, said, retry, reference } = faultOf(reply, nowMs).failure;
    if (code === 'system.rejected')
      throw new AppError('system.reconnect', { said, retry: retryReconnect });
    throw new AppError(code, { said, retry, reference });
  }
  const told = v.safeParse(zoneSchema, reply.body.kind === 'json' ? reply.body.value : null);
  if (!told.success || !isZoneOf(told.output.url, apiUrl))
    throw new AppError('system.answer', { retry: retryLater() });
  const { url, webUrl, ci } = told.output;
  return {
    url: url.endsWith('/') ? url : `${url}/`,
    database: ci,
    webUrl: isPagesOf(webUrl, apiUrl) ? webUrl.replace(/\/$/, '') : null,
  };
}

/** People are sent there: only a host of the vendor's pages, or the one that was asked. */
function isPagesOf(text: string, apiUrl: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return (
    url.origin === new URL(apiUrl).origin ||
    (url.protocol === 'https:' && /^ww\d{0,3}\.autotask\.net$/.test(url.host))
  );
}

/** The address comes from outside: only a zone's own host, or the one that was asked, is called. */
function isZoneOf(text: string, apiUrl: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return (
    url.origin === new URL(apiUrl).origin ||
    (url.protocol === 'https:' && /^webservices\d{0,3}\.autotask\.net$/.test(url.host))
  );
}
