import { decimal, decimalText, negated, plus, portion, rounded } from '../decimal.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Product, ResellerAccount, Subscription } from '../marketplace/model.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A product that costs more from now on, and whom that concerns. */
export interface PriceRise {
  productId: string;
  name: string;
  /** Active subscriptions of it, each with what its next whole period costs more; decimal text. */
  subscriptions: { id: string; customerId: string; more: string; currency: string }[];
}

const percentUp = 10;

/**
 * The vendor raises the price of the product that most customers pay by the month, by ten percent. What is
 * charged already stays; the next billing run charges the new price. Costs stay as they are.
 */
export function raisePrice(world: World): PriceRise {
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const product = mostSold(account);
  const held = activeOf(account, product);
  const before = held.map((one) => wholeOf(product, one));
  product.prices = product.prices.map((price) =>
    price.type === 'recurring'
      ? {
          ...price,
          amount: decimalText(
            portion(decimal(price.amount), {
              numerator: 100 + percentUp,
              denominator: 100,
              scale: 2,
            }),
          ),
        }
      : price,
  );
  return {
    productId: product.id,
    name: product.name,
    subscriptions: held.map((one, index) => ({
      id: one.id,
      customerId: one.customerId,
      more: decimalText(plus(wholeOf(product, one), negated(must(before[index], 'a price')))),
      currency: one.currency,
    })),
  };
}

/** Sold flat and by the month, to the most subscriptions that live. */
export function mostSold(account: ResellerAccount): Product {
  const [first] = [...account.products.values()]
    .filter(
      (product) =>
        !isUsage(product) &&
        monthsOf(product.billingPeriod) === 1 &&
        product.prices.every(({ model }) => model === 'FLAT'),
    )
    .sort((a, b) => activeOf(account, b).length - activeOf(account, a).length);
  return must(first, 'a product paid by the month');
}

const activeOf = (account: ResellerAccount, { id }: Product): Subscription[] =>
  [...account.subscriptions.values()].filter(
    (one) =>
      one.status === 'active' &&
      productOf(account, must(one.items[0], 'an item').productId).id === id,
  );

/** The list price for its seats, less the discount, which is rounded by itself. */
function wholeOf(product: Product, { items, currency, discountPercent }: Subscription) {
  const price = must(
    product.prices.find((one) => one.type === 'recurring' && one.currency === currency),
    'a price',
  );
  const { quantity } = must(items[0], 'an item');
  const list = rounded(
    portion(decimal(price.amount), { numerator: quantity, denominator: 1, scale: 2 }),
    2,
  );
  const off = portion(list, { numerator: discountPercent, denominator: 100, scale: 2 });
  return plus(list, negated(off));
}
