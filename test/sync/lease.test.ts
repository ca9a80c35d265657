import * as v from 'valibot';
import { expect, test } from 'vitest';
import { connectionIdSchema } from '../../server/domain/ids.ts';
import { createLeases } from '../../server/sync/lease.ts';
import { tenantOf } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';

const tenantId = tenantOf('reseller-1');
const connectionId = v.parse(connectionIdSchema, 'connection-1');
const hourMs = 60 * 60_000;

/** Who waits for their turn lets the time go on by itself. */
function world() {
  const clock = createTestClock('2026-11-23T10:00:00.000Z', { jumps: true });
  const store = createMemoryStore(clock);
  let holders = 0;
  const leases = createLeases({ store, clock, ids: { next: () => `holder-${++holders}` } });
  const take = () => leases.with(tenantId, connectionId, async ({ fence }) => fence);
  return { clock, leases, take };
}

test('a lease that was let go is free at once when the clock is set back', async () => {
  const { clock, take } = world();
  expect(await take()).toBe(1);
  clock.setBack(20 * hourMs);
  expect(await take()).toBe(2);
});

test('a lease taken while the clock was ahead is not taken over at once, and lasts no longer than any other', async () => {
  const { clock, leases, take } = world();
  // Its worker never comes back.
  let begun = () => {};
  const isHeld = new Promise<void>((resolve) => {
    begun = resolve;
  });
  void leases.with(tenantId, connectionId, () => {
    begun();
    return new Promise(() => undefined);
  });
  await isHeld;
  clock.setBack(20 * hourMs);
  await expect(take()).rejects.toMatchObject({ code: 'work.busy' });
  await clock.advance(150_000);
  expect(await take()).toBe(2);
});
