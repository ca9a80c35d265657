import * as v from 'valibot';
import { expect, test } from 'vitest';
import { callerOf, groupOf } from '../../server/http/caller.ts';
import { isModestJson } from '../../server/http/json-shape.ts';
import { createRateLimits, keysMax, limits } from '../../server/http/limits.ts';
import type { AnyRoute, Rule } from '../../server/http/route.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { routeTable } from '../kit/route-table.ts';
import { createTestClock } from '../kit/test-clock.ts';

const quickRule: Rule = { role: 'viewer' };
const quick: AnyRoute = {
  key: 'GET /v1/shell',
  method: 'GET',
  path: '/v1/shell',
  rule: quickRule,
  handle: async () => ({}),
};

const world = () => {
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  return { clock, rates: createRateLimits({ clock }) };
};

test('V2.3.2: a limit closes for the rest of its window, for its own key alone', async () => {
  const { clock, rates } = world();
  for (let turn = 0; turn < limits.sessionsPerUser.count; turn += 1)
    rates.spend('sessionsPerUser', 'ada');
  expect(() => rates.spend('sessionsPerUser', 'ada')).toThrow('request.too-many');
  rates.spend('sessionsPerUser', 'eve');
  await clock.advance(60_000);
  rates.spend('sessionsPerUser', 'ada');
});

test('V2.4.1: ten refused tokens from one address close it for fifteen minutes', async () => {
  const access = await createAccessWorld();
  await access.install();
  const env = { incoming: { socket: { remoteAddress: '203.0.113.9' } } };
  const call = (token: string) =>
    access.app.request(
      `${publicUrl}/v1/session`,
      { method: 'POST', headers: { authorization: `Bearer ${token}` } },
      env,
    );
  for (let turn = 0; turn < 10; turn += 1) expect((await call('a.b.c')).status).toBe(401);
  const closed = await call(await access.sessionToken());
  expect([closed.status, closed.headers.get('retry-after')]).toEqual([429, '900']);
  await access.clock.advance(15 * 60_000);
  expect((await call(await access.sessionToken())).status).toBe(200);
});

test('T38: a flood of addresses leaves the memory flat, and no other limit forgets', () => {
  const { rates } = world();
  for (let turn = 0; turn < limits.sessionsPerUser.count; turn += 1)
    rates.spend('sessionsPerUser', 'ada');
  for (let turn = 0; turn < keysMax + 100; turn += 1)
    rates.spend('refusedPerAddress', `address-${turn}`);
  expect(rates.size()).toBe(keysMax + 1);
  expect(() => rates.spend('sessionsPerUser', 'ada')).toThrow('request.too-many');
});

test('T38, V15.2.2: a flood of unsigned calls costs no key and no memory, and a real call is served in it', async () => {
  const access = await createAccessWorld({ routes: [quick] });
  await access.install();
  const keyReads = access.keyReads();
  const used = access.replay.size();
  const calls = [
    ['POST', '/v1/session', 'aaaa.bbbb.cccc'],
    ['POST', '/lifecycle/installed', 'x'],
    ['GET', '/v1/shell', 'A'.repeat(43)],
  ] as const;
  const flood = async (turn: number) => {
    const remoteAddress = `198.51.${turn >> 8}.${turn & 255}`;
    const [method, path, token] = calls[turn % 3] ?? calls[0];
    const response = await access.app.request(
      `${publicUrl}${path}`,
      { method, headers: { authorization: `Bearer ${token}` } },
      { incoming: { socket: { remoteAddress } } },
    );
    return response.status;
  };
  const statuses = new Set<number>();
  for (let turn = 0; turn < 600; turn += 1) statuses.add(await flood(turn));
  expect([...statuses]).toEqual([401]);
  expect((await access.openSession()).status).toBe(200);
  expect([access.keyReads() - keyReads, access.replay.size() - used]).toEqual([0, 1]);
});

test('V2.3.2, V2.4.1: a person that asks too much is slowed down alone, with the seconds to wait and what to do', async () => {
  const access = await createAccessWorld({ routes: [quick] });
  await access.install();
  const ada = await access.bearer();
  for (let turn = 0; turn < limits.apiPerSession.count; turn += 1)
    expect((await access.get('/v1/shell', ada)).status).toBe(200);
  const closed = await access.get('/v1/shell', ada);
  expect([closed.status, closed.headers.get('retry-after')]).toEqual([429, '60']);
  const said = v.parse(v.object({ code: v.string(), next: v.string() }), await closed.json());
  expect(said).toEqual({
    code: 'request.too-many',
    next: 'Wait 60 seconds, then try again.',
  });
  // A bearer renewed in the same sign-in is the same person; a colleague is another.
  expect((await access.get('/v1/shell', await access.bearer())).status).toBe(429);
  const eve = await access.bearer({ sub: 'user-2', sid: 'host-session-2' });
  expect((await access.get('/v1/shell', eve)).status).toBe(200);
  await access.clock.advance(60_000);
  expect((await access.get('/v1/shell', ada)).status).toBe(200);
});

test.each([
  ['calls out', { ...quickRule, callsOut: true }, limits.callingOutPerRoute],
  ['gives a file', { ...quickRule, csv: true }, limits.filePerRoute],
] as const)(
  'V2.4.1, V15.2.2: a route that %s has a limit of its own, for each tenant',
  async (_what, rule, limit) => {
    const access = await createAccessWorld({ routes: [{ ...quick, rule }] });
    await access.install();
    const bearer = await access.bearer();
    for (let turn = 0; turn < limit.count; turn += 1)
      expect((await access.get('/v1/shell', bearer)).status).toBe(200);
    expect((await access.get('/v1/shell', bearer)).status).toBe(429);
    await access.clock.advance(limit.windowMs);
    expect((await access.get('/v1/shell', bearer)).status).toBe(200);
  },
);

test('V2.4.1, V15.2.2: every route that calls out while it answers says so', () => {
  const saying = routeTable().filter(({ rule }) => rule.callsOut);
  expect(saying.map(({ key }) => key)).toEqual([
    'PUT /v1/marketplace',
    'POST /v1/marketplace/test',
    'POST /v1/flows/:flowId/complete',
    'POST /v1/flows/:flowId/choose',
    'POST /v1/systems/:systemId/test',
    'POST /v1/systems/:systemId/connect',
    'POST /v1/connections/:connectionId/test',
    'POST /v1/connections/:connectionId/check',
    'DELETE /v1/connections/:connectionId',
    'GET /v1/connections/:connectionId/settings',
    'POST /v1/connections/:connectionId/invoices/read',
    'GET /v1/connections/:connectionId/invoices/:invoiceId/pdf',
    'POST /v1/connections/:connectionId/letters/test',
    'POST /v1/connections/:connectionId/mail/test',
    'GET /v1/connections/:connectionId/ticketing',
    'PUT /v1/connections/:connectionId/ticketing',
    'POST /v1/connections/:connectionId/mappings/customers/bulk',
    'POST /v1/connections/:connectionId/mappings/products/create',
  ]);
});

test.each([
  ['levels', '['.repeat(33) + ']'.repeat(33), '['.repeat(32) + ']'.repeat(32)],
  ['parts', `[${'0,'.repeat(20_000)}0]`, `[${'0,'.repeat(19_998)}0]`],
])('T38: JSON of too many %s is refused before it is parsed, less is not', (_what, over, under) => {
  expect(isModestJson(new TextEncoder().encode(over))).toBe(false);
  expect(isModestJson(new TextEncoder().encode(under))).toBe(true);
});

test('T38: a body of deep JSON is refused as too large, and brackets in a text are no depth', async () => {
  const rule = { ...quickRule, body: v.strictObject({ text: v.string() }) };
  const route = { ...quick, key: 'POST /v1/text', method: 'POST', path: '/v1/text', rule };
  const access = await createAccessWorld({ routes: [route] });
  await access.install();
  const authorization = `Bearer ${await access.bearer()}`;
  const post = async (body: string) =>
    (
      await access.app.request(`${publicUrl}/v1/text`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      })
    ).status;
  expect(await post('['.repeat(200_000))).toBe(413);
  expect(await post(`{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`)).toBe(413);
  const brackets = JSON.stringify({ text: `"\\${'['.repeat(100_000)}` });
  expect(await post(brackets)).toBe(200);
});

test('T13, V4.1.3, V15.3.4: an address that the caller wrote into the header is not believed', () => {
  const headers = { 'x-forwarded-for': '1.1.1.1, 198.51.100.7' };
  const request = new Request(publicUrl, { headers });
  const env = { incoming: { socket: { remoteAddress: '10.0.0.1' } } };
  expect(callerOf(request, env, 0)).toBe('10.0.0.1');
  expect(callerOf(request, env, 1)).toBe('198.51.100.7');
  expect(callerOf(request, {}, 0)).toBeNull();
  // Past the proxies nothing is told: the connection itself counts, so that nobody is without a limit.
  expect(callerOf(new Request(publicUrl), env, 1)).toBe('10.0.0.1');
});

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:ffff:0:0:9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['[2001:db8:1:2::1]:443', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:5021', '203.0.113.9'],
  ['unknown', 'unknown'],
])('T13, V4.1.3, V15.3.4: the caller %s is counted as %s', (address, group) => {
  expect(groupOf(address)).toBe(group);
});
