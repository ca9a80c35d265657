import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { customerOf } from '../marketplace/scene.ts';
import type { World } from '../world.ts';

/** Customers who buy in US dollars what the vendor bills in Australian ones. */
export interface HomeVendor {
  /** Customers with an active subscription in US dollars. */
  customers: string[];
}

/**
 * Every vendor bills in the reseller's own currency from now on, so that orders in US dollars tell the
 * rate by which they were made.
 */
export function billAtHome(world: World): HomeVendor {
  const scene = world.marketplace.market.scene(FIRST_TENANT_ID, 'system');
  const { account } = scene;
  for (const product of account.products.values()) product.vendorCurrency = 'AUD';
  const held = [...account.subscriptions.values()].filter(
    ({ status, customerId }) =>
      status === 'active' && customerOf(scene, customerId).currency === 'USD',
  );
  return { customers: [...new Set(held.map(({ customerId }) => customerId))] };
}
