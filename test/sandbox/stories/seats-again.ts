import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Order } from '../marketplace/model.ts';
import { changeSeats } from '../marketplace/orders/change.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** Seats that were changed twice in one period, and do not come to nothing. */
export interface SeatsAgain {
  subscriptionId: string;
  customerId: string;
  orders: Order[];
}

const taken = 5;
const givenBack = 2;

/** Somebody takes five more seats and finds on the same day that three would have done. */
export function changeSeatsAgain(world: World): SeatsAgain {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'system');
  const { account } = scene;
  const subscription = must(
    [...account.subscriptions.values()].find(({ status, items, currency }) => {
      const product = productOf(account, must(items[0], 'an item').productId);
      const isMonthly = !isUsage(product) && monthsOf(product.billingPeriod) === 1;
      return status === 'active' && currency === 'AUD' && isMonthly;
    }),
    'a subscription paid by the month',
  );
  const { quantity } = must(subscription.items[0], 'an item');
  const { id: subscriptionId, customerId } = subscription;
  const orders = [quantity + taken, quantity + taken - givenBack].map((seats) =>
    changeSeats(scene, { subscriptionId, quantity: seats }),
  );
  return { subscriptionId, customerId, orders };
}
