import { expect, test } from 'vitest';
import type { Books } from '../bookkeeper/books.ts';
import { auditOf } from '../kit/books.ts';
import { openReadyRoad, type ReadyRoad } from '../kit/ready-road.ts';
import { FIRST_TENANT_ID } from '../sandbox/marketplace/config.ts';
import type { Subscription } from '../sandbox/marketplace/model.ts';
import { must } from '../sandbox/must.ts';

/** One test that begins ready to bill and ends with everything closed. */
export function journey(
  name: string,
  options: Parameters<typeof openReadyRoad>[0],
  walk: (ready: ReadyRoad) => Promise<void>,
): void {
  test(name, async () => {
    const ready = await openReadyRoad(options);
    try {
      await walk(ready);
    } finally {
      await ready.close();
    }
  });
}

/** The bookkeeper finds nothing wrong. */
export async function expectToTheCent(ready: ReadyRoad, more: Partial<Books> = {}): Promise<void> {
  const { differences, ok } = await auditOf(ready, more);
  expect(differences).toEqual([]);
  expect(ok).toBe(true);
}

/** What the reseller sells, as the marketplace itself knows it. */
export const marketOf = ({ road }: ReadyRoad) =>
  road.world.marketplace.market.account(FIRST_TENANT_ID);

export const activeSubscription = (
  ready: ReadyRoad,
  isWanted: (subscription: Subscription) => boolean = () => true,
): Subscription =>
  must(
    [...marketOf(ready).subscriptions.values()].find(
      (each) => each.status === 'active' && isWanted(each),
    ),
    'an active subscription',
  );

/** The seats of a subscription's first product. */
export const seatsOf = ({ items }: Subscription): number => items[0]?.quantity ?? 0;

/** A subscription paid by the month, with its first order placed now. */
export async function newOrder(
  ready: ReadyRoad,
  more: { customerId?: string; quantity?: number; discountPercent?: number } = {},
): Promise<{ orderNumber: string; customerId: string; subscriptionId: string }> {
  const { customers, products } = marketOf(ready);
  const customer = must(
    [...customers.values()].find(({ id, currency }) =>
      more.customerId === undefined ? currency === 'AUD' : id === more.customerId,
    ),
    'a customer',
  );
  const product = must(
    [...products.values()].find(({ billingPeriod }) => billingPeriod.type === 'month'),
    'a product paid monthly',
  );
  const [order] = await ready.order({
    action: 'place',
    customerId: customer.id,
    productId: product.id,
    quantity: more.quantity ?? 3,
    ...(more.discountPercent === undefined ? {} : { discountPercent: more.discountPercent }),
  });
  const { orderNumber, subscriptionId } = must(order, 'an order');
  return { orderNumber, customerId: customer.id, subscriptionId: subscriptionId ?? '' };
}
