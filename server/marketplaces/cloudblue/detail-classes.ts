import type { ChargeClass } from '../../domain/charge.ts';

/** Every `type` of schema `OrderDetail` (SimpleAPI 1.15) and the class of money it is. */
const classes = {
  // what runs from period to period
  recurring: 'recurring',
  renew: 'recurring',
  billRecord: 'recurring',
  // once, at the start
  setup: 'setup',
  transfer: 'setup',
  nonProvisioningItem: 'setup',
  // measured
  overuse: 'usage',
  // a change inside a period
  switch: 'proration',
  downgrade: 'proration',
  // given back; the sign of the amount decides
  recurringRefund: 'credit',
  setupRefund: 'credit',
  renewRefund: 'credit',
  transferRefund: 'credit',
  cancellation: 'credit',
  // corrections
  adjustment: 'adjustment',
  refundAdjustment: 'adjustment',
  discount: 'discount',
  // fees
  handlingFee: 'fee',
  billPenalty: 'fee',
  // money that moves, never a line of an invoice
  payment: 'movement',
  refund: 'movement',
  deposit: 'movement',
  resellerPayment: 'movement',
  // held and shown
  unknown: 'unknown',
} as const satisfies Record<string, ChargeClass>;

const known: ReadonlyMap<string, ChargeClass> = new Map(Object.entries(classes));

/** The class of a detail type; a type that the description does not list is `unknown`. */
export const classOf = (detailType: string): ChargeClass => known.get(detailType) ?? 'unknown';

/** An order of these alone, whose own type is unknown, came from a billing run (DESIGN.md 3). */
const billingRunTypes: ReadonlySet<string> = new Set([
  'recurring',
  'renew',
  'overuse',
  'billRecord',
]);
export const isBillingRun = (detailTypes: readonly string[]): boolean =>
  detailTypes.length > 0 && detailTypes.every((type) => billingRunTypes.has(type));
