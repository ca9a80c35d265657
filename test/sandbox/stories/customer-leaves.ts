import { customerWire } from '../marketplace/api/wire.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { ResellerAccount, Subscription } from '../marketplace/model.ts';
import { cancelSubscription } from '../marketplace/orders/cancel.ts';
import { isUsage } from '../marketplace/orders/parts.ts';
import { placeOrder } from '../marketplace/orders/place.ts';
import { orderUsage } from '../marketplace/orders/usage.ts';
import { ActionRefused, productOf, record } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A customer who left, and what was rated of their use afterwards. */
export interface CustomerLeaves {
  customerId: string;
  name: string;
  subscriptionIds: string[];
  orderNumbers: string[];
}

const actor = 'the customer';
const lastUse = '17.5';
const seats = 4;

/**
 * A customer with use that is rated afterwards orders some more seats, thinks better of it, and cancels
 * everything in one day: unused days come back, and what they used until then has not been rated yet.
 */
export function leaveAll(world: World): CustomerLeaves {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, actor);
  const { account } = scene;
  const customerId = withUse(account);
  placeOrder(scene, { customerId, productId: seatsFor(account, customerId), quantity: seats });
  const own = [...account.subscriptions.values()].filter(
    (one) => one.customerId === customerId && isActive(one),
  );
  const orders = own.map(({ id }) => cancelSubscription(scene, { subscriptionId: id }));
  const customer = must(account.customers.get(customerId), 'the customer');
  return {
    customerId: customer.id,
    name: customer.name,
    subscriptionIds: own.map(({ id }) => id),
    orderNumbers: orders.map(({ orderNumber }) => orderNumber),
  };
}

/**
 * The vendor rates the last use of whoever left, long after; the marketplace has closed the customer
 * meanwhile where told so. Time is left to the caller.
 */
export function rateLate(world: World, { closes }: { closes: boolean }): CustomerLeaves {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'the vendor');
  const { account } = scene;
  const left = [...account.subscriptions.values()].find(
    (one) => one.status === 'terminated' && isByUse(account, one) && hasLeft(account, one),
  );
  if (left === undefined)
    throw new ActionRefused('nobody with use has left: tell that story first');
  // Its use is of the days on which it still ran.
  left.status = 'active';
  const order = orderUsage(scene, { subscriptionId: left.id, quantity: lastUse });
  left.status = 'terminated';
  const customer = must(account.customers.get(left.customerId), 'the customer');
  if (closes) {
    customer.status = 'cancelled';
    record(scene, 'customer.changed', { customer: customerWire(customer) });
  }
  return {
    customerId: customer.id,
    name: customer.name,
    subscriptionIds: [left.id],
    orderNumbers: [order.orderNumber],
  };
}

const withUse = (account: ResellerAccount): string =>
  must(
    [...account.subscriptions.values()].find((one) => isActive(one) && isByUse(account, one)),
    'a subscription that is charged by use',
  ).customerId;

function seatsFor({ customers, products }: ResellerAccount, customerId: string): string {
  const currency = customers.get(customerId)?.currency;
  const fits = [...products.values()].find(
    (product) =>
      product.billingPeriod.type === 'month' &&
      !isUsage(product) &&
      Number(product.minimumQuantity) <= seats &&
      Number(product.maximumQuantity) >= seats &&
      product.prices.some((price) => price.currency === currency),
  );
  return must(fits, 'a product paid monthly').id;
}

const isActive = ({ status }: Subscription): boolean => status === 'active';
const isByUse = (account: ResellerAccount, { items }: Subscription): boolean =>
  isUsage(productOf(account, must(items[0], 'an item').productId));
const hasLeft = ({ subscriptions }: ResellerAccount, { customerId }: Subscription): boolean =>
  ![...subscriptions.values()].some((one) => one.customerId === customerId && isActive(one));
