import { expect } from 'vitest';
import type { Document } from '../bookkeeper/xero-journal.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { documentsIn, marksIn, standingIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const oneSecondMs = 1_000;

/** The invoice that a new order of its customer would go to, after everything was billed once. */
async function billedOnce(
  ready: ReadyRoad,
): Promise<{ customerId: string; invoice: Document; line: Document['lines'][number] }> {
  const { orderNumber, customerId } = await newOrder(ready);
  await ready.syncAll();
  const done = (await ready.tasks('done')).find((task) => task.orderNumber === orderNumber);
  const documentId = done?.documents[0]?.id ?? '';
  const invoice = must(
    documentsIn(ready).find(({ id }) => id === documentId),
    'the invoice',
  );
  ready.road.world.clock.advance({ ms: oneSecondMs });
  return { customerId, invoice, line: must(invoice.lines[0], 'a line') };
}
const driftIn = async ({ road, params }: ReadyRoad): Promise<boolean> => {
  const { warnings } = await road.call('GET /v1/connections/:connectionId/dashboard', { params });
  return warnings.some(({ code }) => code === 'drift');
};
const invoiceNow = (ready: ReadyRoad, id: string): Document | undefined =>
  documentsIn(ready).find((each) => each.id === id);

journey("a person's price stays, and is shown", {}, async (ready) => {
  const { customerId, invoice, line } = await billedOnce(ready);
  const { person } = ready.road.world.systems.xero;
  person.editLine(invoice.id, line.lineItemId, { unitAmount: '77.77' });
  person.addLine(invoice.id, {
    description: 'A visit by hand',
    quantity: '1',
    unitAmount: '120',
    accountCode: '200',
  });
  await newOrder(ready, { customerId });
  const run = await ready.syncAll();
  expect(run?.parts.map(({ state }) => state)).toEqual(['written']);
  const lines = invoiceNow(ready, invoice.id)?.lines ?? [];
  expect(lines.find(({ lineItemId }) => lineItemId === line.lineItemId)?.unitAmount).toMatch(
    /^77\.77/,
  );
  expect(lines.some(({ description }) => description === 'A visit by hand')).toBe(true);
  expect(lines.length).toBeGreaterThan(invoice.lines.length + 1);
  expect(await driftIn(ready)).toBe(true);
});

journey('an edit between seeing and writing stops that document alone', {}, async (ready) => {
  const { customerId, invoice, line } = await billedOnce(ready);
  await newOrder(ready, { customerId });
  await ready.check();
  const { plans } = await ready.preview();
  ready.road.world.clock.advance({ ms: oneSecondMs });
  ready.road.world.systems.xero.person.editLine(invoice.id, line.lineItemId, { unitAmount: '1' });
  const before = marksIn(ready);
  const run = await ready.ended((await ready.confirm(plans)).id);
  expect(run.parts.map(({ state }) => state)).toEqual(['stale']);
  expect(marksIn(ready)).toEqual(before);
  const again = await ready.syncAll();
  expect(again?.parts.map(({ state }) => state)).toEqual(['written']);
});

journey('a line that a person deleted is never put back unasked', {}, async (ready) => {
  const { invoice, line } = await billedOnce(ready);
  ready.road.world.systems.xero.person.deleteLine(invoice.id, line.lineItemId);
  const marks = marksIn(ready);
  expect(await ready.syncAll()).toBeNull();
  expect(marksIn(ready)).toEqual(marks);
  expect(await driftIn(ready)).toBe(true);
});

journey('a deleted draft is not written again, and is shown', {}, async (ready) => {
  const { customerId, invoice } = await billedOnce(ready);
  ready.road.world.systems.xero.person.remove(invoice.id);
  expect(await ready.syncAll()).toBeNull();
  expect(await driftIn(ready)).toBe(true);
  const { orderNumber } = await newOrder(ready, { customerId });
  const run = await ready.syncAll();
  expect(run?.parts.map(({ state }) => state)).toEqual(['written']);
  const done = (await ready.tasks('done')).find((task) => task.orderNumber === orderNumber);
  expect(done?.documents[0]?.id).not.toBe(invoice.id);
});

journey('an approved invoice is left alone; what comes next opens another', {}, async (ready) => {
  const { customerId, invoice } = await billedOnce(ready);
  ready.road.world.systems.xero.person.approve(invoice.id);
  const approved = invoiceNow(ready, invoice.id);
  await newOrder(ready, { customerId });
  const run = await ready.syncAll();
  expect(run?.parts.map(({ state }) => state)).toEqual(['written']);
  expect(invoiceNow(ready, invoice.id)).toEqual(approved);
  expect(run?.parts[0]?.documentId).not.toBe(invoice.id);
  expect(standingIn(ready).map(({ id }) => id)).toContain(run?.parts[0]?.documentId);
});

journey(
  'an approved invoice holds what comes next where the reseller chose so',
  { settings: { whenClosed: 'hold' } },
  async (ready) => {
    const { customerId, invoice } = await billedOnce(ready);
    ready.road.world.systems.xero.person.approve(invoice.id);
    await newOrder(ready, { customerId });
    expect(await ready.syncAll()).toBeNull();
    const { plans } = await ready.preview();
    expect(plans.map(({ needs }) => needs.map(({ code }) => code))).toEqual([['document-closed']]);
  },
);

journey(
  'an invoice that a person approves in the moment of the write: the line goes to a new one',
  { settings: { whenClosed: 'new' } },
  async (ready) => {
    const { customerId, invoice } = await billedOnce(ready);
    const { orderNumber } = await newOrder(ready, { customerId });
    await ready.check();
    const { plans } = await ready.preview();
    const { world } = ready.road;
    const { fetch } = world;
    world.fetch = (request) => {
      const isOfInvoices = new URL(request.url).pathname.endsWith('/Invoices');
      if (request.method === 'POST' && isOfInvoices) {
        world.fetch = fetch;
        world.systems.xero.person.approve(invoice.id);
      }
      return fetch(request);
    };
    const run = await ready.ended((await ready.confirm(plans)).id);
    expect(run.parts.map(({ state }) => state)).toEqual(['rejected']);
    world.clock.advance({ ms: oneSecondMs });
    await ready.check();
    expect((await ready.tasks('needs')).map((task) => task.orderNumber)).not.toContain(orderNumber);
    const again = await ready.syncAll();
    expect(again?.parts.map(({ state }) => state)).toEqual(['written']);
    expect(standingIn(ready).at(-1)?.reference).toContain(orderNumber);
  },
);
