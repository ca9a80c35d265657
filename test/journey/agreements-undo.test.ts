import { expect } from 'vitest';
import type { Books } from '../bookkeeper/books.ts';
import { auditOfAgreements } from '../kit/agreement-books.ts';
import { connectConnectWise as connect } from '../kit/connectwise-road.ts';
import { connectWiseRows } from '../kit/connectwise-rows.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { lookAtUndo, takeBack } from '../kit/take-back.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

async function expectRight(ready: ReadyRoad, more: Partial<Books> = {}): Promise<void> {
  const { differences } = await auditOfAgreements(ready, more);
  expect(differences).toEqual([]);
}

/** The running additions of an order's subscription, by the agreement of its task's line. */
const chainOf = async ({ road }: ReadyRoad, quantities: readonly number[]) => {
  const agreements = await connectWiseRows(road, 'finance/agreements');
  const all = await Promise.all(
    agreements.map(({ id }) => connectWiseRows(road, `finance/agreements/${id}/additions`)),
  );
  const marked = all.flat().filter(({ description }) => /\[LP\w+\]$/.test(String(description)));
  const chains = [
    ...Map.groupBy(marked, ({ description }) => /LP\w+/.exec(String(description))?.[0]),
  ];
  return chains
    .map(([, own]) =>
      own.map(({ quantity, cancelledDate }) => [quantity, cancelledDate !== undefined]),
    )
    .filter((own) => own.some(([quantity]) => quantities.includes(Number(quantity))));
};

/** 31 seats sold and billed, a month later 38 of them, written as well. */
async function soldThenChanged(ready: ReadyRoad) {
  await ready.syncAll();
  const { subscriptionId } = await newOrder(ready, { quantity: 31 });
  await ready.syncAll();
  await ready.pass({ months: 1 });
  await ready.order({ action: 'billing-run' });
  await ready.syncAll();
  const [change] = await ready.order({ action: 'change', subscriptionId, quantity: 38 });
  await ready.syncAll();
  return change;
}

journey(
  'a change of seats is taken back: its addition goes, and the one that it ended runs on',
  { connect },
  async (ready) => {
    const change = await soldThenChanged(ready);
    await expectRight(ready);
    expect(await chainOf(ready, [31])).toEqual([
      [
        [31, true],
        [38, false],
      ],
    ]);
    const choice = { kind: 'order', orderId: must(change, 'an order').id } as const;
    const { documents } = await lookAtUndo(ready, choice);
    expect(documents).toMatchObject([{ how: 'standing-lines', stays: null }]);
    const run = await ready.ended((await takeBack(ready, choice)).id);
    expect(run.parts.map(({ state }) => state)).toEqual(['written']);
    expect(await chainOf(ready, [31])).toEqual([[[31, false]]]);
    await expectRight(ready, { undone: [{ order: must(change, 'an order').orderNumber }] });
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'what was invoiced meanwhile stays and is said, and the line goes back after it',
  { connect },
  async (ready) => {
    const change = await soldThenChanged(ready);
    const through = '2027-01-15';
    ready.road.world.systems.connectwise.person.invoice({ through });
    await ready.pass({ days: 1 });
    const choice = { kind: 'order', orderId: must(change, 'an order').id } as const;
    const { documents } = await lookAtUndo(ready, choice);
    const stays = must(documents[0]?.stays ?? undefined, 'what stays');
    expect(stays > through).toBe(true);
    const run = await ready.ended((await takeBack(ready, choice)).id);
    expect(run.parts.map(({ state }) => state)).toEqual(['written']);
    const [chain] = await chainOf(ready, [38]);
    // Billed for what was invoiced, and never again.
    expect(chain).toEqual([
      [31, true],
      [38, true],
      [31, false],
    ]);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'an addition that somebody changed since is taken back only once their change is answered',
  { connect },
  async (ready) => {
    const { connectwise } = ready.road.world.systems;
    const change = await soldThenChanged(ready);
    const agreements = await connectWiseRows(ready.road, 'finance/agreements');
    const all = await Promise.all(
      agreements.map(({ id }) => connectWiseRows(ready.road, `finance/agreements/${id}/additions`)),
    );
    const addition = must(
      all.flat().find(({ quantity }) => quantity === 38),
      'the addition',
    );
    connectwise.person.change('Addition', Number(addition.id), { quantity: '40' });
    const theirs = await chainOf(ready, [40]);
    const choice = { kind: 'order', orderId: must(change, 'an order').id } as const;
    const run = await ready.ended((await takeBack(ready, choice)).id);
    expect(run.parts.map(({ state }) => state)).toEqual(['blocked']);
    expect(await chainOf(ready, [40])).toEqual(theirs);
    expect((await lookAtUndo(ready, choice)).kept).toMatchObject([{ why: 'changed' }]);
    const drifts = 'GET /v1/connections/:connectionId/drifts';
    const { rows } = await ready.road.call(drifts, { params: ready.params, query: {} });
    const { documentId, seen } = must(rows[0], 'what was changed');
    await ready.road.call('POST /v1/connections/:connectionId/drifts', {
      params: ready.params,
      body: { documentId, seen, linkIds: 'all', answer: 'theirs' },
    });
    const again = await ready.ended((await takeBack(ready, choice)).id);
    expect(again.parts.map(({ state }) => state)).toEqual(['written']);
    expect(await chainOf(ready, [31])).toEqual([[[31, false]]]);
    expect(await ready.syncAll()).toBeNull();
  },
);
