import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { Order } from '../../server/domain/order.ts';
import { runs } from '../kit/length.ts';
import { chargeOf, connectedWorld, connectionId, orderOf, tenantId } from './check-world.ts';

/** What must be the same however the check went; times of creation are not. */
async function outcome(world: Awaited<ReturnType<typeof connectedWorld>>) {
  const reader = await world.store.read(tenantId);
  return {
    tasks: (await world.tasks()).map(({ createdAt: _, updatedAt: __, ...task }) => task),
    orders: reader.list('order').sort((a, b) => (a.id < b.id ? -1 : 1)),
    charges: reader.list('charge').sort((a, b) => (a.id < b.id ? -1 : 1)),
    created: await world.logged('task-created'),
  };
}

const orders = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 400 }),
    day: fc.integer({ min: 0, max: 25 }),
    status: fc.constantFrom('completed', 'completed', 'completed', 'open', 'cancelled', 'failed'),
    charges: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 130, selector: ({ id }) => id },
);
const orderFrom = ({
  id,
  day,
  status,
  charges,
}: {
  id: number;
  day: number;
  status: Order['status'];
  charges: number;
}) =>
  orderOf(String(id), {
    status,
    placedAt: instant(Date.parse('2026-10-28T00:00:00Z') + day * 86_400_000),
    charges: Array.from({ length: charges }, (_, n) =>
      chargeOf(String(id), { key: chargeOf(`${id}-${n}`).key, subscriptionId: `s${n % 2}` }),
    ),
  });
const read = orders.map((list) =>
  list.map((one) => orderFrom({ ...one, status: statusOf(one.status) })),
);
function statusOf(text: string): Order['status'] {
  return text === 'open' || text === 'cancelled' || text === 'failed' ? text : 'completed';
}

test('any order of reading, repeated, gives the same tasks and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      read.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      async ([list, shuffled]) => {
        const plain = await connectedWorld({ orders: list });
        await plain.check();
        const other = await connectedWorld({ orders: shuffled });
        for (let round = 0; round < 3; round += 1) {
          await other.check();
          other.orders.reverse();
          await other.clock.advance(5 * 60_000);
        }
        expect(await outcome(other)).toEqual(await outcome(plain));
        const details = other.calls.filter((call) => call.startsWith('order '));
        expect(new Set(details).size).toBe(details.length);
      },
    ),
    runs(40),
  );
});

test('a crash before any call or around any commit loses and doubles nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      read,
      fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 6 }),
      async (list, crashes) => {
        const plain = await connectedWorld({ orders: list });
        await plain.check();
        const world = await connectedWorld({ orders: [...list] });
        for (const crashAt of crashes) {
          let steps = 0;
          const step = () => {
            if (steps === crashAt) throw new AppError('store.failed');
            steps += 1;
          };
          world.onCall = step;
          world.store.onStep(step);
          await world.check().catch(() => null);
        }
        world.onCall = () => {};
        world.store.onStep(() => {});
        await world.check();
        expect(await outcome(world)).toEqual(await outcome(plain));
      },
    ),
    runs(60),
  );
});

test('task ids name the connection and the order, nothing else', async () => {
  const world = await connectedWorld({ orders: [orderOf('1'), orderOf('2')] });
  await world.check();
  const ids = (await world.tasks()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
  expect((await world.tasks()).every((task) => task.connectionId === connectionId)).toBe(true);
});
