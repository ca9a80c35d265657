import { expect, test } from 'vitest';
import { benchAgreements } from './agreements.ts';
import { callsOf } from './calls.ts';
import { benchContracts } from './contracts.ts';
import { benchLook } from './look.ts';
import { fullVolume } from './new-business.ts';
import { benchNoChange } from './no-change.ts';
import type { Row } from './row.ts';

const timeoutMs = 60_000;
const missed = (rows: readonly Row[]): Row[] =>
  rows.filter(({ value, budgetMax }) => budgetMax !== null && value > budgetMax);

test.each([
  ['existing', fullVolume.customers],
  ['per-order', fullVolume.subscriptions],
] as const)(
  '1,000 new subscriptions stay inside the calls that they may cost: %s',
  async (invoice, documents) => {
    const rows = await callsOf(invoice, fullVolume);
    expect(rows[0]?.value).toBe(documents);
    expect(missed(rows)).toEqual([]);
  },
  timeoutMs,
);

test(
  'orders on agreements cost one page of additions an agreement and one call a line',
  async () => {
    expect(missed(await benchAgreements(40))).toEqual([]);
  },
  timeoutMs,
);

test(
  'orders on contracts cost one call a new service and one a dated adjustment, and reads of all together',
  async () => {
    const contracts = 10;
    const rows = await benchContracts(contracts);
    expect(rows.map(({ value }) => value)).not.toContain(0);
    expect(missed(rows)).toEqual([]);
  },
  timeoutMs,
);

test(
  'a check in which nothing happened makes two calls, one to each side',
  async () => {
    expect(missed(await benchNoChange())).toEqual([]);
  },
  timeoutMs,
);

test(
  'a look at 900 subscriptions and three months of invoices stays inside the limits of both sides',
  async () => {
    const rows = await benchLook();
    const found = rows.find(({ name }) => name === 'look: differences found');
    expect(`of ${found?.value} planted`).toBe(found?.unit);
    // How long it takes is for the bench to say: here others work beside it.
    expect(missed(rows.filter(({ unit }) => unit !== 'ms'))).toEqual([]);
  },
  timeoutMs,
);
