import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Order } from '../marketplace/model.ts';
import { isUsage } from '../marketplace/orders/parts.ts';
import { orderUsage } from '../marketplace/orders/usage.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A customer whose use ran away, and the order that charges it. */
export interface Runaway {
  customerId: string;
  orders: Order[];
}

const units = '2500000';

/** A machine that nobody switched off: a customer is charged for a thousand times what they use. */
export function runAway(world: World): Runaway {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'system');
  const { account } = scene;
  const subscription = must(
    [...account.subscriptions.values()].find(
      ({ status, items }) =>
        status === 'active' && isUsage(productOf(account, must(items[0], 'an item').productId)),
    ),
    'a subscription charged by use',
  );
  const order = orderUsage(scene, { subscriptionId: subscription.id, quantity: units });
  return { customerId: subscription.customerId, orders: [order] };
}
