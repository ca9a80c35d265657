import { describe, expect, it } from 'vitest';
import { createSession } from '../../ui/session.ts';

function sessionAt() {
  const world = { now: 0, exchanges: 0, fails: false, lost: [] as boolean[], replaced: '' };
  const session = createSession<string>({
    now: () => world.now,
    lost: (_failure, isOver) => void world.lost.push(isOver),
    exchange: (replaces) => {
      world.exchanges += 1;
      world.replaced += `${replaces} `;
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
  it('V7.2.4: is named when another takes its place', async () => {
    const { world, session } = sessionAt();
    await session.current();
    world.now = 240_000;
    await session.current();
    expect(world.replaced).toBe('null t1 ');
  });
  it('is told to be lost, and whether the one before is over as well', async () => {
    const { world, session } = sessionAt();
    await session.current();
    world.fails = true;
    world.now = 299_000;
    await session.renew('t1');
    world.now = 300_000;
    await session.current();
    expect(world.lost).toEqual([false, true]);
  });
  it('gives the failure as a value and tries anew next time', async () => {
    const { world, session } = sessionAt();
    world.fails = true;
    expect(tokenOf(await session.current())).toBe('no');
    world.fails = false;
    expect(tokenOf(await session.current())).toBe('t2');
  });
});
