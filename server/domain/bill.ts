import { compare, type Decimal } from './decimal.ts';
import { type Money, sum } from './money.ts';
import type { Month } from './month.ts';

// What a customer's bill of a month says otherwise than the one before. Nothing here knows of mail.

/** What a letter to a customer about a month says. */
export interface BillLetter {
  customerId: string;
  customerName: string;
  month: Month;
  changes: BillChange[];
  /** Without tax, of this month and of the one before. */
  total: Money[];
  before: Money[];
}

/** A line as it stood on the customer's documents of a month. */
export interface BilledLine {
  /** Names what is billed: the same in both months. */
  key: string;
  name: string;
  quantity: Decimal;
  unitPrice: Decimal;
  amount: Money;
}

export const billChangeKinds = ['new', 'gone', 'quantity', 'price', 'amount'] as const;
export interface BillChange {
  what: (typeof billChangeKinds)[number];
  name: string;
  was: Omit<BilledLine, 'key' | 'name'> | null;
  is: Omit<BilledLine, 'key' | 'name'> | null;
}

/**
 * What a customer's bill says otherwise than the month before, by what was billed: what is new, gone,
 * of another quantity, another price, or of another amount though both are the same. Several lines of
 * one thing count together; what is the same is left out.
 */
export function billChanges(
  before: readonly BilledLine[],
  after: readonly BilledLine[],
): BillChange[] {
  const [was, is] = [together(before), together(after)];
  const keys = [...new Set([...is.keys(), ...was.keys()])];
  return keys.flatMap((key): BillChange[] => {
    const [old, now] = [was.get(key) ?? null, is.get(key) ?? null];
    const name = (now ?? old)?.name ?? key;
    if (old === null || now === null)
      return [{ what: old === null ? 'new' : 'gone', name, was: old, is: now }];
    const what = differenceOf(old, now);
    return what === null ? [] : [{ what, name, was: old, is: now }];
  });
}

function differenceOf(was: BilledLine, is: BilledLine): BillChange['what'] | null {
  if (compare(was.quantity, is.quantity) !== 0) return 'quantity';
  if (compare(was.unitPrice, is.unitPrice) !== 0) return 'price';
  return was.amount.amountMinor === is.amount.amountMinor ? null : 'amount';
}

/** One line a thing and currency: the figures of the largest, the amounts of all. */
function together(lines: readonly BilledLine[]): Map<string, BilledLine> {
  const groups = Map.groupBy(lines, ({ key, amount }) => `${key} ${amount.currency}`);
  return new Map(
    [...groups].flatMap(([key, own]) => {
      const [largest] = own.toSorted((a, b) => Number(b.amount.amountMinor - a.amount.amountMinor));
      if (largest === undefined) return [];
      const { currency } = largest.amount;
      const amount = sum(
        currency,
        own.map((line) => line.amount),
      );
      return amount.amountMinor === 0n ? [] : [[key, { ...largest, amount }] as const];
    }),
  );
}
