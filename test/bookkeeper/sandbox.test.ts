import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../kit/length.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { createWorld } from '../sandbox/world.ts';
import { audit } from './audit.ts';
import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import { written } from './exact.ts';
import { books, byApp, document } from './journals.ts';
import { wantedOf } from './wanted.ts';
import type { Document } from './xero-journal.ts';

/** A seeded marketplace, with all customers and products mapped, and everything of its past billed. */
function seededWorld() {
  const clock = createSandboxClock({ startMs: Date.UTC(2026, 10, 23), frozen: true });
  const { marketplace } = createWorld({ seed: 3, size: 'small', clock });
  const account = marketplace.market.account('reseller-1000');
  const chosen = books({
    reseller: 'reseller-1000',
    billFrom: '2025-01-01',
    customers: Object.fromEntries(
      [...account.customers.keys()].map((id) => [id, { contact: `contact of ${id}` }]),
    ),
    products: [...account.products.keys()].map((product) => ({ product })),
  });
  return { journal: marketplace.journal(), chosen };
}
const { journal, chosen } = seededWorld();
const wanted = wantedOf(journal, chosen).bill;

/** An invoice or credit note for each order, as a careful person would write it. */
function documentsFor(charges: readonly Charge[]): Document[] {
  const orders = Map.groupBy(charges, ({ order }) => order);
  return [...orders].map(([order, lines]) => {
    const isCredit = lines.reduce((sum, { amount }) => sum + amount.units, 0n) < 0n;
    const turned = lines.map(({ name, amount }) => ({
      text: name,
      unit: written({ ...amount, units: isCredit ? -amount.units : amount.units }),
    }));
    return document(order, turned, {
      kind: isCredit ? 'creditnote' : 'invoice',
      contactId: lines[0]?.contact ?? '',
      currencyCode: lines[0]?.currency ?? '',
      reference: order,
    });
  });
}
const audited = (charges: readonly Charge[], given: Books = chosen) =>
  audit({
    marketplace: journal,
    system: documentsFor(charges).map((one) => byApp(one)),
    books: given,
  });

describe('the bookkeeper on the sandbox marketplace', () => {
  it('wants something of every kind of order and in both currencies', () => {
    expect(wanted.length).toBeGreaterThan(30);
    expect(new Set(wanted.map(({ currency }) => currency))).toEqual(new Set(['AUD', 'USD']));
    expect(wanted.some(({ amount }) => amount.units < 0n)).toBe(true);
  });

  it('agrees when every charge stands once', () => {
    const found = audited(wanted);
    expect(found.differences).toEqual([]);
    expect(found.ok).toBe(true);
  });

  it('sees any one charge missing, doubled or a cent off', () => {
    fc.assert(
      fc.property(fc.nat({ max: wanted.length - 1 }), fc.nat({ max: 2 }), (at, fault) => {
        const spoilt = wanted.flatMap((charge, index): Charge[] => {
          if (index !== at) return [charge];
          const off = { ...charge.amount, units: charge.amount.units + 1n };
          return [[], [charge, charge], [{ ...charge, amount: off }]][fault] ?? [];
        });
        expect(audited(spoilt).ok).toBe(false);
      }),
      runs(40),
    );
  });
});
