import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { createRateLimits } from '../../server/http/limits.ts';
import { hintRoutes } from '../../server/http/routes/hints.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { createTestClock } from '../kit/test-clock.ts';

const key = 'a-webhooks-key-as-the-portal-shows-it-0123456789';
const account = 'cd09aa49-134d-40fb-a52b-b63c6a91d712';
const other = '0b1c7a55-0000-4000-8000-00000000beef';
const told = (...tenantIds: unknown[]) =>
  JSON.stringify({
    events: tenantIds.map((tenantId) => ({ tenantId, eventCategory: 'INVOICE', resourceId: 'x' })),
    firstEventSequence: 1,
    lastEventSequence: tenantIds.length,
    entropy: 'S0m3r4Nd0mt3xt',
  });
const signed = (body: string | Uint8Array, by = key) =>
  createHmac('sha256', by).update(body).digest('base64');

async function world() {
  const heard: [string, readonly string[]][] = [];
  const audited: { outcome: string; reason?: string | null }[] = [];
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  const mounts = hintRoutes({
    connector: (id) => (Object.hasOwn(connectors, id) ? (connectors[id]?.({}) ?? null) : null),
    key: (id) => (id === 'xero' ? key : null),
    changed: (systemId, accounts) => void heard.push([systemId, accounts]),
    limits: createRateLimits({ clock }),
    audit: { record: (fact) => void audited.push(fact) },
  });
  const { app } = await createAccessWorld({ mounts });
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    path = '/webhooks/xero',
    from = '203.0.113.9',
  ) =>
    app.request(
      `${publicUrl}${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body },
      { incoming: { socket: { remoteAddress: from } } },
    );
  const send = (body: string, signature = signed(body)) =>
    post(body, { 'x-xero-signature': signature });
  return { heard, audited, post, send, clock };
}

test('T12: the intent to receive: well signed is 200 without a body or a cookie, badly signed 401', async () => {
  const { send, heard, audited } = await world();
  const empty = told();
  const good = await send(empty);
  expect([good.status, await good.text(), good.headers.get('set-cookie')]).toEqual([200, '', null]);
  expect((await send(empty, signed(empty, 'another key'))).status).toBe(401);
  expect(heard).toEqual([]);
  expect(audited).toMatchObject([{ outcome: 'refused', reason: 'signature' }]);
});

test('T12: a hint names its accounts, each once, and nothing else of it is taken', async () => {
  const { send, heard } = await world();
  await send(told(account, account.toUpperCase(), other));
  expect(heard).toEqual([['xero', [account, other]]]);
});

test('T12, V9.1.1: a signature over other bytes, in another spelling, under another key or none is refused', async () => {
  const { post, heard } = await world();
  const body = told(account);
  const good = signed(body);
  const wrong: [body: string, headers: Record<string, string>][] = [
    [body, {}],
    [body, { 'x-xero-signature': '' }],
    [body, { 'x-xero-signature': 'null' }],
    [body, { 'x-xero-signature': good.slice(0, -1) }],
    [body, { 'x-xero-signature': `${good} ${good}` }],
    [body, { 'x-xero-signature': good.replaceAll('+', '-').replaceAll('/', '_').replace('=', '') }],
    [body, { 'x-xero-signature': Buffer.from(good, 'base64').toString('hex') }],
    [body, { 'x-xero-signature': signed(body, key.toUpperCase()) }],
    [body, { 'x-xero-signature': signed(body, '') }],
    [body, { 'x-other-signature': good }],
    [`${body} `, { 'x-xero-signature': good }],
    [JSON.stringify(JSON.parse(body), null, 1), { 'x-xero-signature': good }],
    [told(other), { 'x-xero-signature': good }],
    ['', { 'x-xero-signature': good }],
  ];
  for (const [at, [sent, headers]] of wrong.entries())
    expect([at, (await post(sent, headers, '/webhooks/xero', `198.51.100.${at}`)).status]).toEqual([
      at,
      401,
    ]);
  expect(heard).toEqual([]);
});

test('T38, V2.2.1: whatever stands in a well signed body, it is answered, and only account ids are heard', async () => {
  const { send, heard } = await world();
  const bodies = [
    '',
    'null',
    '[]',
    '{"events":{}}',
    '{"events":[null,1,"x",[],{}]}',
    told(null, 1, {}, '', '../..', `${account}\n`, `${account}0`, '__proto__'),
    '{"__proto__":{"events":[]}}',
    '['.repeat(50_000),
    '{"events":[',
    '\u0000',
  ];
  for (const body of bodies) expect((await send(body)).status).toBe(200);
  expect(heard).toEqual([]);
});

test('T38: too much is refused before it is read, and a query or a packed body is', async () => {
  const { post, heard } = await world();
  const large = ' '.repeat(1024 * 1024 + 1);
  expect((await post(large, { 'x-xero-signature': signed(large) })).status).toBe(413);
  const body = told(account);
  const good = { 'x-xero-signature': signed(body) };
  expect((await post(body, good, '/webhooks/xero?x=1')).status).toBe(400);
  expect((await post(body, { ...good, 'content-encoding': 'gzip' })).status).toBe(400);
  expect(heard).toEqual([]);
});

test('T38, V2.4.1: ten badly signed calls close their sender’s address, and nobody else’s', async () => {
  const { post, heard } = await world();
  const body = told(account);
  for (let turn = 0; turn < 10; turn += 1) expect((await post(body)).status).toBe(401);
  const good = { 'x-xero-signature': signed(body) };
  expect((await post(body, good)).status).toBe(429);
  expect((await post(body, good, '/webhooks/xero', '198.51.100.7')).status).toBe(200);
  expect(heard).toHaveLength(1);
});

test('T2: no system without a key, and none that tells nothing, has such an address', async () => {
  const { post, heard } = await world();
  const body = told(account);
  for (const id of ['autotask', 'connectwise', 'nobody', '__proto__', 'constructor', 'XERO'])
    expect([
      id,
      (await post(body, { 'x-xero-signature': signed(body) }, `/webhooks/${id}`)).status,
    ]).toEqual([id, 404]);
  expect(heard).toEqual([]);
});
