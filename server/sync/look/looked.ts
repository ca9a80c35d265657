import type { CalendarDate } from '../../domain/dates.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { DocumentKind } from '../../domain/document.ts';
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

/** A line that was written by hand, on an invoice or on a document that stays open. */
export interface BilledLine {
  documentId: string;
  documentKind: DocumentKind;
  lineId: string;
  number: string | null;
  url: string | null;
  /** Of an invoice its own; an open line is as it stands on this day. */
  date: CalendarDate;
  /** Only of a line that stays open. */
  open?: OpenLine;
  companyId: string;
  currency: string;
  description: string;
  itemCode: string | null;
  quantity: Decimal;
  unitPrice: Decimal;
  /** After discount, without tax as far as the document tells it. */
  amount: Money;
}

/** How the system goes on billing a line by itself. */
export interface OpenLine {
  /** How often; null where it does not tell. */
  every: BillingPeriod | null;
  /** Somebody gave it a last day already. */
  ends: boolean;
}

/** A line that comes back from invoice to invoice; `newest` is how it stands now. */
export interface Series {
  newest: BilledLine;
  /** It stands in several months, or stays open. */
  comesBack: boolean;
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
  | NoLink
  | 'same';

/**
 * Why a line that stays open cannot be taken over as it is: `shared-line`: it pays for several
 * subscriptions, or several lines for one. `other-cycle`: it is billed more or less often.
 */
export type NoLink = 'shared-line' | 'other-cycle';

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
  /** Why it cannot be linked; null where it can. */
  noLink: NoLink | null;
  /** The subscription's end, or the last day it was billed. */
  since: CalendarDate | null;
}
