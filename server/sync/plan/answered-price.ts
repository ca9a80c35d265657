import type { Charge } from '../../domain/charge.ts';
import { compare, isNegative, multiply, negate, round } from '../../domain/decimal.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import { pricePlacesMax, roundedOnce, shapeOf } from '../../domain/shape.ts';
import { need } from './needs.ts';
import type { Priced } from './price.ts';
import { keeps, type PriceMove, priceAnswerOf, priceMoveOf } from './price-change.ts';
import type { PlanWorld } from './world.ts';

/**
 * The source's price, or where it is not the last billed one: passed on, kept as it was until a day, or
 * asking.
 */
export function answeredPrice(
  world: PlanWorld,
  about: { charge: Charge; order: Order; subscriptionId: string | null; priced: Priced },
): Priced {
  const { charge, order, subscriptionId, priced } = about;
  const productKey = productKeyOf(charge);
  if (productKey === null) return priced;
  const { amount } = priced;
  const move = priceMoveOf(world, { charge, order, subscriptionId, amount });
  if (move === null) return priced;
  const answer = priceAnswerOf(world, productKey, move);
  if (answer !== null && keeps(answer.value, order)) return keptPrice(charge, move);
  const isHeld = answer?.value.answer === 'hold';
  const isPassedOn = answer === null ? world.settings.priceChanges === 'pass-on' : !isHeld;
  if (isPassedOn) return priced;
  const facts = {
    before: move.was,
    after: move.now,
    currency: move.currency,
    document: move.document,
    seen: move.key,
    ...(isHeld && answer !== null
      ? { by: answer.by.kind === 'user' ? answer.by.name : answer.by.kind }
      : {}),
  };
  return { ...priced, asks: { move, need: need('price-changed', productKey, facts, !isHeld) } };
}

/** The line at the old price, with enough beside it for somebody else to compute it again. */
function keptPrice(charge: Charge, { kept, document }: PriceMove): Priced {
  const { amount, unitPrice } = kept;
  const share =
    charge.share !== null && isNegative(charge.share) ? negate(charge.share) : charge.share;
  const isPart = share !== null && compare(share, '1') !== 0;
  const exact = multiply(multiply(unitPrice, charge.quantity.replace(/^-/, '')), share ?? '1');
  const shape = shapeOf({
    amount,
    quantity: charge.quantity,
    unitPrice: isPart ? null : round(unitPrice, pricePlacesMax),
  });
  const steps: ExplanationStep[] = [
    { step: 'price', from: 'billed', unitPrice, source: document },
    ...(isPart ? [{ step: 'share' as const, share, period: charge.period }] : []),
    { step: 'round', ...roundedOnce(exact, amount.currency) },
    { step: 'shape', ...shape },
  ];
  return { amount, shape, discount: null, priceFrom: 'billed', steps };
}
