import type { Charge } from '../../charge.ts';
import type { FeeKind } from '../../product.ts';
import { feeByClass } from '../rule.ts';
import { standingRule } from './rule.ts';

/** A subscription ends: what is refunded is credited once, and the open line ends after that period. */
export const cancellation = standingRule({ feeOf, onPart: 'ends' });

function feeOf(charge: Charge): FeeKind {
  const isFee =
    charge.class === 'fee' ||
    (charge.detailType === 'cancellation' && charge.amount.amountMinor > 0n);
  return isFee ? 'cancellation' : feeByClass(charge);
}
