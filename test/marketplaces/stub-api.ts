import type { Marketplace } from '../../server/domain/ports/marketplace.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { createTestClock, type TestClock } from '../kit/test-clock.ts';
import { testCrypto } from '../kit/test-crypto.ts';

export const apiBase = 'https://api.market.example/marketplace/nz';
export const credentials = {
  username: 'api@reseller.example',
  password: 'correct horse battery',
  marketplace: 'nz',
  subscriptionKey: 'key-0123456789',
};

export interface StubApi {
  marketplace: Marketplace;
  clock: TestClock;
  /** Every request, `METHOD path?query`, in order. */
  calls: string[];
  requests: Request[];
  spent: string[];
}

/** The adapter on a hand-made API: token calls succeed, everything else is `answer`'s. */
export function stubApi(
  answer: (request: Request, count: number) => Response | Promise<Response>,
  options: {
    token?: (count: number) => Response;
    method?: string;
    credentials?: Record<string, string>;
    spend?: () => Promise<void>;
  } = {},
): StubApi {
  const clock = createTestClock('2026-11-23T10:00:00Z');
  const [calls, requests, spent]: [string[], Request[], string[]] = [[], [], []];
  let tokens = 0;
  let others = 0;
  const marketplace = cloudblue.open({
    apiBase,
    method: options.method ?? 'native',
    credentials: options.credentials ?? credentials,
    clock,
    crypto: testCrypto,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      calls.push(`${request.method} ${pathname.replace('/marketplace/nz', '')}${search}`);
      requests.push(request.clone());
      if (!/token$/.test(pathname)) {
        others += 1;
        return answer(request, others);
      }
      tokens += 1;
      return options.token?.(tokens) ?? json({ token: `token-${tokens}`, expiresInSeconds: 1500 });
    },
    spend: async (purpose) => {
      await options.spend?.();
      spent.push(purpose);
    },
  });
  return { marketplace, clock, calls, requests, spent };
}

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', 'x-correlation-id': 'corr-1', ...init.headers },
  });

/** A page of SimpleAPI's envelope, as the request's offset and limit ask. */
export function pageOf(records: readonly object[], request: Request): Response {
  const { searchParams } = new URL(request.url);
  const offset = Number(searchParams.get('offset') ?? '0');
  const limit = Number(searchParams.get('limit') ?? '10');
  const data = records.slice(offset, offset + limit);
  return json({ data, pagination: { offset, limit, total: records.length } });
}
