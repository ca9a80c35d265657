import { expect } from 'vitest';
import { connectAutotask } from '../kit/autotask-road.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const readNow = ({ road, params }: ReadyRoad) =>
  road.call('POST /v1/connections/:connectionId/invoices/read', { params });
const invoicesOf = ({ road, params }: ReadyRoad, query: Record<string, string> = {}) =>
  road.call('GET /v1/connections/:connectionId/invoices', { params, query });
const quotesOf = ({ road, params }: ReadyRoad, query: Record<string, string> = {}) =>
  road.call('GET /v1/connections/:connectionId/quotes', { params, query });
const dashboardOf = ({ road, params }: ReadyRoad) =>
  road.call('GET /v1/connections/:connectionId/dashboard', { params });
const testOf = ({ road, params }: ReadyRoad) =>
  road.call('POST /v1/connections/:connectionId/test', { params });
const pdfOf = ({ road, params }: ReadyRoad, invoiceId: string) =>
  road.ask('GET /v1/connections/:connectionId/invoices/:invoiceId/pdf', {
    params: { ...params, invoiceId },
  });

async function expectPdf(ready: ReadyRoad, invoiceId: string, number: string): Promise<void> {
  const pdf = await pdfOf(ready, invoiceId);
  expect(pdf.status).toBe(200);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.headers.get('content-disposition')).toBe(
    `attachment; filename="invoice-${number}.pdf"`,
  );
  expect(pdf.headers.get('cache-control')).toBe('no-store');
  expect(pdf.headers.get('x-content-type-options')).toBe('nosniff');
  expect(pdf.headers.get('content-security-policy')).toContain('sandbox');
  const text = await pdf.text();
  expect(text.startsWith('%PDF-')).toBe(true);
  expect(text).toContain(number);
}

journey(
  'ConnectWise: invoices of our lines come back with their balance and PDF, and a payment closes them',
  { connect: connectConnectWise },
  async (ready) => {
    const { person } = ready.road.world.systems.connectwise;
    await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    expect((await invoicesOf(ready)).rows).toEqual([]);
    person.invoice();
    await readNow(ready);
    const view = await invoicesOf(ready);
    expect(view).toMatchObject({ available: true, lacks: null, partPayments: true });
    expect(view.madeIn).toContain('Agreement Invoicing');
    const row = must(
      view.rows.find(({ total }) => Number(total.amount) > 10),
      'an invoice',
    );
    expect(row).toMatchObject({ state: 'open', balance: row.total, lines: [] });
    expect(row.document?.url).toContain('AgreementFv');
    expect(row.url).toContain(`recordType=InvoiceFv&recid=${row.id}`);
    await expectPdf(ready, row.id, row.number);
    person.pay(Number(row.id), { amount: '1.00' });
    await readNow(ready);
    const own = await invoicesOf(ready, { customerId: must(row.customerId, 'a customer') });
    expect(own.customer?.name).toBe(row.customerName);
    expect(own.rows.every(({ customerId }) => customerId === row.customerId)).toBe(true);
    expect(own.rows.find(({ id }) => id === row.id)).toMatchObject({
      state: 'part-paid',
      balance: { amount: (Number(row.total.amount) - 1).toFixed(2) },
    });
    person.pay(Number(row.id));
    await readNow(ready);
    const open = await invoicesOf(ready, { show: 'open' });
    expect(open.rows.map(({ id }) => id)).not.toContain(row.id);
    expect((await dashboardOf(ready)).invoicing?.openCount).toBe(open.total);
    expect((await pdfOf(ready, '1')).status).toBe(404);
  },
);

journey(
  'ConnectWise: a missing right hides what needs it and names itself; nothing else stops',
  { connect: connectConnectWise },
  async (ready) => {
    const { person } = ready.road.world.systems.connectwise;
    person.setRight('Finance > Invoicing', 'Inquire', false);
    const tested = await testOf(ready);
    expect(tested).toMatchObject({
      state: 'active',
      lacks: [{ feature: 'invoices', scope: 'Finance > Invoicing, Inquire' }],
    });
    expect((await invoicesOf(ready)).lacks?.where).toContain('Security Roles');
    await readNow(ready);
    await newOrder(ready, { quantity: 2 });
    const run = must(await ready.syncAll(), 'a run');
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    expect((await dashboardOf(ready)).connection).toMatchObject({ state: 'active', failure: null });
    person.setRight('Finance > Invoicing', 'Inquire', true);
    person.invoice();
    // A test asks for every right, and a minute has room for so many calls.
    ready.road.world.clock.advance({ ms: 60_000 });
    expect((await testOf(ready)).lacks).toEqual([]);
    // What is allowed since does not wait for its hour.
    await ready.check();
    expect((await invoicesOf(ready)).rows.length).toBeGreaterThan(0);
  },
);

journey(
  'ConnectWise: open quotes lead to the document in the field that the setting names',
  { connect: connectConnectWise },
  async (ready) => {
    // Customers were mapped since the first check: that is read at once.
    await ready.check();
    const before = await quotesOf(ready);
    expect(before).toMatchObject({ available: true, field: null, fields: ['Document URL'] });
    expect(before.rows.length).toBeGreaterThan(0);
    expect(before.rows.every(({ document }) => document.status === 'none')).toBe(true);
    await ready.settings({ quoteField: 'document url' });
    await ready.check();
    const { rows } = await quotesOf(ready);
    const links = rows.filter(({ document }) => document.status === 'link');
    expect(links.length).toBeGreaterThan(0);
    expect(rows.some(({ document }) => document.status === 'none')).toBe(true);
    const [one] = links;
    const { id, url } = must(one, 'a quote');
    expect(url).toContain('OpportunityFv');
    const { person } = ready.road.world.systems.connectwise;
    person.change('Opportunity', Number(id), { 'custom:Document URL': 'javascript:alert(1)' });
    await readNow(ready);
    const changed = (await quotesOf(ready)).rows.find((row) => row.id === id);
    expect(changed?.document).toEqual({ status: 'refused' });
    expect((await dashboardOf(ready)).invoicing?.quotes).toBe(rows.length);
  },
);

journey(
  'ConnectWise: the dashboard says when the next export is, what the last one brought, and what disabling does',
  { connect: connectConnectWise },
  async (ready) => {
    const { road, params } = ready;
    const exports = async () => must((await dashboardOf(ready)).exports, 'exports');
    expect(await exports()).toMatchObject({ mode: 'off', next: null });
    await newOrder(ready, { quantity: 3 });
    const run = must(await ready.syncAll(), 'a run');
    expect((await exports()).last).toMatchObject({
      runId: run.id,
      documents: run.parts.length,
      stopped: 0,
    });
    expect((await exports()).last?.lines).toBeGreaterThan(0);
    await ready.settings({ automatic: { mode: 'every-5-minutes' } });
    expect((await exports()).next).toMatchObject({ kind: 'check', at: expect.any(String) });
    // Sydney is eleven hours ahead: noon of the 23rd has passed there, and one minute to midnight has not.
    await ready.settings({ automatic: { mode: 'daily', minuteOfDay: 1439 } });
    expect((await exports()).next).toEqual({ kind: 'day', on: '2026-11-23', minuteOfDay: 1439 });
    await road.call('POST /v1/connections/:connectionId/pause', { params, body: { paused: true } });
    expect((await exports()).next).toBeNull();
    const kept = road.world.systems.connectwise.journal().length;
    await ready.check();
    expect(road.world.systems.connectwise.journal()).toHaveLength(kept);
  },
);

journey(
  'Autotask: an invoice tells which of our lines it billed, and whether it is paid',
  { connect: connectAutotask },
  async (ready) => {
    const { person } = ready.road.world.systems.autotask;
    const { customerId } = await newOrder(ready, { quantity: 4 });
    await ready.syncAll();
    person.post({ through: '2026-12-31' });
    person.invoice();
    await readNow(ready);
    const view = await invoicesOf(ready, { customerId });
    expect(view).toMatchObject({ tellsLines: true, partPayments: false });
    const row = must(
      view.rows.find(({ linesTotal }) => linesTotal > 0),
      'an invoice of our lines',
    );
    expect(row.lines.every(({ text }) => !/^(service|charge):/.test(text))).toBe(true);
    expect(row.lines.reduce((sum, line) => sum + Number(line.amount.amount), 0)).toBeGreaterThan(0);
    expect(row.url).toContain('Code=OpenAccount');
    await expectPdf(ready, row.id, row.number);
    person.setPaid(Number(row.id), '2026-11-23');
    await readNow(ready);
    const paid = (await invoicesOf(ready, { customerId })).rows.find(({ id }) => id === row.id);
    expect(paid).toMatchObject({
      state: 'paid',
      paidOn: '2026-11-23',
      balance: { amount: '0' },
      linesTotal: row.linesTotal,
    });
    await ready.settings({ quoteField: 'Document URL' });
    await readNow(ready);
    const { rows } = await quotesOf(ready);
    expect(rows.some(({ document }) => document.status === 'link')).toBe(true);
    expect(rows.every(({ url }) => url?.includes('Code=OpenOpportunity'))).toBe(true);
  },
);

journey('Xero: our own invoices show what is open of them', {}, async (ready) => {
  const { person } = ready.road.world.systems.xero;
  await newOrder(ready, { quantity: 2 });
  await ready.settings({ invoice: 'per-order', postAs: 'approved' });
  await ready.syncAll();
  await readNow(ready);
  const view = await invoicesOf(ready, { show: 'open' });
  expect(view).toMatchObject({ available: true, madeIn: null });
  const row = must(
    view.rows.find(({ linesTotal }) => linesTotal > 0),
    'an invoice of ours',
  );
  expect(row.balance).toEqual(row.total);
  person.pay(row.id);
  await readNow(ready);
  const paid = (await invoicesOf(ready)).rows.find(({ id }) => id === row.id);
  expect(paid).toMatchObject({ state: 'paid', balance: { amount: '0' } });
  await expectPdf(ready, row.id, row.number);
  expect((await quotesOf(ready)).available).toBe(false);
  expect((await dashboardOf(ready)).exports).toBeNull();
});
