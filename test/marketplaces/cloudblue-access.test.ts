import { expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { AppError } from '../../server/domain/errors.ts';
import { callTimeoutMs } from '../../server/marketplaces/cloudblue/client.ts';
import { settled } from '../kit/test-clock.ts';
import { apiBase, credentials, json, pageOf, stubApi } from './stub-api.ts';

const caught = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected an AppError');
};
const empty = (request: Request) => pageOf([], request);

test('the native way sends Basic and the marketplace code, then Bearer and the key on every call', async () => {
  const api = stubApi(empty);
  await api.marketplace.test();
  const [token, call] = api.requests;
  expect(token?.url).toBe(`${apiBase}/token`);
  const basic = Buffer.from('api@reseller.example:correct horse battery').toString('base64');
  expect(token?.headers.get('authorization')).toBe(`Basic ${basic}`);
  expect(token?.headers.get('x-subscription-key')).toBe(credentials.subscriptionKey);
  expect(await token?.json()).toEqual({ marketplace: 'nz' });
  expect(call?.headers.get('authorization')).toBe('Bearer token-1');
  expect(call?.headers.get('x-subscription-key')).toBe(credentials.subscriptionKey);
  expect(api.calls).toEqual(['POST /token', 'GET /customers?limit=1&offset=0']);
  expect(api.spent).toHaveLength(2);
});

test('the OpenID way sends the password grant as a form, and its token call costs no budget', async () => {
  const tokenUrl = 'https://login.market.example/auth/realms/r/protocol/openid-connect/token';
  const api = stubApi(empty, {
    method: 'oidc',
    credentials: { ...credentials, tokenUrl, clientId: 'app', clientSecret: 'hidden' },
    token: () => json({ access_token: 'oidc-1', expires_in: 300 }),
  });
  await api.marketplace.test();
  const [token, call] = api.requests;
  expect(token?.url).toBe(tokenUrl);
  expect(Object.fromEntries(new URLSearchParams(await token?.text()))).toEqual({
    grant_type: 'password',
    username: credentials.username,
    password: credentials.password,
    client_id: 'app',
    client_secret: 'hidden',
    scope: 'openid',
  });
  expect(call?.headers.get('authorization')).toBe('Bearer oidc-1');
  expect(api.spent).toHaveLength(1);
});

test('a token is used for 80 % of its life and fetched once however many ask', async () => {
  const api = stubApi(empty);
  await Promise.all([api.marketplace.test(), api.marketplace.test(), api.marketplace.test()]);
  await api.clock.advance(1_199_000);
  await api.marketplace.test();
  expect(api.calls.filter((call) => call === 'POST /token')).toHaveLength(1);
  await api.clock.advance(1_000);
  await Promise.all([api.marketplace.test(), api.marketplace.test()]);
  expect(api.calls.filter((call) => call === 'POST /token')).toHaveLength(2);
});

test('a refused token is replaced once and the call repeated', async () => {
  const api = stubApi((request) =>
    request.headers.get('authorization') === 'Bearer token-1'
      ? json({ message: 'expired' }, { status: 401 })
      : empty(request),
  );
  await api.marketplace.test();
  expect(api.calls).toHaveLength(4);
});

test('refused twice, it asks for nothing any more', async () => {
  const api = stubApi(() => json({ message: 'no' }, { status: 401 }));
  const error = await caught(api.marketplace.test());
  expect(error).toMatchObject({ code: 'marketplace.credentials', retry: { kind: 'reconnect' } });
  expect(api.calls).toHaveLength(4);
  expect((await caught(api.marketplace.customers())).code).toBe('marketplace.credentials');
  expect(api.calls).toHaveLength(4);
});

test.each([
  [401, {}, 'marketplace.credentials'],
  [400, {}, 'marketplace.credentials'],
  [429, { 'retry-after': '30' }, 'marketplace.limited'],
  [503, {}, 'marketplace.unreachable'],
])('a token call answered with %i is %s %s', async (status, headers, code) => {
  const api = stubApi(empty, { token: () => json({ error: 'x' }, { status, headers }) });
  expect((await caught(api.marketplace.test())).code).toBe(code);
});

test.each([
  [403, {}, '{"message":"Out of call volume quota."}', 'marketplace.quota'],
  [403, { 'retry-after': '3600' }, '', 'marketplace.quota'],
  [403, {}, '{"message":"not your operation"}', 'marketplace.credentials'],
  [404, {}, '', 'marketplace.answer'],
  [429, { 'retry-after': '17' }, '', 'marketplace.limited'],
  [500, {}, 'oops', 'marketplace.unreachable'],
  [302, { location: 'https://evil.example' }, '', 'marketplace.answer'],
  [200, {}, '<!doctype html><title>Sign in</title>', 'marketplace.answer'],
  [200, {}, '{"code":"E1","message":"something broke"}', 'marketplace.answer'],
  [200, {}, '', 'marketplace.answer'],
])('a list answered with %i %j %s is %s', async (status, headers, body, code) => {
  const api = stubApi(() => json(body, { status, headers }));
  const error = await caught(api.marketplace.customers());
  expect(error.code).toBe(code);
  expect(error.reference).toBe('corr-1');
  if (status === 429)
    expect(error.retry).toEqual({ kind: 'later', at: '2026-11-23T10:00:17.000Z' });
});

test('errors carry no address, query, token or key', async () => {
  const said = `failed for https://x.example/a?key=abc with Bearer token-1 and ${credentials.subscriptionKey}`;
  const api = stubApi(() => json({ message: said }, { status: 500 }));
  const error = await caught(api.marketplace.orders({ from: instant(0), to: instant(1) }));
  const text = `${error.message} ${error.said} ${String(error.cause)}`;
  for (const secret of ['key=abc', 'token-1', credentials.subscriptionKey, 'creationTime'])
    expect(text).not.toContain(secret);
  const broken = stubApi(() => {
    throw new TypeError(`fetch failed: ${apiBase}/customers?secret=1`);
  });
  const gone = await caught(broken.marketplace.customers());
  expect(gone.code).toBe('marketplace.unreachable');
  expect(`${gone.message} ${String(gone.cause)}`).not.toContain('secret');
});

test('a call without an answer is given up', async () => {
  const api = stubApi(() => new Promise<Response>(() => {}));
  const pending = caught(api.marketplace.test());
  await settled();
  await api.clock.advance(callTimeoutMs);
  expect((await pending).code).toBe('marketplace.unreachable');
  expect(api.clock.waiting()).toBe(0);
});

test('a body without end is not read to its end', async () => {
  const chunk = new Uint8Array(1024 * 1024);
  let sent = 0;
  const api = stubApi(
    () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            sent += 1;
            controller.enqueue(chunk);
          },
        }),
      ),
  );
  expect((await caught(api.marketplace.customers())).code).toBe('marketplace.answer');
  expect(sent).toBeLessThan(20);
});

test('a used-up budget stops before the call', async () => {
  const api = stubApi(empty, {
    spend: async () => {
      throw new AppError('marketplace.quota');
    },
  });
  expect((await caught(api.marketplace.test())).code).toBe('marketplace.quota');
  expect(api.calls).toEqual([]);
});

test.each(['http://', 'bearer ', 'a b'])(
  'T38: a refusal of a million letters of %j is told soon',
  async (part) => {
    const message = part.repeat(1_000_000 / part.length);
    const api = stubApi(() => json({ message }, { status: 400 }));
    const startedMs = performance.now();
    const error = await caught(api.marketplace.test());
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(error.code).toBe('marketplace.answer');
    expect(error.said?.length).toBeLessThanOrEqual(300);
  },
);

test.each(['ключ', 'k\r\nX: y'])(
  'T39: the key %j, which no header can hold, is access that does not work',
  async (subscriptionKey) => {
    const api = stubApi(empty, { credentials: { ...credentials, subscriptionKey } });
    const error = await caught(api.marketplace.test());
    expect([error.code, error.said, api.calls]).toEqual(['marketplace.credentials', null, []]);
  },
);
