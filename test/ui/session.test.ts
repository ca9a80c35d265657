import { describe, expect, it } from 'vitest';
import { createSession } from '../../ui/session.ts';

function sessionAt() {
  const world = { now: 0, exchanges: 0, fails: false };
  const session = createSession<string>({
    now: () => world.now,
    exchange: () => {
      world.exchanges += 1;
      return Promise.resolve(
        world.fails
          ? { ok: false, failure: 'no' }
          : { ok: true, bearer: { token: `t${world.exchanges}`, expiresInSeconds: 300 } },
      );
    },
  });
  return { world, session };
}
const tokenOf = (
  result: Awaited<ReturnType<ReturnType<typeof sessionAt>['session']['current']>>,
) => (result.ok ? result.bearer.token : result.failure);

describe('the bearer', () => {
  it('is exchanged once for many calls at the same time', async () => {
    const { world, session } = sessionAt();
    const all = await Promise.all([session.current(), session.current(), session.current()]);
    expect(all.map(tokenOf)).toEqual(['t1', 't1', 't1']);
    expect(world.exchanges).toBe(1);
  });
  it('is renewed at 80 % of its life, not before', async () => {
    const { world, session } = sessionAt();
    await session.current();
    world.now = 239_000;
    expect(tokenOf(await session.current())).toBe('t1');
    world.now = 240_000;
    expect(tokenOf(await session.current())).toBe('t2');
  });
  it('is renewed once when several calls were refused with it', async () => {
    const { world, session } = sessionAt();
    await session.current();
    await session.renew('t1');
    expect(tokenOf(await session.renew('t1'))).toBe('t2');
    expect(world.exchanges).toBe(2);
  });
  it('gives the failure as a value and tries anew next time', async () => {
    const { world, session } = sessionAt();
    world.fails = true;
    expect(tokenOf(await session.current())).toBe('no');
    world.fails = false;
    expect(tokenOf(await session.current())).toBe('t2');
  });
});
