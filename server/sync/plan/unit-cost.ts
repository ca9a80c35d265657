import { type Decimal, divide, isNegative, isZero, negate } from '../../domain/decimal.ts';
import { amountText, type Money } from '../../domain/money.ts';
import { pricePlacesMax } from '../../domain/shape.ts';
import { unitCostOf } from './cost.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

/** A line's cost as one of its units costs it, of a credit negative; unknown stays unknown. */
export function unitCostIn(cost: Money | null, amount: Money, quantity: Decimal): Decimal | null {
  if (cost === null || cost.currency !== amount.currency || isZero(quantity)) return null;
  const unit = divide(amountText(cost), quantity, pricePlacesMax);
  return amount.amountMinor < 0n && !isNegative(unit) ? negate(unit) : unit;
}

/** What a unit of the open line costs for a whole period, after a part of one was charged apart. */
export const unitCostAfter = (
  world: PlanWorld,
  { charge, productKey, subscriptionId }: WantedLine,
  count: Decimal,
): Decimal | null =>
  productKey === null
    ? null
    : unitCostOf({
        world,
        productKey,
        fee: 'recurring',
        subscriptionId,
        count,
        currency: charge.amount.currency,
      });
