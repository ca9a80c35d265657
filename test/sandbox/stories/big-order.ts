import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { placeOrder } from '../marketplace/orders/place.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** An order far above what the others come to. */
export interface BigOrder {
  customerId: string;
  orderNumber: string;
  seats: number;
}

const seats = 180;

/** A customer opens a branch and orders seats for all of it at once: enough for a second pair of eyes. */
export function orderMuch(world: World): BigOrder {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'the customer');
  const { customers, products } = scene.account;
  const customer = must(
    [...customers.values()].find(
      ({ currency, status }) => currency === 'AUD' && status === 'active',
    ),
    'a customer',
  );
  const product = must(
    [...products.values()].find(
      ({ billingPeriod, maximumQuantity, prices }) =>
        billingPeriod.type === 'month' &&
        Number(maximumQuantity) >= seats &&
        prices.some(({ currency }) => currency === customer.currency),
    ),
    'a product paid monthly',
  );
  const { orderNumber } = placeOrder(scene, {
    customerId: customer.id,
    productId: product.id,
    quantity: seats,
  });
  return { customerId: customer.id, orderNumber, seats };
}
