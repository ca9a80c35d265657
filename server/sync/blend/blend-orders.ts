import * as v from 'valibot';
import { blendedShape, blendOrderId, seatPeriodsOf } from '../../domain/blend.ts';
import { type BlendedChange, type Charge, chargeSchema } from '../../domain/charge.ts';
import { earlier, later } from '../../domain/dates.ts';
import { add, divide, negate } from '../../domain/decimal.ts';
import { chargeKeySchema } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import { type Money, sum, zero } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { asBlended, type WaitingChange } from '../plan/seat-changes.ts';
import { orderOf } from '../plan/stored-orders.ts';

const revisionLength = 16;
const sharePlaces = 12;

/**
 * Several changes as one order, so that everything behind it is the same: task, plan, mark, correction and
 * undo. Null where they have no one price.
 */
export function blendOrder(
  crypto: Pick<Crypto, 'hash'>,
  changes: readonly WaitingChange[],
): Order | null {
  const blended = changes.map(asBlended);
  const shape = blendedShape(blended);
  return shape === null ? null : made(crypto, changes, blended);
}

/** A blended line that is billed, as its changes are now: an order taken back counts as nothing. */
export function blendedNow(
  crypto: Pick<Crypto, 'hash'>,
  reader: Reader,
  blend: readonly BlendedChange[],
): Order | null {
  const changes = blend.flatMap(({ of }): WaitingChange[] => {
    const charge = reader.get('charge', of);
    const order = charge === null ? null : reader.get('order', charge.orderId);
    if (charge === null || order === null) return [];
    const isThere = order.status === 'completed';
    return [
      { order, charge: isThere ? charge : { ...charge, amount: zero(charge.amount.currency) } },
    ];
  });
  return changes.length < blend.length ? null : made(crypto, changes, changes.map(asBlended));
}

function made(
  crypto: Pick<Crypto, 'hash'>,
  changes: readonly WaitingChange[],
  blend: BlendedChange[],
): Order | null {
  const [first] = changes;
  const last = changes.at(-1);
  if (first === undefined || last === undefined) return null;
  const charges = changes.map(({ charge }) => charge);
  const id = blendOrderId(
    crypto,
    blend.map(({ of }) => of),
  );
  const { currency } = last.charge.amount;
  const seats = blend.reduce((total, one) => add(total, one.seats), '0');
  const amount = sum(
    currency,
    blend.map((one) => one.amount),
  );
  const seatPeriods = seatPeriodsOf(blend);
  const charge: Charge = {
    // A stored charge carries the id of its record, which this one must not take over.
    ...v.parse(chargeSchema, last.charge),
    key: v.parse(chargeKeySchema, id),
    orderId: id,
    class: 'proration',
    detailType: 'blend',
    candidates: [],
    quantity: seats.startsWith('-') ? negate(seats) : seats,
    unitPrice: null,
    amount,
    tax: allOf(charges, ({ tax }) => tax),
    discount: null,
    share:
      seatPeriods === null || isNothing(seats) ? null : divide(seatPeriods, seats, sharePlaces),
    period: charges
      .flatMap(({ period }) => period ?? [])
      .reduce((all, one) => ({
        start: earlier(all.start, one.start),
        end: later(all.end, one.end),
      })),
    cost: allOf(charges, ({ cost }) => cost),
    blend,
    revision: crypto
      .hash(canonical(charges.map(({ revision }, at) => [revision, blend[at]?.amount ?? null])))
      .slice(0, revisionLength),
  };
  const { order } = last;
  const whole = {
    id,
    number: [...new Set(blend.map(({ orderNumber }) => orderNumber))].join('+'),
    type: 'blend' as const,
    customerId: order.customerId,
    purchaseOrder: order.purchaseOrder,
    placedAt: order.placedAt,
    placedOn: order.placedOn,
    status: 'completed' as const,
    subscriptionId: null,
    total: amount,
    products: [],
    charges: [charge],
    detailed: true,
  };
  return { ...whole, revision: crypto.hash(canonical(whole)).slice(0, revisionLength) };
}

const isNothing = (seats: string): boolean => /^-?0(\.0*)?$/.test(seats);

/** Known only where each of them is; all in the currency of the first. */
function allOf(charges: readonly Charge[], read: (charge: Charge) => Money | null): Money | null {
  const told = charges.flatMap((charge) => read(charge) ?? []);
  const [first] = told;
  const isWhole =
    first !== undefined &&
    told.length === charges.length &&
    told.every(({ currency }) => currency === first.currency);
  return isWhole ? sum(first.currency, told) : null;
}

/** What a blended line that nobody needs any more becomes. */
export const goneRevision = 'gone';
export function gone(reader: Reader, id: string): Order | null {
  const whole = orderOf(reader, id);
  return whole === null ? null : { ...whole, status: 'cancelled', revision: goneRevision };
}
