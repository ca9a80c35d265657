import { must } from '../../must.ts';
import { createSeededRandom } from '../../random.ts';
import type { Order, OrderDetail, Product, Subscription } from '../model.ts';
import { ActionRefused, productOf, type Scene } from '../scene.ts';
import { chargeDetail } from './detail.ts';
import { fileBilling } from './file-billing.ts';
import { isUsage, running } from './parts.ts';
import { priced, pricesOf } from './pricing.ts';

/** An order for measured use, rated by the vendor; the quantity is decimal text such as `1234.567`. */
export function orderUsage(
  scene: Scene,
  input: { subscriptionId: string; quantity: string },
): Order {
  const subscription = running(scene, input.subscriptionId);
  const product = productOf(scene.account, must(subscription.items[0], 'an item').productId);
  if (!isUsage(product)) throw new ActionRefused('the subscription is not charged by use');
  const detail = usageDetail({ scene, product, subscription, quantity: input.quantity });
  return fileBilling({ scene, subscription, lineType: 'VENDOR_RATED_DATA', details: [detail] });
}

export function usageDetail({
  scene,
  product,
  subscription,
  quantity,
}: {
  scene: Scene;
  product: Product;
  subscription: Subscription;
  quantity: string;
}): OrderDetail {
  const prices = pricesOf(product, subscription.currency, 'overuse');
  const price = must(priced(prices, quantity), 'a price by use');
  return chargeDetail({
    type: 'overuse',
    product,
    currency: subscription.currency,
    quantity,
    unit: price.unit,
    whole: price.whole,
    share: '1',
    durationType: product.billingPeriod.type,
    description: `${product.name}, measured use`,
    discountPercent: subscription.discountPercent,
    atMs: scene.atMs,
  });
}

/** What a subscription used in the period that ends: the same on every run, different for each period. */
export function rolledUse({ id, period }: Subscription): string {
  const random = createSeededRandom(Number(id) * 31 + Number(period.start.replaceAll('-', '')));
  return `${random.integer(3, 900)}.${String(random.integer(1, 999)).padStart(3, '0')}`;
}
