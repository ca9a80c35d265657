import type { Charge } from '../../domain/charge.ts';
import { type CalendarDate, earlier } from '../../domain/dates.ts';
import { compare, divide, isZero, multiply, subtract } from '../../domain/decimal.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { isMissingOrder } from '../../domain/missing.ts';
import { amountText } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { periodStartOf } from '../check/periods.ts';
import { unitCostOf } from '../plan/cost.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { HeldProduct } from './looked.ts';

/** Places of a unit price that gives the amount back when it is multiplied. */
const placesKept = 12;

/** Subscriptions that are compared, and how many are not, by why. */
export interface Held {
  products: HeldProduct[];
  notCompared: Record<NotCompared, number>;
}
/**
 * `unmatched`: the customer has no company yet. `elsewhere`: another connection bills them. `ours`:
 * billed by this app already. `unread`: no products known yet. `usage`: billed by what is used.
 */
export type NotCompared = 'unmatched' | 'elsewhere' | 'ours' | 'unread' | 'usage';

type Product = Subscription['products'][number];

/** What every customer holds, as it is compared: mapped, priced as it would be billed, with its cost. */
export function heldProducts(reader: Reader, world: PlanWorld): Held {
  const notCompared = { unmatched: 0, elsewhere: 0, ours: 0, unread: 0, usage: 0 };
  const charged = newestWhole(reader);
  const ours = new Set(
    reader
      .list('link')
      .filter(({ connectionId, state }) => connectionId === world.connection.id && state === 'live')
      .map(({ subscriptionId }) => subscriptionId),
  );
  const products = reader.list('subscription').flatMap((subscription): HeldProduct[] => {
    const mapping = world.customerMapping(subscription.customerId);
    const isLive = subscription.status === 'active' || subscription.status === 'unknown';
    const skip = (why: NotCompared): HeldProduct[] => {
      if (isLive) notCompared[why] += 1;
      return [];
    };
    if (!(mapping?.bills ?? world.connection.billsNewCustomers)) return skip('elsewhere');
    const companyId = mapping?.targetId ?? null;
    if (companyId === null) return skip('unmatched');
    if (ours.has(subscription.id)) return skip('ours');
    const own = productsOf(subscription, charged.get(subscription.id));
    if (own.length === 0) return skip('unread');
    const periodic = own.filter((product) => !isByUse(world, product));
    if (periodic.length === 0) return skip('usage');
    const shared = { world, subscription, companyId, charged: charged.get(subscription.id) };
    return periodic.map((product) => heldProduct({ ...shared, product }));
  });
  return { products, notCompared };
}

type Charged = ReadonlyMap<string, Charge>;

/** As its detail says, else as it was charged last; of an ended one its name is enough to be known by. */
export function productsOf(subscription: Subscription, charged: Charged = new Map()): Product[] {
  if (subscription.products.length > 0) return subscription.products;
  const last = [...charged.values()].map(
    ({ productId, partNumber, description, quantity, unitPrice, amount }) => ({
      productId,
      partNumber,
      name: description,
      quantity,
      unitPrice,
      unitCost: null,
      currency: amount.currency,
    }),
  );
  if (last.length > 0 || subscription.status !== 'ended') return last;
  const unknown = { productId: null, partNumber: null, unitPrice: null, unitCost: null };
  return [{ ...unknown, name: subscription.name, quantity: '0', currency: null }];
}

export function isByUse(world: Pick<PlanWorld, 'product'>, product: Product): boolean {
  const key = productKeyOf(product);
  const prices = key === null ? [] : (world.product(key)?.prices ?? []);
  return prices.length > 0 && !prices.some(({ kind }) => kind === 'recurring');
}

function heldProduct(options: {
  world: PlanWorld;
  subscription: Subscription;
  companyId: string;
  product: Product;
  charged: Charged | undefined;
}): HeldProduct {
  const { world, subscription, companyId, product, charged } = options;
  const productKey = productKeyOf(product);
  const targetId =
    productKey === null ? null : (world.productMapping(productKey, 'recurring')?.targetId ?? null);
  const item = targetId === null ? null : world.item(targetId);
  const currency = product.currency ?? world.connection.account.baseCurrency;
  const { id: subscriptionId, customerId, billingPeriod, startDate, status } = subscription;
  const byItem = world.settings.priceFrom === 'system';
  const { quantity } = product;
  return {
    subscriptionId,
    customerId,
    companyId,
    productKey,
    name: (productKey === null ? null : world.product(productKey)?.name) ?? product.name,
    itemCode: item?.code ?? null,
    currency,
    quantity,
    unitPrice: byItem
      ? currency === world.connection.account.baseCurrency
        ? (item?.price ?? null)
        : null
      : priceOf(product, productKey === null ? undefined : charged?.get(productKey)),
    unitCost:
      productKey === null
        ? product.unitCost
        : unitCostOf({
            world,
            productKey,
            fee: 'recurring',
            subscriptionId,
            count: quantity,
            currency,
          }),
    period: billingPeriod,
    startDate,
    lastDue: periodStartOf(subscription, world.today),
    state:
      status === 'ended'
        ? { is: 'ended', on: endOf(subscription) }
        : { is: status === 'active' || status === 'unknown' ? 'live' : 'idle' },
  };
}

/** The price of one, less what the last whole charge took off: an amount wins over quantity times price. */
export function priceOf(
  { unitPrice, quantity, amount }: Product,
  charge: Charge | undefined,
): string | null {
  const isNone = isZero(quantity);
  const list = amount != null && !isNone ? divide(amount, quantity, placesKept) : unitPrice;
  if (charge === undefined || unitPrice === null || list === null || isNone) return list;
  const isAsCharged =
    compare(charge.quantity, quantity) === 0 &&
    charge.unitPrice !== null &&
    compare(charge.unitPrice, unitPrice) === 0;
  if (isAsCharged) return divide(amountText(charge.amount), quantity, placesKept);
  return charge.discount?.kind === 'percent'
    ? multiply(list, divide(subtract('100', charge.discount.value), '100', placesKept))
    : list;
}

/** A subscription that was ended is not changed after it, but its term may have had longer to go. */
const endOf = ({ modifiedDate, expirationDate }: Subscription): CalendarDate | null =>
  modifiedDate !== null && expirationDate !== null
    ? earlier(modifiedDate, expirationDate)
    : (modifiedDate ?? expirationDate);

/** The newest charge of a whole period, by subscription and product. */
export function newestWhole(reader: Reader): Map<string, Map<string, Charge>> {
  const newest = new Map<string, Map<string, Charge>>();
  for (const charge of reader.list('charge')) {
    const key = productKeyOf(charge);
    // What was billed from a subscription says nothing that it does not say itself.
    if (isMissingOrder(charge.orderId)) continue;
    if (charge.class !== 'recurring' || charge.subscriptionId === null || key === null) continue;
    const isWhole = charge.share === null || compare(charge.share, '1') === 0;
    // A period that was paid for elsewhere, as after a move, is charged with nothing.
    const isPaid = charge.amount.amountMinor > 0n && compare(charge.quantity, '0') > 0;
    if (!isWhole || !isPaid) continue;
    const own = newest.get(charge.subscriptionId) ?? new Map<string, Charge>();
    if ((own.get(key)?.placedOn ?? '') <= charge.placedOn) own.set(key, charge);
    newest.set(charge.subscriptionId, own);
  }
  return newest;
}
