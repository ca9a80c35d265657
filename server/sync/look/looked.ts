import type { CalendarDate } from '../../domain/dates.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Money } from '../../domain/money.ts';
import type { BillingPeriod } from '../../domain/product.ts';

// What the look compares: the customer's side (held) and the books' side (billed), both after mapping.

/** One product of one subscription, as the marketplace sells it now. */
export interface HeldProduct {
  subscriptionId: string;
  customerId: string;
  /** What the customer is mapped to. */
  companyId: string;
  productKey: string | null;
  name: string;
  itemCode: string | null;
  currency: string;
  quantity: Decimal;
  /** For one period, after discount; null where nobody told it. */
  unitPrice: Decimal | null;
  unitCost: Decimal | null;
  period: BillingPeriod | null;
  startDate: CalendarDate | null;
  /** When a period was due last, on or before today; null where the subscription does not tell. */
  lastDue: CalendarDate | null;
  /** `idle`: on trial, suspended or pending, so that nobody has to pay and nobody is surprised by a line. */
  state: { is: 'live' } | { is: 'idle' } | { is: 'ended'; on: CalendarDate | null };
}

/** A line on an invoice that was written by hand. */
export interface BilledLine {
  documentId: string;
  lineId: string;
  number: string | null;
  url: string | null;
  date: CalendarDate;
  companyId: string;
  currency: string;
  description: string;
  itemCode: string | null;
  quantity: Decimal;
  unitPrice: Decimal;
  /** After discount, without tax as far as the document tells it. */
  amount: Money;
}

/** A line that comes back from invoice to invoice; `newest` is how it stands now. */
export interface Series {
  newest: BilledLine;
  /** In how many different months it stands. */
  months: number;
  /** The newest is no older than one more period allows. */
  current: boolean;
  monthly: Money;
}

export const findingKinds = [
  'unpaid',
  'cancelled',
  'quantity',
  'price',
  'below-cost',
  'unsure',
  'exact',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Why it is a finding; with the figures of both sides it makes a whole sentence. */
export type FindingReason =
  | 'never-billed'
  | 'stopped'
  | 'ended'
  | 'no-subscription'
  | 'more-here'
  | 'fewer-here'
  | 'dearer-here'
  | 'cheaper-here'
  | 'at-or-below-cost'
  | 'other-words'
  | 'price-unknown'
  | 'same';

/** What one side says; several subscriptions or lines of one product are summed. */
export interface Figures {
  quantity: Decimal;
  /** Null where those summed differ, or nobody told it. */
  unitPrice: Decimal | null;
  monthly: Money | null;
}

export interface Finding {
  /** Stays the same as long as it is about the same subscriptions or the same line. */
  id: string;
  kind: FindingKind;
  reason: FindingReason;
  companyId: string;
  currency: string;
  /**
   * What it is a month. Positive: the customer should pay so much more; negative: so much less, or
   * with `below-cost` what every month costs more than it brings.
   */
  monthly: Money;
  held: readonly HeldProduct[];
  lines: readonly BilledLine[];
  here: Figures | null;
  there: Figures | null;
  /** What the reseller pays for it a month; null is unknown, never zero. */
  cost: Money | null;
  /** What is billed by hand does not even pay what it costs. */
  belowCost: boolean;
  /** The subscription's end, or the last day it was billed. */
  since: CalendarDate | null;
}
