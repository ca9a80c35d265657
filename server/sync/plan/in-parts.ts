import { wholeMonths } from '../../domain/billing-grid.ts';
import type { Charge } from '../../domain/charge.ts';
import { compare, divide } from '../../domain/decimal.ts';
import { partAmount, partOrderId, yearMonths } from '../../domain/instalments.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { amountText } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import { pricePlacesMax, shapeOf } from '../../domain/shape.ts';
import type { Priced } from './price.ts';
import type { PlanWorld } from './world.ts';

/**
 * In how many monthly parts a charge is billed; null where it is billed as it stands. What began in
 * parts goes on in parts, whatever the setting says now.
 */
export function monthsInParts(
  world: PlanWorld,
  order: Order,
  charge: Charge,
  subscriptionId: string | null,
): number | null {
  const isWhole =
    charge.class === 'recurring' && charge.share !== null && compare(charge.share, '1') === 0;
  const isSold =
    order.type !== 'own' &&
    order.type !== 'part' &&
    order.type !== 'blend' &&
    world.manifest.kind === 'perOrder';
  if (!isWhole || !isSold || charge.amount.amountMinor <= 0n || subscriptionId === null)
    return null;
  const months = billingMonths(world, charge, subscriptionId);
  if (months === null || months < yearMonths) return null;
  const began = (): boolean => world.linkState(partOrderId(charge.key, 1)).live !== null;
  return world.settings.yearly === 'parts' || began() ? months : null;
}

/** By the subscription, or where it was not read yet, by its product. */
export function billingMonths(
  world: PlanWorld,
  charge: Charge,
  subscriptionId: string | null,
): number | null {
  const held = subscriptionId === null ? null : world.subscription(subscriptionId);
  const productKey = productKeyOf(charge);
  const product = productKey === null ? null : world.product(productKey);
  return wholeMonths(held?.billingPeriod ?? product?.billingPeriod ?? null);
}

/** The charge as a whole, which is priced and compared before its part is taken. */
export const wholeOf = (charge: Charge): Charge =>
  charge.part === undefined
    ? charge
    : {
        ...charge,
        amount: charge.part.whole,
        tax: charge.part.wholeTax,
        unitPrice: charge.part.unitPrice,
        share: '1',
      };

/** The part of a line that was priced as a whole. */
export function takePart(priced: Priced, { part }: Pick<Charge, 'part'>): Priced {
  if (part === undefined) return priced;
  const { first, last, count } = part;
  const amount = partAmount(priced.amount, part);
  const { quantity } = priced.shape;
  const shape = shapeOf({
    amount,
    quantity,
    unitPrice: divide(priced.shape.unitPrice, String(count), pricePlacesMax),
  });
  return {
    ...priced,
    amount,
    shape,
    steps: [
      ...priced.steps.filter(({ step }) => step !== 'shape'),
      {
        step: 'part',
        first,
        last,
        count,
        whole: amountText(priced.amount),
        amount: amountText(amount),
      },
      { step: 'shape', ...shape },
    ],
  };
}
