import * as v from 'valibot';
import type { Charge, Discount } from '../../domain/charge.ts';
import { isZero, multiply } from '../../domain/decimal.ts';
import { chargeKeySchema } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import { money } from '../../domain/money.ts';
import type { OrderType } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import { classOf } from './detail-classes.ts';
import type { Detail, OrderLine, VendorOrder } from './schemas.ts';
import { servicePeriodOf } from './service-period.ts';
import { shareOf } from './share.ts';
import { subscriptionOf } from './subscription-of.ts';

const keyLength = 32;
const revisionLength = 16;

/**
 * An order's details as charges, in their order. Amounts are rounded once, half away from zero, to
 * the currency's minor unit; unit prices keep every decimal. Costs are unknown here: the order does
 * not tell them.
 */
export function chargesOf(order: VendorOrder, type: OrderType, crypto: Crypto): Charge[] {
  const places = placesAmongEquals(order.details);
  return order.details.map((detail, index) => {
    const charged = { productId: detail.productId, partNumber: detail.mpn };
    const { lines, ...subscription } = subscriptionOf(order, charged);
    const chargeClass = classOf(detail.type);
    const { currency } = detail.extendedPrice;
    const tax = detail.exclusiveTaxAmount ?? detail.taxAmount;
    return {
      key: keyOf({ orderId: order.id, detail, place: places[index] ?? 0, crypto }),
      orderId: order.id,
      class: chargeClass,
      detailType: detail.type,
      ...charged,
      ...subscription,
      description: detail.description,
      quantity: detail.quantity,
      unitPrice: detail.unitPrice?.amount ?? null,
      amount: money(detail.extendedPrice.amount, currency),
      tax: tax === null ? null : money(tax.amount, tax.currency),
      discount: discountOf(detail),
      share: shareOf(detail.duration, billingPeriodOf(lines)),
      period: servicePeriodOf({
        orderType: type,
        class: chargeClass,
        duration: detail.duration,
        billingModel: order.billingModel,
        placedOn: order.creationDate.on,
        provisionedOn: order.provisioningDate,
      }),
      exchange: exchangeOf(detail),
      cost: null,
      placedOn: order.creationDate.on,
      revision: crypto.hash(contentOf(detail)).slice(0, revisionLength),
    };
  });
}

/** What names a charge (DESIGN.md 3, Keys). Details have no id of their own. */
function identityOf({ type, productId, mpn, duration, description }: Detail): string {
  return canonical([type, productId ?? mpn, duration, description]);
}
/** What a correction changes. */
function contentOf(detail: Detail): string {
  const { quantity, unitPrice, extendedPrice, discount, taxAmount, exclusiveTaxAmount } = detail;
  return canonical([quantity, unitPrice, extendedPrice, discount, taxAmount, exclusiveTaxAmount]);
}

/** Each detail's place among those of the same identity, sorted by content: 0 where it is alone. */
function placesAmongEquals(details: readonly Detail[]): number[] {
  const places: number[] = [];
  const sorted = details
    .map((detail, index) => ({ index, name: identityOf(detail), content: contentOf(detail) }))
    .sort((a, b) => (a.content < b.content ? -1 : a.content > b.content ? 1 : a.index - b.index));
  const counts = new Map<string, number>();
  for (const { index, name } of sorted) {
    const place = counts.get(name) ?? 0;
    places[index] = place;
    counts.set(name, place + 1);
  }
  return places;
}

function keyOf(options: { orderId: string; detail: Detail; place: number; crypto: Crypto }) {
  const { orderId, detail, place, crypto } = options;
  const name = canonical([orderId, identityOf(detail), place]);
  return v.parse(chargeKeySchema, crypto.hash(name).slice(0, keyLength));
}

function discountOf({ discount }: Detail): Discount | null {
  if (discount?.type === 'percent' && discount.value !== null)
    return { kind: 'percent', value: discount.value };
  const amount = discount?.amount ?? discount?.value ?? null;
  return discount?.type === 'fixed' && amount !== null ? { kind: 'amount', value: amount } : null;
}

/**
 * The order's own rate: one of the customer's currency is so many of the `sales…` one. Null where both are
 * the same, or the twins do not fit the rate, since then nobody knows which way round it is meant.
 */
function exchangeOf(detail: Detail): NonNullable<Charge['exchange']> | null {
  const { exchangeRate: rate, exchangeTime: on, extendedPrice, salesExtendedPrice: sales } = detail;
  if (rate === null || isZero(rate) || sales === null || sales.currency === extendedPrice.currency)
    return null;
  const { currency } = sales;
  const told = money(sales.amount, currency).amountMinor;
  const fits = money(multiply(extendedPrice.amount, rate), currency).amountMinor;
  const apart = told - fits;
  return apart <= 1n && apart >= -1n ? { currency, rate, on } : null;
}

/** The lines' billing period where they agree on one. */
function billingPeriodOf(lines: readonly OrderLine[]): BillingPeriod | null {
  const periods = new Map(lines.map((line) => [canonical(line.billingPeriod), line.billingPeriod]));
  const [only = null] = periods.values();
  return periods.size === 1 ? only : null;
}
