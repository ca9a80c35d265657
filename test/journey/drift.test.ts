import { expect } from 'vitest';
import type { DriftView } from '../../server/http/views/drifts.ts';
import type { Document } from '../bookkeeper/xero-journal.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { takeBack } from '../kit/take-back.ts';
import { documentsIn, marksIn, standingIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { expectToTheCent, journey, newOrder } from './journey.ts';

const oneSecondMs = 1_000;
const driftsKey = 'GET /v1/connections/:connectionId/drifts' as const;
const answerKey = 'POST /v1/connections/:connectionId/drifts' as const;

const drifts = async ({ road, params }: ReadyRoad): Promise<DriftView[]> =>
  (await road.call(driftsKey, { params, query: {} })).rows;

/** An order is billed, then a person does something to its invoice, and the app has read it. */
async function changedBy(
  ready: ReadyRoad,
  act: (invoice: Document, lineId: string) => void,
): Promise<{ drift: DriftView; orderNumber: string; invoice: Document }> {
  await ready.syncAll();
  const { orderNumber } = await newOrder(ready);
  await ready.syncAll();
  const done = (await ready.tasks('done')).find((task) => task.orderNumber === orderNumber);
  const documentId = must(done?.documents[0], 'its document').id;
  const invoice = must(
    documentsIn(ready).find(({ id }) => id === documentId),
    'the invoice',
  );
  ready.road.world.clock.advance({ ms: oneSecondMs });
  act(invoice, must(invoice.lines.at(-1), 'a line').lineItemId);
  ready.road.world.clock.advance({ ms: oneSecondMs });
  await ready.check();
  const drift = must((await drifts(ready))[0], 'the change');
  return { drift, orderNumber, invoice };
}
const answer = (
  { road, params }: ReadyRoad,
  { documentId, seen }: DriftView,
  what: 'theirs' | 'again',
) => road.call(answerKey, { params, body: { documentId, seen, linkIds: 'all', answer: what } });
const warned = async ({ road, params }: ReadyRoad): Promise<boolean> => {
  const { warnings } = await road.call('GET /v1/connections/:connectionId/dashboard', { params });
  return warnings.some(({ code }) => code === 'drift');
};

journey('a changed price is accepted: nothing is written, nothing asks', {}, async (ready) => {
  const { drift, invoice } = await changedBy(ready, ({ id }, lineId) =>
    ready.road.world.systems.xero.person.editLine(id, lineId, { unitAmount: '77.77' }),
  );
  const [line] = drift.lines;
  expect(drift).toMatchObject({ documentId: invoice.id, state: 'draft' });
  expect(line?.now?.unitPrice).toMatch(/^77\.77/);
  expect(line?.was.unitPrice).not.toBe(line?.now?.unitPrice);
  const before = documentsIn(ready);
  await answer(ready, drift, 'theirs');
  expect(await drifts(ready)).toEqual([]);
  expect(await warned(ready)).toBe(false);
  await ready.check();
  expect(await ready.syncAll()).toBeNull();
  expect(documentsIn(ready)).toEqual(before);
  expect(await drifts(ready)).toEqual([]);
});

journey('a changed tax rate asks, though no amount of the line moved', {}, async (ready) => {
  const { drift } = await changedBy(ready, ({ id }, lineId) =>
    ready.road.world.systems.xero.person.editLine(id, lineId, { taxType: 'NONE' }),
  );
  const [line] = drift.lines;
  expect(line).toMatchObject({ change: 'tax', now: { tax: { amount: '0' } } });
  expect(Number(line?.was.tax?.amount)).toBeGreaterThan(0);
  expect(line?.now?.amount).toEqual(line?.was.amount);
  await answer(ready, drift, 'theirs');
  expect(await drifts(ready)).toEqual([]);
  await ready.check();
  expect(await drifts(ready)).toEqual([]);
  expect(await ready.syncAll()).toBeNull();
});

journey('a changed price is planned again: corrected to the cent', {}, async (ready) => {
  const { drift, orderNumber, invoice } = await changedBy(ready, ({ id }, lineId) =>
    ready.road.world.systems.xero.person.editLine(id, lineId, { unitAmount: '77.77' }),
  );
  const comesTo = () =>
    documentsIn(ready)
      .flatMap(({ contactId, lines }) => (contactId === invoice.contactId ? lines : []))
      .reduce((cents, { lineAmount }) => cents + Math.round(Number(lineAmount) * 100), 0);
  const wrong = comesTo();
  const cents = (amount = '') => Math.round(Number(amount) * 100);
  const [line] = drift.lines;
  await answer(ready, drift, 'again');
  const again = (await ready.tasks('ready')).map((task) => task.orderNumber);
  expect(again).toEqual([orderNumber]);
  await ready.syncAll();
  expect(await drifts(ready)).toEqual([]);
  // What the person typed is taken off, what was sold is on: once.
  const mended = cents(line?.was.amount.amount) - cents(line?.now?.amount.amount);
  expect(mended).not.toBe(0);
  expect(comesTo()).toBe(wrong + mended);
  expect(await ready.syncAll()).toBeNull();
});

journey('a deleted line is planned again: it stands once', {}, async (ready) => {
  const { drift } = await changedBy(ready, ({ id }, lineId) =>
    ready.road.world.systems.xero.person.deleteLine(id, lineId),
  );
  expect(drift.lines.map(({ change, now }) => [change, now])).toEqual([['missing', null]]);
  expect(await ready.syncAll()).toBeNull();
  await answer(ready, drift, 'again');
  await ready.syncAll();
  expect(await drifts(ready)).toEqual([]);
  await expectToTheCent(ready);
});

journey('a voided invoice frees its charges only when a person says so', {}, async (ready) => {
  const { drift, invoice, orderNumber } = await changedBy(ready, ({ id }) => {
    const { person } = ready.road.world.systems.xero;
    person.approve(id);
    person.void(id);
  });
  expect(new Set(drift.lines.map(({ change }) => change))).toEqual(new Set(['voided']));
  expect(await ready.syncAll()).toBeNull();
  await answer(ready, drift, 'again');
  await ready.syncAll();
  expect(standingIn(ready).some(({ id }) => id === invoice.id)).toBe(false);
  const done = (await ready.tasks('done')).find((task) => task.orderNumber === orderNumber);
  expect(done?.documents.map(({ id }) => id)).not.toContain(invoice.id);
  await expectToTheCent(ready);
});

journey('a deleted draft that is accepted stays unbilled, with its value', {}, async (ready) => {
  const { drift, orderNumber } = await changedBy(ready, ({ id }) =>
    ready.road.world.systems.xero.person.remove(id),
  );
  const marks = marksIn(ready);
  await answer(ready, drift, 'theirs');
  expect(await ready.syncAll()).toBeNull();
  expect(marksIn(ready)).toEqual(marks);
  const kept = (await ready.tasks('ignored')).find((task) => task.orderNumber === orderNumber);
  expect(kept?.ignored?.reason).toContain('removed from');
  const { rows } = await ready.road.call('GET /v1/connections/:connectionId/decisions', {
    params: ready.params,
    query: { kind: 'exclude' },
  });
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows)
    await ready.road.call('DELETE /v1/connections/:connectionId/decisions/:decisionId', {
      params: { ...ready.params, decisionId: id },
    });
  await ready.syncAll();
  await expectToTheCent(ready);
});

journey('an answer to what is no longer so is refused', {}, async (ready) => {
  const { drift, invoice } = await changedBy(ready, ({ id }, lineId) =>
    ready.road.world.systems.xero.person.editLine(id, lineId, { unitAmount: '77.77' }),
  );
  const lineId = must(invoice.lines.at(-1), 'a line').lineItemId;
  ready.road.world.systems.xero.person.editLine(invoice.id, lineId, { unitAmount: '66.66' });
  ready.road.world.clock.advance({ ms: oneSecondMs });
  await ready.check();
  const { road, params } = ready;
  const { documentId, seen } = drift;
  const refused = await road.ask(answerKey, {
    params,
    body: { documentId, seen, linkIds: 'all', answer: 'theirs' },
  });
  expect([refused.status, (await refused.json()).code]).toEqual([409, 'request.conflict']);
  expect(await drifts(ready)).toHaveLength(1);
});

journey(
  'an invoice of which a line was credited is voided: the answer takes the credit back, and nobody is given money',
  { settings: { invoice: 'per-order', postAs: 'approved' } },
  async (ready) => {
    const { person } = ready.road.world.systems.xero;
    const { clock } = ready.road.world;
    await ready.syncAll();
    const { orderNumber } = await newOrder(ready);
    const run = must(await ready.syncAll(), 'the run');
    const invoice = must(
      documentsIn(ready).find(({ reference }) => reference.includes(orderNumber)),
      'the invoice',
    );
    // Beside a line by hand it cannot be voided whole: it is credited.
    person.addLine(invoice.id, byHand);
    clock.advance({ ms: oneSecondMs });
    await ready.check();
    await ready.ended((await takeBack(ready, { kind: 'run', runId: run.id })).id);
    const credit = must(
      documentsIn(ready).find(({ kind }) => kind === 'creditnote'),
      'the credit note',
    );
    clock.advance({ ms: oneSecondMs });
    person.void(invoice.id);
    clock.advance({ ms: oneSecondMs });
    await ready.check();
    const drift = must((await drifts(ready))[0], 'the change');
    expect(drift.lines.map(({ givenBackOn }) => givenBackOn)).toEqual([credit.number]);
    await answer(ready, drift, 'theirs');
    await ready.road.until('the credit is taken back', async () =>
      documentsIn(ready).find(({ id, status }) => id === credit.id && status === 'VOIDED'),
    );
    expect(await drifts(ready)).toEqual([]);
    expect(await ready.syncAll()).toBeNull();
    await expectToTheCent(ready);
  },
);

const byHand = { description: 'By hand', quantity: '1', unitAmount: '12.5', accountCode: '200' };
