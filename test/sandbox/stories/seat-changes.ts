import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Order } from '../marketplace/model.ts';
import { changeSeats } from '../marketplace/orders/change.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** Seats that went up and down on one day. */
export interface SeatsInADay {
  subscriptionId: string;
  customerId: string;
  /** The first two come to nothing together; the third one stays. */
  orders: Order[];
}

const wrong = 5;
const right = 2;

/** Somebody orders five seats, takes them off again at once, and orders the two that were meant. */
export function changeInADay(world: World): SeatsInADay {
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
  const orders = [quantity + wrong, quantity, quantity + right].map((seats) =>
    changeSeats(scene, { subscriptionId, quantity: seats }),
  );
  return { subscriptionId, customerId, orders };
}
