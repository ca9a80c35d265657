import { expect, test } from 'vitest';
import { createRateLimits, limits } from '../../server/http/limits.ts';
import { addressOf } from '../../server/http/request-checks.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { createTestClock } from '../kit/test-clock.ts';

const world = () => {
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  return { clock, rates: createRateLimits({ clock }) };
};

test('a limit closes for the rest of its window, for its own key alone', async () => {
  const { clock, rates } = world();
  for (let turn = 0; turn < limits.sessionsPerUser.count; turn += 1)
    rates.spend('sessionsPerUser', 'ada');
  expect(() => rates.spend('sessionsPerUser', 'ada')).toThrow('request.too-many');
  rates.spend('sessionsPerUser', 'eve');
  await clock.advance(60_000);
  rates.spend('sessionsPerUser', 'ada');
});

test('ten refused tokens from one address close it for fifteen minutes', async () => {
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

test('T38: a flood of addresses leaves the memory flat', () => {
  const { rates } = world();
  for (let turn = 0; turn < 60_000; turn += 1) rates.spend('refusedPerAddress', `address-${turn}`);
  rates.check('refusedPerAddress', 'address-59999');
});

test('T13: an address that the caller wrote into the header is not believed', () => {
  const headers = { 'x-forwarded-for': '1.1.1.1, 198.51.100.7' };
  const request = new Request(publicUrl, { headers });
  const env = { incoming: { socket: { remoteAddress: '10.0.0.1' } } };
  expect(addressOf(request, env, 0)).toBe('10.0.0.1');
  expect(addressOf(request, env, 1)).toBe('198.51.100.7');
  expect(addressOf(request, {}, 0)).toBeNull();
});
