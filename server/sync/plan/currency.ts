import type { Charge } from '../../domain/charge.ts';
import { type CalendarDate, date } from '../../domain/dates.ts';
import { type Decimal, divide, multiply } from '../../domain/decimal.ts';
import { amountText, money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import { pricePlacesMax, roundedOnce, shapeOf } from '../../domain/shape.ts';
import type { Need } from '../../domain/task.ts';
import { documentCurrency } from './document-currency.ts';
import { need } from './needs.ts';
import type { Priced } from './price.ts';
import type { PlanWorld } from './world.ts';

/** Into which currency a charge goes, and by which rate. */
export interface Conversion {
  from: string;
  to: string;
  /** One of `from` is so many of `to`. */
  rate: Decimal;
  /** The day the rate is of; null where the order does not say. */
  on: CalendarDate | null;
  source: 'order' | 'mine';
}

/**
 * `as-is`: the order's currency is the document's. `system`: the system's price, which is in its base
 * currency. `asks`: a rate is wanted and there is none; nothing else is taken in its place.
 */
export type InCurrency =
  | { kind: 'as-is' }
  | { kind: 'system' }
  | { kind: 'convert'; conversion: Conversion }
  | { kind: 'asks'; need: Need };

const asIs: InCurrency = { kind: 'as-is' };

/** What an order's currency becomes on the customer's documents, by the setting. */
export function inCurrency(world: PlanWorld, order: Order, charge: Charge): InCurrency {
  const from = charge.amount.currency;
  const to = documentCurrency(world, order, from);
  if (from === to) return asIs;
  const { otherCurrency } = world.settings;
  if (otherCurrency === 'system-price') return { kind: 'system' };
  const conversion =
    otherCurrency === 'order-rate'
      ? ordersRate(charge, to)
      : myRate(world, { from, to, on: order.placedOn });
  if (conversion !== null) return { kind: 'convert', conversion };
  const facts = { from, to, date: order.placedOn, seen: `${from} ${to}` };
  return { kind: 'asks', need: need('no-rate', order.id, facts) };
}

const ordersRate = (
  { amount: { currency: from }, exchange }: Charge,
  to: string,
): Conversion | null =>
  exchange?.currency === to
    ? { from, to, rate: exchange.rate, on: exchange.on, source: 'order' }
    : null;

/** The newest rate of this pair on that day; a rate the other way round is another rate. */
function myRate(
  world: PlanWorld,
  { from, to, on }: { from: string; to: string; on: CalendarDate },
): Conversion | null {
  const [found] = world.settings.rates
    .filter((rate) => rate.from === from && rate.to === to && rate.since <= on)
    .toSorted((a, b) => (a.since < b.since ? 1 : -1));
  return found === undefined
    ? null
    : { from, to, rate: found.rate, on: date(found.since), source: 'mine' };
}

/** The line in the other currency: its amount times the rate, rounded once. */
export function convert(priced: Priced, { from, to, rate, on, source }: Conversion): Priced {
  const exact = multiply(amountText(priced.amount), rate);
  const rounded = roundedOnce(exact, to);
  const amount = money(rounded.amount, to);
  const { quantity, unitPrice } = priced.shape;
  const price = multiply(unitPrice, rate);
  const shape = shapeOf({
    amount,
    quantity,
    unitPrice: divide(price, '1', pricePlacesMax),
  });
  const steps: ExplanationStep[] = [
    ...priced.steps.filter(({ step }) => step !== 'shape'),
    { step: 'convert', from, to, rate, on, source, ...rounded },
    { step: 'shape', ...shape },
  ];
  return { ...priced, amount, shape, steps };
}
