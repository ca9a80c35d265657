import { FIRST_TENANT_ID } from '../sandbox/marketplace/config.ts';
import type { Product } from '../sandbox/marketplace/model.ts';
import { placeOrder } from '../sandbox/marketplace/orders/place.ts';
import { makeCustomer } from '../sandbox/marketplace/seed/customers.ts';
import { createSeededRandom } from '../sandbox/random.ts';
import type { World } from '../sandbox/world.ts';

export interface Volume {
  customers: number;
  subscriptions: number;
  products: number;
}
/** What `npm run bench` is about: 1,000 new subscriptions of 400 new customers with 60 new products. */
export const fullVolume: Volume = { customers: 400, subscriptions: 1_000, products: 60 };
const firstProductId = 9_000;

/** New customers with new products, each paid monthly in the customer's one currency; who they are. */
export function newBusiness(
  world: World,
  volume: Volume,
): { customerIds: string[]; mpns: string[] } {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'control');
  const { account } = scene;
  const random = createSeededRandom(1);
  const pattern = [...account.products.values()].find(
    ({ prices, billingPeriod }) =>
      billingPeriod.type === 'month' && prices.every(({ type }) => type === 'recurring'),
  );
  if (pattern === undefined) throw new RangeError('no product that is paid monthly');
  const products = Array.from({ length: volume.products }, (_, index) => copyOf(pattern, index));
  for (const product of products) account.products.set(product.id, product);
  const customers = Array.from({ length: volume.customers }, (_, index) => {
    const made = makeCustomer(account, random, index);
    return { ...made, name: `${made.name} ${made.id}` };
  });
  for (const customer of customers) account.customers.set(customer.id, customer);
  for (let index = 0; index < volume.subscriptions; index += 1)
    placeOrder(scene, {
      customerId: customers[index % customers.length]?.id ?? '',
      productId: products[index % products.length]?.id ?? '',
      quantity: random.integer(1, 20),
    });
  return { customerIds: customers.map(({ id }) => id), mpns: products.map(({ mpn }) => mpn) };
}

const copyOf = (pattern: Product, index: number): Product => ({
  ...pattern,
  id: String(firstProductId + index),
  mpn: `BENCH-${index}`,
  name: `Bench product ${index}`,
  serviceName: `Bench service ${index}`,
});
