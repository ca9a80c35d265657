import type { Charge } from '../charge.ts';
import type { FeeKind } from '../product.ts';
import { feeByClass, rule } from './rule.ts';

/** A subscription ends: refunds go where the recurring fee went, a positive fee has its own place. */
export const cancellation = rule(feeOf);

function feeOf(charge: Charge): FeeKind {
  const isFee =
    charge.class === 'fee' ||
    (charge.detailType === 'cancellation' && charge.amount.amountMinor > 0n);
  return isFee ? 'cancellation' : feeByClass(charge);
}
