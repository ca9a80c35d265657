import type { Charge } from '../../domain/charge.ts';
import { compare, type Decimal, isNegative, multiply, negate } from '../../domain/decimal.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { type Money, money } from '../../domain/money.ts';
import type { FeeKind, Product } from '../../domain/product.ts';
import type { PlanWorld } from './world.ts';

/**
 * What the reseller pays for a charge: told with it, else the subscription's unit cost, else the
 * catalogue's, times quantity and share. Null is unknown: nothing is guessed from another currency.
 */
export function costOf(
  world: PlanWorld,
  charge: Charge,
  fee: FeeKind,
  subscriptionId: string | null,
): Money | null {
  if (charge.cost !== null) return charge.cost;
  const productKey = productKeyOf(charge);
  if (productKey === null) return null;
  const count = isNegative(charge.quantity) ? negate(charge.quantity) : charge.quantity;
  const { currency } = charge.amount;
  const unit = unitCostOf({ world, productKey, fee, subscriptionId, count, currency });
  if (unit === null) return null;
  const periodic = fee === 'recurring';
  if (periodic && charge.share === null) return null;
  const share = periodic && charge.share !== null ? charge.share : '1';
  return money(
    multiply(multiply(unit, count), isNegative(share) ? negate(share) : share),
    currency,
  );
}

/** The cost of one unit for a whole period, or of the fee. Null is unknown. */
export function unitCostOf({
  world,
  productKey,
  fee,
  subscriptionId,
  count,
  currency,
}: {
  world: Pick<PlanWorld, 'subscription' | 'product'>;
  productKey: string;
  fee: FeeKind;
  subscriptionId: string | null;
  count: Decimal;
  currency: string;
}): Decimal | null {
  const held =
    subscriptionId === null || fee !== 'recurring'
      ? undefined
      : world
          .subscription(subscriptionId)
          ?.products.find(
            (product) => productKeyOf(product) === productKey && product.currency === currency,
          );
  if (held?.unitCost != null) return held.unitCost;
  const product = world.product(productKey);
  return product === null ? null : catalogueCost(product, kindOf(fee), count, currency);
}

const kindOf = (fee: FeeKind): Product['costs'][number]['kind'] | null =>
  fee === 'cancellation' ? null : fee;

/** The cost of the highest tier that the quantity reaches. */
function catalogueCost(
  { costs }: Product,
  kind: Product['costs'][number]['kind'] | null,
  count: Decimal,
  currency: string,
): Decimal | null {
  const own = costs.filter(
    (cost) =>
      cost.kind === kind &&
      cost.currency === currency &&
      (cost.fromQuantity === null || compare(cost.fromQuantity, count) <= 0),
  );
  return (
    own.toSorted((a, b) => compare(b.fromQuantity ?? '0', a.fromQuantity ?? '0'))[0]?.amount ?? null
  );
}
