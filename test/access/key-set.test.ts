import { expect, test } from 'vitest';
import { createKeySet } from '../../server/access/key-set.ts';
import { entryOf } from '../kit/access-world.ts';
import { createMarketplaceKeys } from '../kit/marketplace-keys.ts';
import { createTestClock } from '../kit/test-clock.ts';

const json = (value: unknown) => Response.json(value);

function world(answer: () => Response | Promise<Response>, entry = entryOf()) {
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  const alerts: string[] = [];
  let calls = 0;
  const keySet = createKeySet({
    entry,
    clock,
    alert: (reason) => void alerts.push(reason),
    fetch: async () => {
      calls += 1;
      return answer();
    },
  });
  return { clock, keySet, alerts, calls: () => calls };
}

test('a known key is asked for once, an unknown one at most once in 30 seconds', async () => {
  const keys = await createMarketplaceKeys();
  const { keySet, clock, calls } = world(() => json(keys.jwks));
  await Promise.all([keySet.find('key-1'), keySet.find('key-1')]);
  expect(await keySet.find('key-1')).not.toBeNull();
  for (let turn = 0; turn < 20; turn += 1) expect(await keySet.find(`no-${turn}`)).toBeNull();
  expect(calls()).toBe(1);
  await clock.advance(30_000);
  await keySet.find('no');
  expect(calls()).toBe(2);
});

test('T8: a new key is found after the rest, and the last good set serves for an hour', async () => {
  const [old, fresh] = [
    await createMarketplaceKeys(),
    await createMarketplaceKeys('ES256', 'key-2'),
  ];
  let answer = () => json(old.jwks);
  const { keySet, clock } = world(() => answer());
  await keySet.find('key-1');
  answer = () => json({ keys: [...old.jwks.keys, ...fresh.jwks.keys] });
  await clock.advance(30_000);
  expect(await keySet.find('key-2')).not.toBeNull();
  answer = () => new Response('down', { status: 500 });
  await clock.advance(59 * 60_000);
  expect(await keySet.find('key-1')).not.toBeNull();
  await clock.advance(60_000);
  expect(await keySet.find('key-1')).toBeNull();
});

test('T8: a denied key is never used', async () => {
  const keys = await createMarketplaceKeys();
  const { keySet, calls } = world(() => json(keys.jwks), entryOf({ deniedKids: ['key-1'] }));
  expect(await keySet.find('key-1')).toBeNull();
  expect(calls()).toBe(0);
});

test('T7, V11.6.1: a set with one key that should not be there is refused whole', async () => {
  const { jwks } = await createMarketplaceKeys();
  const [key = {}] = jwks.keys;
  const { jwks: rsa } = await createMarketplaceKeys('RS256', 'key-2');
  const sets: unknown[] = [
    { keys: [key, key] },
    { keys: [key, { kty: 'oct', kid: 'o', alg: 'HS256', use: 'sig', k: 'AAAA' }] },
    { keys: [key, ...rsa.keys] },
    { keys: [{ ...key, d: 'AAAA' }] },
    { keys: [{ ...key, use: 'enc' }] },
    { keys: [{ ...key, alg: 'ES384' }] },
    { keys: [{ ...key, kid: '../x' }] },
    { keys: [{ ...key, x: 'AAAA' }] },
    { keys: Array.from({ length: 17 }, (_, index) => ({ ...key, kid: `k${index}` })) },
    { keys: [] },
    [],
    null,
  ];
  for (const set of sets) {
    const { keySet, alerts } = world(() => json(set));
    expect(await keySet.find('key-1')).toBeNull();
    expect(alerts).toHaveLength(1);
  }
});

test('T7, V11.6.1, V11.2.3: a weak RSA key is refused', async () => {
  // One bit too few.
  const n = Buffer.concat([Buffer.of(127), Buffer.alloc(383, 255)]).toString('base64url');
  const weak = { kty: 'RSA', kid: 'key-1', alg: 'RS256', use: 'sig', n, e: 'AQAB' };
  const { keySet, alerts } = world(() => json({ keys: [weak] }), entryOf({ alg: 'RS256' }));
  expect(await keySet.find('key-1')).toBeNull();
  expect(alerts).toEqual(['a weak key']);
});

test.each([
  ['a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  [
    'too much',
    () => new Response(' '.repeat(70_000), { headers: { 'content-type': 'application/json' } }),
  ],
  ['a redirect', () => Promise.reject(new TypeError('redirect'))],
  ['an error', () => new Response('{}', { status: 500 })],
  ['not JSON', () => new Response('{', { headers: { 'content-type': 'application/json' } })],
])('T7: %s instead of keys gives no key', async (_what, answer) => {
  expect(await world(answer).keySet.find('key-1')).toBeNull();
});

test('T7: an answer that drips is given up after five seconds', async () => {
  const body = () => new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
  const { keySet, clock } = world(
    () => new Response(body(), { headers: { 'content-type': 'application/json' } }),
  );
  const found = keySet.find('key-1');
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(5_000);
  expect(await found).toBeNull();
});

test('a clock that was ahead and is set right keeps nobody out, and old keys live no longer for it', async () => {
  const keys = await createMarketplaceKeys();
  const times = { nowMs: Date.parse('2026-11-24T06:00:00Z') };
  let answer = () => new Response('down', { status: 500 });
  const keySet = createKeySet({
    entry: entryOf(),
    clock: { nowMs: () => times.nowMs, waitUntil: () => new Promise(() => undefined) },
    alert: () => undefined,
    fetch: async () => answer(),
  });
  expect(await keySet.find('key-1')).toBeNull();
  times.nowMs -= 20 * 3_600_000;
  answer = () => json(keys.jwks);
  expect(await keySet.find('key-1')).not.toBeNull();
  times.nowMs -= 20 * 3_600_000;
  expect(await keySet.find('key-1')).not.toBeNull();
  answer = () => new Response('down', { status: 500 });
  times.nowMs += 61 * 60_000;
  expect(await keySet.find('key-1')).toBeNull();
});
