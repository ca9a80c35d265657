import * as v from 'valibot';
import type { Charge } from '../../domain/charge.ts';
import {
  addDays,
  type CalendarDate,
  dateAt,
  earlier,
  type Instant,
  instant,
  later,
  millisecondsOf,
  type ServicePeriod,
} from '../../domain/dates.ts';
import { isZero, multiply } from '../../domain/decimal.ts';
import { chargeKeySchema } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import { customerMappingId, productKeyOf } from '../../domain/mapping.ts';
import { duePeriods, isArrears, missingKey, missingOrderId } from '../../domain/missing.ts';
import { money, sum } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { cursorId, ordersStartId } from '../check/names.ts';
import { billingConnection } from '../check/who-bills.ts';
import { isByUse, newestWhole, priceOf, productsOf } from '../look/held-products.ts';
import { chargesBySubscription, paidBy } from '../plan/paid-periods.ts';
import { productFinder } from '../plan/products.ts';

const revisionLength = 16;
/** Orders that pay for a period may be placed before it; before these nothing was read. */
const readAheadDays = 7;

export interface Expected {
  /** A period of a subscription that no order pays for, as an order. */
  orders: Order[];
  /** Subscriptions with such a period whose products nobody knows yet. */
  unread: string[];
}

/**
 * Every period that should have been charged by now and was not: of customers who are billed, since
 * their "bill from", as far as orders were read. The same records give the same orders.
 */
export function expectedOrders(
  reader: Reader,
  { crypto, at }: { crypto: Pick<Crypto, 'hash'>; at: Instant },
): Expected {
  const expected: Expected = { orders: [], unread: [] };
  const readFrom = reader.get('cursor', ordersStartId)?.position ?? null;
  const readTo = reader.get('cursor', cursorId('marketplace', 'orders'))?.position ?? '';
  if (readFrom === null || readTo === '') return expected;
  const charges = chargesBySubscription(reader);
  const newest = newestWhole(reader);
  const product = productFinder(reader);
  for (const subscription of reader.list('subscription')) {
    const span = spanOf(reader, subscription, { readFrom, readTo, at });
    if (span === null) continue;
    const own = charges.get(subscription.id) ?? [];
    const periods = duePeriods(subscription, { ...span, arrears: isArrears(own) });
    if (periods.length === 0) continue;
    const held = productsOf(subscription, newest.get(subscription.id));
    if (held.length === 0) expected.unread.push(subscription.id);
    const known = newest.get(subscription.id) ?? new Map<string, Charge>();
    const products = held.filter((one) => {
      const key = productKeyOf(one);
      return key !== null && !isByUse({ product }, one) && !isFree(one, known.get(key));
    });
    const paid = paidBy(subscription, own);
    const unpaid = (one: Held, { start }: ServicePeriod): boolean =>
      !own.some(
        (charge) =>
          productKeyOf(charge) === productKeyOf(one) &&
          (paid.get(charge.key) ?? []).includes(start),
      );
    for (const period of periods) {
      const lines = products.filter((one) => unpaid(one, period));
      if (lines.length === 0) continue;
      const { baseCurrency } = span;
      expected.orders.push(
        orderOf({ crypto, subscription, period, lines, last: known, baseCurrency, product }),
      );
    }
  }
  return expected;
}

/** Free of charge or without seats: no order comes for it. An unknown price is not free. */
function isFree(held: Held, charged: Charge | undefined): boolean {
  const price = priceOf(held, charged);
  return price !== null && isZero(multiply(held.quantity, price));
}

type Held = Subscription['products'][number];

/** The days that are asked for; null where nobody bills the customer, or nothing is known yet. */
function spanOf(
  reader: Reader,
  { customerId }: Subscription,
  { readFrom, readTo, at }: { readFrom: string; readTo: string; at: Instant },
) {
  const connection = billingConnection(reader, customerId);
  if (connection === null) return null;
  const mapping = reader.get('customerMapping', customerMappingId(connection.id, customerId));
  const billFrom = mapping?.billFrom ?? connection.billFrom;
  if (billFrom === null) return null;
  const { timeZone, baseCurrency } = connection.account;
  const day = (position: string): CalendarDate => dateAt(Date.parse(position), timeZone);
  return {
    from: later(billFrom, addDays(day(readFrom), readAheadDays)),
    today: earlier(dateAt(millisecondsOf(at), timeZone), day(readTo)),
    afterDays: connection.settings.missingAfterDays,
    baseCurrency,
  };
}

function orderOf(options: {
  crypto: Pick<Crypto, 'hash'>;
  subscription: Subscription;
  period: ServicePeriod;
  lines: readonly Held[];
  last: ReadonlyMap<string, Charge>;
  baseCurrency: string;
  product: ReturnType<typeof productFinder>;
}): Order {
  const { crypto, subscription, period, lines } = options;
  const charges = lines.map((line) => chargeOf(options, line));
  const currency = charges[0]?.amount.currency ?? options.baseCurrency;
  const same = charges.filter(({ amount }) => amount.currency === currency);
  const order = {
    id: missingOrderId(subscription.id, period.start),
    number: `${subscription.id}/${period.start}`,
    type: 'missing' as const,
    customerId: subscription.customerId,
    purchaseOrder: null,
    placedAt: instant(Date.parse(`${period.start}T00:00:00Z`)),
    placedOn: period.start,
    status: 'completed' as const,
    subscriptionId: subscription.id,
    total: sum(
      currency,
      same.map(({ amount }) => amount),
    ),
    products: [],
    charges,
    detailed: true,
  };
  return { ...order, revision: crypto.hash(canonical(order)).slice(0, revisionLength) };
}

function chargeOf(
  { crypto, subscription, period, last, baseCurrency, product }: Parameters<typeof orderOf>[0],
  held: Held,
): Charge {
  const productKey = productKeyOf(held) ?? '';
  const charged = last.get(productKey);
  const currency = held.currency ?? charged?.amount.currency ?? baseCurrency;
  const unitPrice = priceOf(held, charged);
  const amount = money(multiply(held.quantity, unitPrice ?? '0'), currency);
  const figures = canonical([held.quantity, unitPrice, amount]);
  const key = missingKey(subscription.id, productKey, period.start);
  return {
    key: v.parse(chargeKeySchema, key),
    orderId: missingOrderId(subscription.id, period.start),
    class: 'recurring',
    detailType: 'missing',
    productId: held.productId,
    partNumber: held.partNumber,
    subscriptionId: subscription.id,
    candidates: [],
    description: product(productKey)?.name ?? held.name,
    quantity: held.quantity,
    unitPrice,
    amount,
    tax: null,
    discount: null,
    share: '1',
    period,
    cost: null,
    placedOn: period.start,
    revision: crypto.hash(figures).slice(0, revisionLength),
  };
}
