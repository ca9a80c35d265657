import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Order } from '../marketplace/model.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { placeOrder } from '../marketplace/orders/place.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A subscription that was sold for a year, paid at once by the reseller. */
export interface YearSold {
  subscriptionId: string;
  customerId: string;
  orders: Order[];
}

const seats = 7;

/** A customer buys seven seats for a whole year, whose price no twelve equal parts give. */
export function sellYearly(world: World): YearSold {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'system');
  const { products, customers } = scene.account;
  const product = must(
    [...products.values()].find((one) => !isUsage(one) && monthsOf(one.billingPeriod) === 12),
    'a product paid by the year',
  );
  const customer = must(
    [...customers.values()].find(
      ({ currency, status }) => currency === 'AUD' && status === 'active',
    ),
    'a customer',
  );
  const order = placeOrder(scene, {
    customerId: customer.id,
    productId: product.id,
    quantity: seats,
  });
  return {
    subscriptionId: must(order.subscriptionId, 'its subscription'),
    customerId: customer.id,
    orders: [order],
  };
}
