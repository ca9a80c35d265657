import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Order } from '../marketplace/model.ts';
import { renewSubscription } from '../marketplace/orders/renew.ts';
import { ActionRefused } from '../marketplace/scene.ts';
import type { World } from '../world.ts';

/** A term that began again. */
export interface TermEnded {
  subscriptionId: string;
  customerId: string;
  /** The day the old term ended and the new one begins. */
  start: string;
  orders: Order[];
}

/** The term that ends first, of those whose periods are all charged, begins again and is charged. */
export function endTerm(world: World): TermEnded {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'system');
  const [first] = [...scene.account.subscriptions.values()]
    .filter(
      ({ status, period, expirationDate }) => status === 'active' && period.end >= expirationDate,
    )
    .sort((a, b) => (a.expirationDate < b.expirationDate ? -1 : 1));
  if (first === undefined)
    throw new ActionRefused('no term is in its last period: run the billing, and a month on');
  const { id: subscriptionId, customerId, expirationDate: start } = first;
  return {
    subscriptionId,
    customerId,
    start,
    orders: [renewSubscription(scene, { subscriptionId })],
  };
}
