import { feeByClass, rule } from './rule.ts';

/**
 * Seats or plan changed in mid-period. With "change quantity only" the reseller keeps what the
 * marketplace refunds: negative charges become no line.
 */
export const change = rule(feeByClass, (charge, { settings }) =>
  settings.seatsDown === 'quantity-only' && charge.amount.amountMinor < 0n ? 'kept-refund' : null,
);
