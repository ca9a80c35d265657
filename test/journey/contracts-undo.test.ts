import { expect } from 'vitest';
import type { Books } from '../bookkeeper/books.ts';
import { connectAutotask as connect } from '../kit/autotask-road.ts';
import { autotaskRows } from '../kit/autotask-rows.ts';
import { auditOfContracts } from '../kit/contract-books.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { lookAtUndo, takeBack } from '../kit/take-back.ts';
import { journey, newOrder } from './journey.ts';

async function expectRight(ready: ReadyRoad, more: Partial<Books> = {}): Promise<void> {
  const { differences } = await auditOfContracts(ready, more);
  expect(differences).toEqual([]);
}

journey(
  'what an order did to a contract is taken back: its charge goes, its service is what it was before',
  { connect },
  async (ready) => {
    await ready.syncAll();
    const sale = await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    await ready.pass({ days: 5 });
    const [change] = await ready.order({
      action: 'change',
      subscriptionId: sale.subscriptionId,
      quantity: 8,
    });
    await ready.syncAll();
    await expectRight(ready);
    const order = change?.id ?? '';
    const { documents, kept } = await lookAtUndo(ready, { kind: 'order', orderId: order });
    expect(kept).toEqual([]);
    expect(documents).toMatchObject([{ how: 'standing-lines', lines: 1 }]);
    const run = await ready.ended((await takeBack(ready, { kind: 'order', orderId: order })).id);
    expect(run.parts.map(({ state }) => state)).toEqual(['written']);
    // A day takes one change: the one that takes it back is the day after.
    await expectRight(ready, { undone: [{ order: change?.orderNumber ?? '' }] });
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'a charge that was billed meanwhile is answered by its mirror, and the service of the order ends',
  { connect },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const before = (await autotaskRows(road, 'ContractCharges')).length;
    const sale = await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    const made = (await autotaskRows(road, 'ContractCharges')).length - before;
    road.world.systems.autotask.person.post({ through: '2026-12-31' });
    await ready.pass({ days: 1 });
    const [own] = (await ready.tasks('all')).filter(
      ({ orderNumber }) => orderNumber === sale.orderNumber,
    );
    const orderId = own?.orderId ?? '';
    const run = await ready.ended((await takeBack(ready, { kind: 'order', orderId })).id);
    expect(run.parts.map(({ state }) => state)).toEqual(['written']);
    const charges = await autotaskRows(road, 'ContractCharges');
    expect(charges).toHaveLength(before + 2 * made);
    const sum = charges
      .slice(before)
      .reduce(
        (total, { unitQuantity, unitPrice }) => total + Number(unitQuantity) * Number(unitPrice),
        0,
      );
    expect(sum).toBeCloseTo(0, 9);
    expect(await ready.syncAll()).toBeNull();
  },
);
