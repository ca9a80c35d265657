import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { changeSeats } from '../marketplace/orders/change.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A bill that says something else from now on. */
export interface MoreSeats {
  customerId: string;
  orderNumber: string;
  seats: number;
}

const more = 3;

/** A customer takes three seats more in the middle of a month: the next letter about their bill says so. */
export function takeMoreSeats(world: World): MoreSeats {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'the customer');
  const { account } = scene;
  const subscription = must(
    [...account.subscriptions.values()].find(({ status, items }) => {
      const [item] = items;
      if (status !== 'active' || item === undefined) return false;
      const product = productOf(account, item.productId);
      const room = Number(product.maximumQuantity) - item.quantity;
      return monthsOf(product.billingPeriod) === 1 && !isUsage(product) && room >= more;
    }),
    'a subscription paid by the month',
  );
  const seats = must(subscription.items[0], 'an item').quantity + more;
  const { orderNumber } = changeSeats(scene, {
    subscriptionId: subscription.id,
    quantity: seats,
  });
  return { customerId: subscription.customerId, orderNumber, seats };
}
