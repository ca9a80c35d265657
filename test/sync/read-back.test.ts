import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Company } from '../../server/domain/company.ts';
import { date, instant } from '../../server/domain/dates.ts';
import { AppError, retryReconnect } from '../../server/domain/errors.ts';
import { markerSchema, ownKey } from '../../server/domain/ids.ts';
import type { Invoice } from '../../server/domain/invoice.ts';
import { type Link, wholePortion } from '../../server/domain/link.ts';
import type { ConnectorManifest, Feature } from '../../server/domain/ports/connector-manifest.ts';
import type { InvoicesWanted } from '../../server/domain/ports/invoices.ts';
import type { Quote } from '../../server/domain/quote.ts';
import { runSteps } from '../../server/sync/check/steps.ts';
import { customerMappingOf } from '../../server/sync/mapping/map.ts';
import { lackedRights } from '../../server/sync/read-back/lacks.ts';
import { readBackNow, readBackSteps } from '../../server/sync/read-back/steps.ts';
import { planManifest } from '../kit/plan-world.ts';
import { chargeOf, connectedWorld, connectionId, connectionOf, tenantId } from './check-world.ts';

const hourMs = 60 * 60_000;
const right = { scope: 'Finance > Invoicing, Inquire', why: 'to show', where: 'Roles' };
const manifest = {
  ...planManifest,
  optionalRights: [
    { feature: 'invoices' as const, ...right },
    { feature: 'quotes' as const, ...right },
  ],
};
const invoicing = { madeIn: 'Finance > Invoicing', partPayments: true, tellsLines: true };
const aud = (amountMinor: bigint) => ({ amountMinor, currency: 'AUD' });
const invoiceOf = (id: string, changes: Partial<Invoice> = {}): Invoice => ({
  id,
  kind: 'invoice',
  number: `A-${id}`,
  companyId: 'co1',
  state: 'open',
  date: date('2026-11-01'),
  dueDate: null,
  total: aud(1100n),
  balance: aud(1100n),
  paidOn: null,
  documentId: null,
  lines: [],
  ...changes,
});
const quoteOf = (id: string): Quote => ({
  id,
  companyId: 'co1',
  title: `Quote ${id}`,
  stage: null,
  amount: null,
  closesOn: null,
  document: { status: 'none' },
});
const euroCompany: Company = {
  id: 'co1',
  name: 'Company 1',
  number: null,
  email: null,
  taxNumber: null,
  archived: false,
  mergedInto: null,
  currency: 'EUR',
  billedBySchedule: null,
};
const linkTo = (documentId: string): Link => ({
  id: 'charge#0.1.c',
  connectionId,
  chargeKey: chargeOf('1').key,
  ...wholePortion,
  orderId: '1',
  customerId: 'cust1',
  subscriptionId: null,
  productKey: null,
  period: null,
  revision: 'r1',
  documentId,
  documentKind: 'contract',
  documentNumber: null,
  lineId: 'l1',
  marker: v.parse(markerSchema, 'LP0000000000000000'),
  amount: aud(500n),
  quantity: '1',
  unitPrice: '5',
  state: 'live',
  intentId: null,
  runId: null,
  by: { kind: 'app' },
  at: instant(Date.parse('2026-11-20T00:00:00Z')),
});
const scope = () =>
  new AppError('system.scope', { said: 'The role may not.', retry: retryReconnect });

interface Told {
  invoices: Invoice[];
  gone: string[];
  quotes: Quote[];
  lacks: Feature[];
  calls: number;
  fails: AppError | null;
}

/** A connection whose customers are mapped to these companies, and a system that answers as told. */
async function start(
  companies: readonly string[] = ['co1'],
  more: Partial<ConnectorManifest> = {},
) {
  const world = await connectedWorld();
  const asked: InvoicesWanted[] = [];
  const told: Told = { invoices: [], gone: [], quotes: [], lacks: [], calls: 1, fails: null };
  const context = {
    ...world.context,
    manifest: () => ({ ...manifest, ...more }),
    openSession: async () => ({
      ...(await world.context.openSession(tenantId, connectionId, 'background')),
      invoices: async (wanted: InvoicesWanted) => {
        asked.push(wanted);
        if (told.fails !== null) throw told.fails;
        const { invoices: records, gone, calls } = told;
        return { records, unreadable: [], gone, calls, position: 'next' };
      },
      quotes: async () => {
        if (told.fails !== null) throw told.fails;
        return { records: told.quotes, unreadable: [], fields: ['Document URL'] };
      },
      lacks: async () => told.lacks,
    }),
  };
  const map = (ids: readonly string[]) =>
    world.store.transact(tenantId, (tx) => {
      for (const [index, targetId] of ids.entries())
        tx.put('customerMapping', {
          ...customerMappingOf(tx, connectionId, `cust${index + 1}`),
          targetId,
        });
    });
  await map(companies);
  const checkNow = () => ({
    ...context,
    tenantId,
    purpose: 'background' as const,
    at: instant(world.clock.nowMs()),
  });
  const readNow = async () => readBackNow(checkNow(), connectionOf(), await context.openSession());
  const read = async () => {
    const check = checkNow();
    const steps = await readBackSteps(check, connectionOf(), await context.openSession());
    return runSteps(check, connectionId, steps);
  };
  const reader = () => world.store.read(tenantId);
  const kept = async () =>
    (await reader())
      .list('invoice')
      .map(({ invoice }) => invoice.id)
      .sort();
  return { world, told, asked, map, read, readNow, kept, reader };
}

test('later readings go on where the last one ended, and name what is not settled', async () => {
  const { world, told, asked, read, kept } = await start();
  told.invoices = [invoiceOf('1'), invoiceOf('2', { state: 'paid', balance: aud(0n) })];
  expect(await read()).toEqual([]);
  expect(asked[0]).toMatchObject({ since: null, open: [], from: '2025-10-23' });
  await world.clock.advance(10 * 60_000);
  await read();
  expect(asked).toHaveLength(1);
  await world.clock.advance(hourMs);
  told.invoices = [];
  await read();
  expect(asked[1]).toMatchObject({ since: 'next', open: ['1'] });
  expect([...(asked[1]?.known ?? [])].sort()).toEqual(['1', '2']);
  expect(await kept()).toEqual(['1', '2']);
});

test('once a day all of them are read, and what the system has no more goes', async () => {
  const { world, told, asked, read, kept } = await start();
  told.invoices = [invoiceOf('1'), invoiceOf('2')];
  await read();
  await world.clock.advance(24 * hourMs);
  told.invoices = [invoiceOf('2')];
  await read();
  expect(asked.at(-1)?.since).toBeNull();
  expect(await kept()).toEqual(['2']);
});

test('an invoice that is told as gone goes at once', async () => {
  const { world, told, read, kept } = await start();
  told.invoices = [invoiceOf('1'), invoiceOf('2')];
  await read();
  await world.clock.advance(hourMs);
  told.invoices = [];
  told.gone = ['1'];
  await read();
  expect(await kept()).toEqual(['2']);
});

test('a company mapped since brings its older invoices; one mapped no more takes its own away', async () => {
  const { world, told, asked, map, read, kept } = await start(['co1', 'co2'], { invoicing });
  told.invoices = [invoiceOf('1'), invoiceOf('2', { companyId: 'co2' })];
  await read();
  expect(await kept()).toEqual(['1', '2']);
  await map(['co1', 'co3']);
  await world.clock.advance(5 * 60_000);
  told.invoices = [invoiceOf('1'), invoiceOf('3', { companyId: 'co3' })];
  await read();
  expect(asked.at(-1)).toMatchObject({ since: null });
  expect(asked.at(-1)?.companies.map(({ id }) => id)).toEqual(['co1', 'co3']);
  expect(await kept()).toEqual(['1', '3']);
});

test('where ours are the invoices, a company mapped since waits for the hour', async () => {
  const { world, asked, map, read } = await start(['co1'], {
    invoicing: { ...invoicing, madeIn: null },
  });
  await read();
  await map(['co1', 'co3']);
  await world.clock.advance(5 * 60_000);
  await read();
  expect(asked).toHaveLength(1);
  await world.clock.advance(hourMs);
  await read();
  expect(asked.at(-1)).toMatchObject({ since: null });
});

describe('where changes tell all that became of an invoice', () => {
  const telling = { invoicing: { ...invoicing, madeIn: null, tellsChanges: true as const } };

  test('all are read but once, whatever day it is', async () => {
    const { world, told, asked, read, kept } = await start(['co1'], telling);
    told.invoices = [invoiceOf('1')];
    await read();
    told.invoices = [];
    for (let day = 0; day < 3; day += 1) {
      await world.clock.advance(24 * hourMs);
      await read();
    }
    expect(asked.map(({ since }) => since)).toEqual([null, 'next', 'next', 'next']);
    expect(await kept()).toEqual(['1']);
  });

  test('a company mapped since waits as long as reading all costs; a person does not', async () => {
    const { world, told, asked, map, read, readNow } = await start(['co1'], telling);
    told.calls = 50;
    await read();
    await map(['co1', 'co3']);
    for (let hour = 0; hour < 12; hour += 1) {
      await world.clock.advance(hourMs);
      await read();
    }
    expect(asked.slice(1).every(({ since }) => since === 'next')).toBe(true);
    await world.clock.advance(hourMs);
    await read();
    expect(asked.at(-1)?.since).toBeNull();
    await map(['co1', 'co3', 'co4']);
    await readNow();
    expect(asked.at(-1)?.since).toBeNull();
    await readNow();
    expect(asked.at(-1)?.since).toBe('next');
  });
});

test('of old invoices only those that are still open are kept', async () => {
  const { told, read, kept } = await start();
  const old = { date: date('2024-01-31') };
  told.invoices = [invoiceOf('1', old), invoiceOf('2', { ...old, state: 'paid' })];
  await read();
  expect(await kept()).toEqual(['1']);
});

test('lines stay known when they are not told again; those of documents that are none of ours are left out', async () => {
  const { world, told, read, reader } = await start();
  const line = (documentId: string) => ({ documentId, lineId: 'l1', amount: aud(500n), on: null });
  await world.store.transact(tenantId, (tx) => tx.put('link', linkTo('ours')));
  told.invoices = [invoiceOf('1', { lines: [line('ours'), line('theirs')] })];
  await read();
  await world.clock.advance(hourMs);
  told.invoices = [invoiceOf('1', { state: 'paid', lines: null })];
  await read();
  const [stored] = (await reader()).list('invoice');
  expect(stored?.invoice).toMatchObject({ state: 'paid', lines: [line('ours')] });
});

test('companies are asked for in the currency that they are billed in', async () => {
  const { world, asked, read } = await start(['co1', 'co2']);
  await world.store.transact(tenantId, (tx) =>
    tx.put('company', { id: ownKey(connectionId, 'co1'), connectionId, company: euroCompany }),
  );
  await read();
  expect(asked[0]?.companies).toEqual([
    { id: 'co1', currency: 'EUR' },
    { id: 'co2', currency: null },
  ]);
});

test('without a mapped company nobody is asked', async () => {
  const { asked, read } = await start([]);
  expect(await read()).toEqual([]);
  expect(asked).toEqual([]);
});

test('a missing right hides its feature, breaks nothing, and is asked for again', async () => {
  const { world, told, asked, read, reader, kept } = await start();
  told.fails = scope();
  expect(await read()).toEqual([]);
  const lacked = async () =>
    lackedRights(await reader(), connectionOf(), manifest).map(({ feature }) => feature);
  expect(await lacked()).toEqual(['invoices', 'quotes']);
  const state = (await reader()).get('connection', connectionId)?.state;
  expect(state).toBe('active');
  expect(await world.logged('connection-broken')).toBe(0);
  told.fails = null;
  told.invoices = [invoiceOf('1')];
  await world.clock.advance(hourMs);
  await read();
  expect(await lacked()).toEqual([]);
  expect(asked.at(-1)?.since).toBeNull();
  expect(await kept()).toEqual(['1']);
});

test('a level that hides invoices instead of refusing them is found by asking first', async () => {
  const { told, asked, read, reader } = await start();
  told.lacks = ['invoices'];
  await read();
  expect(asked).toEqual([]);
  expect(lackedRights(await reader(), connectionOf(), manifest)).toMatchObject([
    { feature: 'invoices' },
  ]);
});

test('where the right is not optional, its loss is the connection’s own', async () => {
  const { told, read, reader } = await start(['co1'], { optionalRights: [] });
  told.fails = scope();
  expect((await read()).map(({ code }) => code)).toEqual(['system.scope']);
  expect((await reader()).get('connection', connectionId)?.state).toBe('broken');
});

test('an opportunity that is open no more goes', async () => {
  const { world, told, read, reader } = await start();
  told.quotes = [quoteOf('1'), quoteOf('2')];
  await read();
  await world.clock.advance(hourMs);
  told.quotes = [quoteOf('2')];
  await read();
  expect((await reader()).list('quote').map(({ quote }) => quote.id)).toEqual(['2']);
});
