import { customerWire } from '../marketplace/api/wire.ts';
import type { Order } from '../marketplace/model.ts';
import { placeOrder } from '../marketplace/orders/place.ts';
import { record, type Scene } from '../marketplace/scene.ts';
import { makeCustomer } from '../marketplace/seed/customers.ts';
import { must } from '../must.ts';
import { createSeededRandom } from '../random.ts';

/** Many new customers with one sales order for each of their new subscriptions, none of them yearly paid: for measuring. */
export function bulk(scene: Scene, input: { customers: number; subscriptions: number }): Order[] {
  const { account } = scene;
  const random = createSeededRandom(account.orders.length + 1);
  const monthly = [...account.products.values()].filter(
    ({ billingPeriod }) => billingPeriod.type === 'month',
  );
  const customers = Array.from({ length: input.customers }, (_, index) => {
    const made = makeCustomer(account, random, index);
    const customer = { ...made, name: `${made.name} ${made.id}` };
    account.customers.set(customer.id, customer);
    record(scene, 'customer.created', { customer: customerWire(customer) });
    return customer;
  });
  return Array.from({ length: input.subscriptions }, (_, index) => {
    const customer = must(customers[index % customers.length], 'a customer');
    const product = must(
      monthly[(index * 7 + Math.floor(index / customers.length)) % monthly.length],
      'a product',
    );
    return placeOrder(scene, {
      customerId: customer.id,
      productId: product.id,
      quantity: Math.min(random.integer(1, 20), Number(product.maximumQuantity)),
    });
  });
}
