import * as v from 'valibot';
import type { Charge } from '../../domain/charge.ts';
import { type CalendarDate, type Instant, instant } from '../../domain/dates.ts';
import { multiply } from '../../domain/decimal.ts';
import { chargeKeySchema } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import { money } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import {
  type OwnCharge,
  type OwnPeriod,
  ownPeriods,
  ownProductKey,
} from '../../domain/own-charge.ts';
import type { Crypto } from '../../domain/ports/machine.ts';

const revisionLength = 16;

/**
 * The periods of an own charge as orders, so that everything behind them is the same: tasks, plans,
 * marks, corrections and undo. One that is not, or no longer, charged is a cancelled order.
 */
export const ownOrders = (
  crypto: Pick<Crypto, 'hash'>,
  own: OwnCharge,
  today: CalendarDate,
): Order[] => ownPeriods(own, today).map((period) => orderOf(crypto, own, period));

function orderOf(crypto: Pick<Crypto, 'hash'>, own: OwnCharge, period: OwnPeriod): Order {
  const { start, charged } = period;
  const id = `${ownProductKey(own.id)}:${start}`;
  const charge = chargeOf(crypto, own, period, id);
  const order = {
    id,
    number: own.everyMonths === null ? own.number : `${own.number}/${start}`,
    type: 'own' as const,
    customerId: own.customerId,
    purchaseOrder: null,
    placedAt: startOf(start),
    placedOn: start,
    status: charged ? ('completed' as const) : ('cancelled' as const),
    subscriptionId: null,
    total: charge.amount,
    products: [],
    charges: [charge],
    detailed: true,
  };
  return { ...order, revision: crypto.hash(canonical(order)).slice(0, revisionLength) };
}

function chargeOf(
  crypto: Pick<Crypto, 'hash'>,
  own: OwnCharge,
  { start, end, terms }: OwnPeriod,
  orderId: string,
): Charge {
  const amount = money(multiply(terms.quantity, terms.unitPrice), own.currency);
  const figures = canonical([terms.quantity, terms.unitPrice, amount]);
  return {
    key: v.parse(chargeKeySchema, orderId),
    orderId,
    class: end === null ? 'fee' : 'recurring',
    detailType: 'own',
    productId: ownProductKey(own.id),
    partNumber: null,
    subscriptionId: null,
    candidates: [],
    description: terms.description,
    quantity: terms.quantity,
    unitPrice: terms.unitPrice,
    amount,
    tax: null,
    discount: null,
    share: '1',
    period: end === null ? null : { start, end },
    cost: null,
    placedOn: start,
    revision: crypto.hash(figures).slice(0, revisionLength),
  };
}

const startOf = (day: CalendarDate): Instant => instant(Date.parse(`${day}T00:00:00Z`));
