import type { Order } from '../model.ts';
import { ActionRefused, customerOf, type Scene } from '../scene.ts';
import { fileOrder } from './finish.ts';
import { newSubscription } from './new-subscription.ts';
import { type Holding, held, orderLine, recurringDetails, setupDetails } from './parts.ts';

/** A sales order: makes the subscription and charges its setup and first period in full. */
export function placeOrder(
  scene: Scene,
  input: {
    customerId: string;
    productId: string;
    quantity: number;
    discountPercent?: number;
  } & Holding,
): Order {
  const customer = customerOf(scene, input.customerId);
  const product = scene.account.products.get(input.productId);
  if (!product) throw new ActionRefused('there is no such product');
  if (
    input.quantity < Number(product.minimumQuantity) ||
    input.quantity > Number(product.maximumQuantity)
  )
    throw new ActionRefused('the quantity is outside what the product allows');
  const { currency } = customer;
  if (!product.prices.some((price) => price.currency === currency))
    throw new ActionRefused('the product has no price in the currency of this customer');
  const subscription = newSubscription(scene, { ...input, product, currency });
  const details = [
    ...setupDetails({ scene, product, subscription, quantity: input.quantity }),
    ...recurringDetails({
      scene,
      product,
      subscription,
      quantity: input.quantity,
      type: 'recurring',
      share: '1',
    }),
  ];
  return fileOrder(scene, {
    ...held(input),
    type: 'sales',
    customerId: customer.id,
    currency,
    details,
    products: [orderLine(product, subscription, input.quantity, 'CREATE')],
    effect: { kind: 'activate', subscriptionId: subscription.id },
    subscriptionId: subscription.id,
    billingModel: product.billingModel,
  });
}

/** A subscription that comes over from another provider: no charge now, and its next period is charged as usual. */
export function migrateSubscription(
  scene: Scene,
  input: { customerId: string; productId: string; quantity: number } & Holding,
): Order {
  const customer = customerOf(scene, input.customerId);
  const product = scene.account.products.get(input.productId);
  if (!product) throw new ActionRefused('there is no such product');
  const { currency } = customer;
  const subscription = newSubscription(scene, { ...input, product, currency });
  return fileOrder(scene, {
    ...held(input),
    type: 'migration',
    customerId: customer.id,
    currency,
    details: recurringDetails({
      scene,
      product,
      subscription,
      quantity: input.quantity,
      type: 'recurring',
      share: '0',
    }),
    products: [orderLine(product, subscription, input.quantity, 'MIGRATION')],
    effect: { kind: 'activate', subscriptionId: subscription.id },
    subscriptionId: subscription.id,
  });
}
