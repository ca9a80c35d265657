import * as v from 'valibot';
import { AppError, retryLater, retryReconnect } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Credentials } from '../../domain/ports/system-access.ts';
import type { Http } from '../kit/http.ts';
import { faultOf } from './faults.ts';
import { codebaseLifeMs, readTimeoutMs } from './limits.ts';
import { companyInfoSchema } from './schema.ts';

/** The vendor's cloud regions (guide: API requests, base URLs); `own` is a server of the reseller's. */
export const regions = [
  { value: 'na', name: 'Cloud, North America (na.myconnectwise.net)' },
  { value: 'eu', name: 'Cloud, Europe (eu.myconnectwise.net)' },
  { value: 'au', name: 'Cloud, Australia (au.myconnectwise.net)' },
  { value: 'staging', name: 'Staging (staging.connectwisedev.com)' },
  { value: 'own', name: 'Our own server' },
] as const;

const hosts: Readonly<Record<string, string>> = {
  na: 'na.myconnectwise.net',
  eu: 'eu.myconnectwise.net',
  au: 'au.myconnectwise.net',
  staging: 'staging.connectwisedev.com',
};
/** Discovery answers at the site, the API behind the same name with `api-` (guide: API requests). */
export const cloudOrigins = Object.values(hosts).flatMap((host) => [
  `https://${host}`,
  `https://api-${host}`,
]);

export interface Site {
  /** Where people sign in and the company id is looked up. */
  origin: string;
  apiOrigin: string;
  /** What tells two tenants with one company id apart. */
  id: string;
}
export interface Place {
  /** Ends with `/apis/3.0/`. */
  apiUrl: string;
  companyName: string;
}

/**
 * The site that was typed. `sandboxUrl` stands in place of every cloud region. Throws
 * `request.invalid` where an own server's address is missing or none.
 */
export function siteOf(
  { site = '', host = '' }: Credentials,
  sandboxUrl: string | undefined,
): Site {
  if (site !== 'own') {
    const known = hosts[site];
    if (known === undefined) throw new AppError('request.invalid', { facts: { field: 'Site' } });
    return sandboxUrl === undefined
      ? { origin: `https://${known}`, apiOrigin: `https://api-${known}`, id: site }
      : { origin: sandboxUrl, apiOrigin: sandboxUrl, id: site };
  }
  const url = URL.parse(host.includes('://') ? host : `https://${host}`);
  const isPlain =
    url?.pathname === '/' && url.username === '' && url.search === '' && url.hash === '';
  if (!isPlain || url.protocol !== 'https:')
    throw new AppError('request.invalid', { facts: { field: 'Address of your server' } });
  return { origin: url.origin, apiOrigin: url.origin, id: url.host };
}

export interface Places {
  of(http: Http, credentials: Credentials): Promise<Place>;
  /** After a 404: whether discovery tells another codebase now. */
  moved(http: Http, credentials: Credentials): Promise<boolean>;
}

/**
 * Where a tenant's API is: company id and site give the codebase, which a cloud upgrade changes
 * (companyinfo, as public clients read it). Its `SiteUrl` is a host without a scheme that differs from
 * the API's, so that only the site that was chosen is called.
 */
export function createPlaces(options: {
  clock: Clock;
  sandboxUrl: string | undefined;
  /** Servers of resellers' own that the operator lets this app call. */
  ownHosts: readonly string[];
}): Places {
  const { clock, sandboxUrl, ownHosts } = options;
  const known = new Map<string, { place: Place; readAtMs: number }>();
  const keyOf = ({ site, host, companyId }: Credentials) => [site, host, companyId].join('\n');
  const discovered = async (http: Http, credentials: Credentials): Promise<Place> => {
    const site = siteOf(credentials, sandboxUrl);
    if (credentials.site === 'own' && !ownHosts.includes(site.origin))
      throw new AppError('connect.host');
    const place = await discover(http, site, credentials.companyId ?? '', clock.nowMs());
    known.set(keyOf(credentials), { place, readAtMs: clock.nowMs() });
    return place;
  };
  return {
    of: async (http, credentials) => {
      const found = known.get(keyOf(credentials));
      return found !== undefined && found.readAtMs + codebaseLifeMs > clock.nowMs()
        ? found.place
        : discovered(http, credentials);
    },
    moved: async (http, credentials) => {
      const before = known.get(keyOf(credentials))?.place.apiUrl;
      return (await discovered(http, credentials)).apiUrl !== before;
    },
  };
}

async function discover(
  http: Http,
  { origin, apiOrigin }: Site,
  companyId: string,
  nowMs: number,
): Promise<Place> {
  const reply = await http.send({
    method: 'GET',
    url: `${origin}/login/companyinfo/${encodeURIComponent(companyId)}`,
    timeoutMs: readTimeoutMs,
  });
  if (reply.status !== 200) {
    const { code, ...failure } = faultOf(reply, nowMs).failure;
    throw new AppError(code === 'system.rejected' ? 'system.answer' : code, failure);
  }
  // "An unknown company gives 200 with the body null."
  if (reply.body.kind === 'json' && reply.body.value === null)
    throw new AppError('system.reconnect', {
      said: 'ConnectWise knows no company with this id on this site.',
      retry: retryReconnect,
    });
  const told = v.safeParse(companyInfoSchema, reply.body.kind === 'json' ? reply.body.value : null);
  if (!told.success) throw new AppError('system.answer', { retry: retryLater() });
  const { Codebase, CompanyName } = told.output;
  return {
    apiUrl: `${apiOrigin}/${Codebase.replace(/\/+$/, '')}/apis/3.0/`,
    companyName: CompanyName ?? companyId,
  };
}
