import type { Money } from '../../domain/money.ts';

/**
 * Why the documents of a month come to another amount than its charges. Every cent between the two has
 * exactly one of these names.
 */
export const differenceNames = [
  /** A person or a rule decided that it is no line. */
  'on-purpose',
  /** A task stands for it: it is ready, waits, or asks. */
  'waiting',
  /** Nothing stands for it: neither line nor task, or its line is gone from the system. */
  'missing',
  /** Billed at another price than the marketplace's, by setting or by a person here. */
  'price',
  /** Billed in the customer's currency instead of the order's: less in one, more in the other. */
  'converted',
  /** The line holds the tax, where the documents' amounts do. */
  'tax',
  /** At most one minor unit a line. */
  'rounding',
  /** A person changed the line in the system. */
  'edit',
  /** A line with our mark that stands for no charge. */
  'extra',
  /** Charge and document belong to different months. */
  'timing',
  /** Lines that somebody else put on a document of ours. */
  'others',
] as const;

/** Why the tax on the documents of a month is another than the marketplace told; every cent has one of these. */
export const taxDifferenceNames = [
  /** The system's rate is not the marketplace's. */
  'tax-rate',
  /** On an amount that is not the marketplace's. */
  'tax-amount',
  /** Of own charges, of lines of others, and of what the marketplace tells no tax of. */
  'tax-untold',
  /** At most one minor unit a line. */
  'tax-rounding',
  /** A person changed the tax of a line in the system. */
  'tax-edit',
] as const;
export type TaxDifferenceName = (typeof taxDifferenceNames)[number];
export type DifferenceName = (typeof differenceNames)[number] | TaxDifferenceName;
export const allDifferenceNames = [...differenceNames, ...taxDifferenceNames] as const;

/** One named part of the way from the charges of a month to its documents; amounts add up. */
export interface Difference {
  name: DifferenceName;
  /** Added to the charges: negative where the documents have less. */
  amount: Money;
  /** Why, where the name alone leaves it open. */
  reason: string | null;
  chargeKey: string | null;
  orderId: string | null;
  customerId: string | null;
  documentId: string | null;
  /** What the line says, or the charge. */
  text: string;
}

/** What is between two amounts: one difference, or one each where their currencies differ. */
export function between(from: Money, to: Money): Money[] {
  const parts =
    from.currency === to.currency
      ? [{ ...to, amountMinor: to.amountMinor - from.amountMinor }]
      : [{ ...from, amountMinor: -from.amountMinor }, to];
  return parts.filter(({ amountMinor }) => amountMinor !== 0n);
}
