import type { BookKept } from './kept.ts';
import type { BookMissing } from './missing.ts';
import type { BookOwnCharge } from './own.ts';

/**
 * What a reseller chose, as plain data: enough to say from the marketplace's journal alone what the
 * system must hold. Ids are the ids of the two outside systems, never ours.
 */
export interface Books {
  /** The reseller at the marketplace (`tenantId` of its journal). */
  reseller: string;
  /** The organisation in the system (`tenantId` of its journal). */
  organisation: string;
  baseCurrency: string;
  /** The day of the audit, where an opening answer reaches back a month. */
  today: string;
  /** Orders before it were billed by hand; null is unanswered, and nothing may be there. */
  billFrom: string | null;
  settings: BookSettings;
  /** By customer id; a customer who is not here is not mapped. */
  customers: Readonly<Record<string, BookCustomer>>;
  products: readonly BookProduct[];
  /** "Do not bill", and orders that a person ignored. */
  exclusions?: readonly (Where & { until?: string })[];
  /** Written and undone by a person, and not billed again; each charge speaks for itself alone. */
  undone?: readonly Where[];
  /** Undone and billed again: where lines stay open, their days were changed more than once. */
  again?: readonly Where[];
  /** What a person typed, the widest first: a later entry overrules an earlier one field by field. */
  prices?: readonly BookPrice[];
  /** Prices that changed at the marketplace and were kept for a while. */
  kept?: readonly BookKept[];
  /** By subscription: how one that was running at "bill from" goes on. Not here: it waits. */
  openings?: Readonly<Record<string, 'next-order' | 'newest-order' | 'link'>>;
  /** The answer to "order on one side of bill from, service on the other". */
  straddles?: readonly (Where & { answer: 'bill' | 'already-billed' })[];
  /** Orders whose guards and questions a person accepted as they stand. */
  accepted?: readonly string[];
  /** Orders that wait for a reason no journal tells: below cost, a closed period, a closed currency. */
  waiting?: readonly string[];
  /** Orders of changes that come to nothing together and are no lines. */
  netted?: readonly string[];
  /** Orders of changes of seats that are one line, each line's orders together. */
  blended?: readonly (readonly string[])[];
  /** The orders that were confirmed or left to automatic; absent is every one. */
  confirmed?: readonly string[];
  /** What the reseller bills beside the marketplace. */
  own?: readonly BookOwnCharge[];
  /** Periods without an order that were billed from their subscriptions. */
  missing?: readonly BookMissing[];
  /** The reseller's own rates: one of `from` is `rate` of `to`, from that day on. */
  rates?: readonly { from: string; to: string; rate: string; since: string }[];
  /** False where the installation hides the orders of a billing run. */
  listsBillingOrders?: boolean;
}

export interface BookSettings {
  priceFrom: 'marketplace' | 'system';
  refunds: 'with' | 'credit-note';
  seatsDown: 'credit' | 'quantity-only';
  zeroLines: 'leave-out' | 'write';
  /** Yearly charges in monthly parts; absent is all at once. */
  yearly?: 'own' | 'join' | 'parts';
  /** What becomes of an order in another currency than the customer's. */
  otherCurrency?: 'separate' | 'system-price' | 'order-rate' | 'my-rate';
  /** What the documents' line amounts are: the organisation's default unless the reseller chose. */
  lineAmounts: 'exclusive' | 'inclusive' | 'none';
  /** Who works out a part of a period, in systems whose lines stay open. */
  proration: 'marketplace' | 'system';
}

export interface BookCustomer {
  contact: string;
  /** The contact's own currency, where it has one. */
  currency?: string;
  billFrom?: string;
  /** False where another connection bills this customer. */
  bills?: boolean;
}

export interface BookProduct {
  /** The product's id, or `part:` and its part number. */
  product: string;
  /** One fee of it; absent is the whole product. */
  fee?: Fee;
  /** The system's id of what it is mapped to, where its lines name it. */
  item?: string;
  /** The system's own sales price, where prices come from there. */
  price?: string;
}

/** Every member that is given must fit. */
export interface Where {
  order?: string;
  customer?: string;
  subscription?: string;
  product?: string;
  /** The marketplace's own word for the kind of line. */
  detail?: string;
}

export interface BookPrice extends Where {
  from?: 'marketplace' | 'system';
  quantity?: string;
  unitPrice?: string;
  discountPercent?: string;
  discountAmount?: string;
}

export type Fee = 'recurring' | 'setup' | 'cancellation' | 'overuse';

export const defaultBookSettings: BookSettings = {
  priceFrom: 'marketplace',
  refunds: 'with',
  seatsDown: 'credit',
  zeroLines: 'leave-out',
  lineAmounts: 'exclusive',
  proration: 'marketplace',
};
