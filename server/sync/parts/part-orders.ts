import * as v from 'valibot';
import { type Charge, chargeSchema } from '../../domain/charge.ts';
import { addMonths, type CalendarDate, type Instant, instant } from '../../domain/dates.ts';
import { divide } from '../../domain/decimal.ts';
import { chargeKeySchema } from '../../domain/ids.ts';
import {
  duePartsOf,
  partAmount,
  partOrderId,
  partPeriod,
  restOrderId,
} from '../../domain/instalments.ts';
import { canonical } from '../../domain/json.ts';
import type { Order } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import { evaluateSafely } from '../plan/evaluate-safely.ts';
import { monthsInParts } from '../plan/in-parts.ts';
import type { PlanWorld } from '../plan/world.ts';

const revisionLength = 16;
const sharePlaces = 12;

/** A charge that is billed in monthly parts, and for which time. */
export interface InParts {
  order: Order;
  charge: Charge;
  subscriptionId: string;
  start: CalendarDate;
  count: number;
  /** The day its subscription left, within that time. */
  leftOn: CalendarDate | null;
}

/** Every charge of an order that this world bills in parts. */
export function inPartsOf(world: PlanWorld, order: Order): InParts[] {
  return evaluateSafely(world, order).flatMap(({ left, subscriptionId }) =>
    left.flatMap(({ chargeKey, reason }): InParts[] => {
      const charge = order.charges.find(({ key }) => key === chargeKey);
      if (reason !== 'in-parts' || charge === undefined || subscriptionId === null) return [];
      const count = monthsInParts(world, order, charge, subscriptionId);
      if (count === null) return [];
      const start = charge.period?.start ?? order.placedOn;
      const leftOn = leavingDay(world, order, subscriptionId, addMonths(start, count));
      return [{ order, charge, subscriptionId, start, count, leftOn }];
    }),
  );
}

/** Cancelled, or ended by itself, before the time that was charged is over. */
function leavingDay(
  world: PlanWorld,
  { customerId, placedAt }: Order,
  subscriptionId: string,
  end: CalendarDate,
): CalendarDate | null {
  const cancelled = world
    .ordersOf(customerId)
    .findLast(
      ({ type, subscriptionId: own, products, ...one }) =>
        type === 'cancellation' &&
        one.placedAt > placedAt &&
        (own === subscriptionId ||
          products.some((product) => product.subscriptionId === subscriptionId)),
    )?.placedOn;
  if (cancelled !== undefined) return cancelled < end ? cancelled : null;
  const subscription = world.subscription(subscriptionId);
  const ended = subscription?.status === 'ended' ? subscription.expirationDate : null;
  return ended !== null && ended < end ? ended : null;
}

/**
 * The parts that are due as orders, so that everything behind them is the same: tasks, plans, marks,
 * corrections and undo. `has` tells which single parts are there already.
 */
export function partOrders(
  crypto: Pick<Crypto, 'hash'>,
  of: InParts,
  { today, has }: { today: CalendarDate; has(orderId: string): boolean },
): Order[] {
  const { charge, start, count, leftOn } = of;
  const taken = Array.from({ length: count }, (_, index) => index + 1).filter((part) =>
    has(partOrderId(charge.key, part)),
  );
  return duePartsOf({ start, count, today, leftOn, taken }).map(({ first, last, on, isRest }) => {
    const id = isRest ? restOrderId(charge.key) : partOrderId(charge.key, first);
    return orderOf(crypto, of, { id, first, last, on });
  });
}

function orderOf(
  crypto: Pick<Crypto, 'hash'>,
  { order, charge, subscriptionId, start, count }: InParts,
  { id, first, last, on }: { id: string; first: number; last: number; on: CalendarDate },
): Order {
  const span = { first, last, count };
  // A stored charge carries the id of its record, which this one must not take over.
  const part: Charge = {
    ...v.parse(chargeSchema, charge),
    key: v.parse(chargeKeySchema, id),
    orderId: id,
    subscriptionId,
    candidates: [],
    unitPrice: null,
    amount: partAmount(charge.amount, span),
    tax: charge.tax === null ? null : partAmount(charge.tax, span),
    discount: null,
    share: divide(String(last - first + 1), String(count), sharePlaces),
    period: partPeriod(start, span),
    cost: charge.cost === null ? null : partAmount(charge.cost, span),
    placedOn: on,
    part: {
      of: charge.key,
      orderNumber: order.number,
      ...span,
      whole: charge.amount,
      wholeTax: charge.tax,
      unitPrice: charge.unitPrice,
    },
    revision: crypto.hash(`${charge.revision} ${first} ${last}`).slice(0, revisionLength),
  };
  const made = {
    id,
    number: `${order.number}/${first === last ? first : `${first}-${last}`}`,
    type: 'part' as const,
    customerId: order.customerId,
    purchaseOrder: order.purchaseOrder,
    placedAt: startOf(on),
    placedOn: on,
    status: 'completed' as const,
    subscriptionId: null,
    total: part.amount,
    products: [],
    charges: [part],
    detailed: true,
  };
  return { ...made, revision: crypto.hash(canonical(made)).slice(0, revisionLength) };
}

const startOf = (day: CalendarDate): Instant => instant(Date.parse(`${day}T00:00:00Z`));
