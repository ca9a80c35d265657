import type { Charge } from '../../domain/charge.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  negate,
  round,
  subtract,
} from '../../domain/decimal.ts';
import type { PriceAnswer } from '../../domain/decision.ts';
import type { Link } from '../../domain/link.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { amountText, type Money, minorDigitsOf, money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import { pricePlacesMax } from '../../domain/shape.ts';
import { type OfCustomer, wholeCharges } from './customer-charges.ts';
import type { Of } from './decisions.ts';
import { wholeOf } from './in-parts.ts';
import { liveLink } from './live-link.ts';
import type { PlanWorld } from './world.ts';

/** Digits of a unit price that is computed with; more than any quantity can lift to a cent. */
const exactPlaces = 18;

/** The price of one for a whole period, as it was billed last and as it would be billed now. */
export interface PriceMove {
  currency: string;
  was: Decimal;
  now: Decimal;
  /** Names the change, so that an answer holds for every line that changes likewise. */
  key: string;
  /** Where it was billed last. */
  document: string;
  /** What keeping it comes to: the old price for this charge's quantity and share. */
  kept: { amount: Money; unitPrice: Decimal };
  /** What the whole quantity costs more in a whole period. */
  more: Money;
}

interface Priced {
  charge: Charge;
  order: Order;
  subscriptionId: string | null;
  amount: Money;
}

/**
 * Whether one unit costs the customer something else than when they were billed for it last: on the
 * same subscription, else on another one of the same product, unless it is sold anew. A difference that rounding explains is
 * none, nor is one that comes from the tiers of an unchanged price list. Null too where nothing was
 * billed before, or a part of a period is not told.
 */
export function priceMoveOf(world: PlanWorld, priced: Priced): PriceMove | null {
  const { charge, order, amount } = priced;
  const units = unitsOf(charge);
  if (order.type === 'own' || units === null || amount.amountMinor <= 0n) return null;
  const last = lastBilled(world, priced);
  if (last === null) return null;
  const before = unitsOf(last.charge);
  if (before === null) return null;
  const { currency } = amount;
  const was = divide(amountText(last.amount), before, exactPlaces);
  const now = divide(amountText(amount), units, exactPlaces);
  const kept = multiply(was, units);
  const isSame =
    compare(units, before) === 0
      ? last.amount.amountMinor === amount.amountMinor
      : isRounding(subtract(amountText(amount), kept), { units, before, currency });
  if (isSame || isByTier(world, charge, last.charge)) return null;
  const shown = { was: round(was, pricePlacesMax), now: round(now, pricePlacesMax) };
  return {
    currency,
    ...shown,
    key: `${currency} ${shown.was} ${shown.now}`,
    document: last.link.documentNumber ?? last.link.documentId,
    kept: { amount: money(kept, currency), unitPrice: was },
    more: money(multiply(subtract(now, was), unsigned(charge.quantity)), currency),
  };
}

/** What a person said about the change: the newest answer that names it. */
export const priceAnswerOf = (
  world: PlanWorld,
  productKey: string,
  { key }: PriceMove,
): Of<'price-change'> | null =>
  world.decisions
    .ofProduct('price-change', productKey)
    .findLast(({ value }) => value.moves.includes(key)) ?? null;

/** Whether the old price is still to be billed for an order. */
export const keeps = (answer: PriceAnswer, { placedOn }: Order): boolean =>
  answer.answer === 'keep' && placedOn < answer.until;

interface Billed {
  charge: Charge;
  link: Link;
  amount: Money;
}

/**
 * The newest whole charge of the product, before this order, that stands billed to the customer. What is
 * sold anew has the price it was ordered at, whatever the customer's other subscriptions cost.
 */
function lastBilled(world: PlanWorld, priced: Priced): Billed | null {
  const { charge, order, subscriptionId } = priced;
  const productKey = productKeyOf(charge);
  if (productKey === null) return null;
  const { all, bySubscription } = wholeCharges(world, order.customerId, productKey);
  // One whose order tells no subscription may have been given this one by a person.
  const own = newestFirst(
    bySubscription.get(subscriptionId) ?? [],
    subscriptionId === null ? [] : (bySubscription.get(null) ?? []),
  );
  for (const one of own) {
    const billed = billedBefore(world, priced, one);
    if (billed !== null && billed.link.subscriptionId === subscriptionId) return billed;
  }
  if (order.type === 'sales') return null;
  for (const one of all) {
    const billed = billedBefore(world, priced, one);
    if (billed !== null) return billed;
  }
  return null;
}

/** A charge of an earlier order, as it stands billed; null where it does not, or says nothing about the price. */
function billedBefore(
  world: PlanWorld,
  { charge, order, amount }: Priced,
  { order: earlier, charge: one }: OfCustomer,
): Billed | null {
  if (earlier.placedAt > order.placedAt || earlier.id === order.id) return null;
  // The parts of one charge have one price; the last one is no other for its cents.
  if (charge.part !== undefined && charge.part.of === one.part?.of) return null;
  const live = liveLink(world, one.key);
  return live === null || wasTyped(world, one, live) ? null : billedAs(one, live, amount.currency);
}

function newestFirst(
  some: readonly OfCustomer[],
  others: readonly OfCustomer[],
): readonly OfCustomer[] {
  return others.length === 0 ? some : [...some, ...others].sort((a, b) => a.age - b.age);
}

/** As the line says it; of a line in another currency, as the marketplace said it. */
function billedAs(charge: Charge, link: Link, currency: string): Billed | null {
  if (charge.part !== undefined)
    return charge.part.whole.currency === currency
      ? { charge: wholeOf(charge), link, amount: charge.part.whole }
      : null;
  const amount = link.amount.currency === currency ? link.amount : charge.amount;
  return amount.currency === currency && amount.amountMinor > 0n ? { charge, link, amount } : null;
}

/** A figure that was typed for that one line says nothing about the next. */
const wasTyped = (world: PlanWorld, charge: Charge, link: Link): boolean =>
  world.decisions
    .edits({
      charge,
      orderId: link.orderId,
      subscriptionId: link.subscriptionId,
      customerId: link.customerId,
    })
    .some(
      ({ scope, value: { edit } }) =>
        (scope.kind === 'charge' || scope.kind === 'order') &&
        (edit.unitPrice !== undefined ||
          edit.quantity !== undefined ||
          (edit.discount ?? null) !== null),
    );

/** Quantity times share; null where the charge is no known part of a period. */
function unitsOf({ class: kind, quantity, share }: Charge): Decimal | null {
  if (kind !== 'recurring' || share === null) return null;
  const units = multiply(unsigned(quantity), unsigned(share));
  return isZero(units) ? null : units;
}

/**
 * Half a minor unit on either side: of the old amount, times as many units as there are now, and of
 * the new one. A share is told to six places or more.
 */
function isRounding(
  apart: Decimal,
  { units, before, currency }: { units: Decimal; before: Decimal; currency: string },
): boolean {
  const half = divide('0.5', `1${'0'.repeat(minorDigitsOf(currency))}`, exactPlaces);
  const room = add(multiply(half, divide(units, before, exactPlaces)), half);
  return compare(unsigned(apart), room) <= 0;
}

/** Both prices are what one and the same list says for their quantities, without another discount. */
function isByTier(world: PlanWorld, charge: Charge, earlier: Charge): boolean {
  const product = world.product(productKeyOf(charge) ?? '');
  const tiers = (product?.prices ?? [])
    .filter(({ kind, currency }) => kind === 'recurring' && currency === charge.amount.currency)
    .toSorted((a, b) => compare(a.fromQuantity ?? '0', b.fromQuantity ?? '0'));
  if (tiers.length < 2) return false;
  const isListed = ({ quantity, unitPrice }: Charge): boolean => {
    const reached = tiers.findLast(
      ({ fromQuantity }) => compare(fromQuantity ?? '0', unsigned(quantity)) <= 0,
    );
    const price = (reached ?? tiers[0])?.amount;
    return unitPrice !== null && price !== undefined && compare(unsigned(unitPrice), price) === 0;
  };
  const isAlike = JSON.stringify(charge.discount) === JSON.stringify(earlier.discount);
  return isAlike && isListed(charge) && isListed(earlier);
}

const unsigned = (text: Decimal): Decimal => (isNegative(text) ? negate(text) : text);
