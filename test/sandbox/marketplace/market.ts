import type { SandboxClock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import { must } from '../must.ts';
import type { ResetOptions } from '../player.ts';
import type { TenantConfig } from './config.ts';
import type { ResellerAccount } from './model.ts';
import { completeOrder } from './orders/finish.ts';
import { placeOrder } from './orders/place.ts';
import type { Scene } from './scene.ts';
import { makeHistory } from './seed/history.ts';

export interface Market {
  account(tenantId: string): ResellerAccount;
  scene(tenantId: string, actor: string): Scene;
  /** Completes the orders whose time has come. */
  settle(): void;
  /** Places one small order, so that a list read in pages shifts. */
  shift(tenantId: string): void;
  reset(options: ResetOptions): void;
}

/** The resellers' accounts: customers, products, subscriptions and orders, from a seed and onward. */
export function createMarket(world: {
  clock: SandboxClock;
  journal: Journal;
  tenants: readonly TenantConfig[];
}): Market {
  const accounts = new Map<string, ResellerAccount>();
  const account = (tenantId: string) => must(accounts.get(tenantId), `reseller ${tenantId}`);
  const scene = (tenantId: string, actor: string): Scene => ({
    account: account(tenantId),
    atMs: world.clock.nowMs(),
    actor,
    journal: world.journal,
  });
  return {
    account,
    scene,
    settle: () => {
      const now = world.clock.nowMs();
      for (const { tenantId, orders } of accounts.values())
        for (const filed of orders)
          if (filed.completesAtMs !== null && filed.completesAtMs <= now)
            completeOrder(scene(tenantId, 'system'), filed);
    },
    shift: (tenantId) => {
      const { customers, products } = account(tenantId);
      const customerId = must(customers.keys().next().value, 'a customer');
      const productId = must(products.keys().next().value, 'a product');
      placeOrder(scene(tenantId, 'fault:list-shift'), { customerId, productId, quantity: 1 });
    },
    reset: ({ seed, size }) => {
      world.tenants.forEach((tenant, index) => {
        const made = emptyAccount(tenant, index);
        accounts.set(tenant.tenantId, made);
        makeHistory({
          account: made,
          journal: world.journal,
          nowMs: world.clock.nowMs(),
          seed: seed + index,
          // The second reseller is there to be kept apart, not to be large.
          size: index === 0 || size === 'tiny' ? size : 'small',
        });
      });
    },
  };
}

function emptyAccount(tenant: TenantConfig, index: number): ResellerAccount {
  // Ids of two resellers never meet, so that a mixed-up answer shows.
  const base = index * 500_000;
  return {
    tenantId: tenant.tenantId,
    name: tenant.name,
    marketplaceCode: tenant.api.marketplaceCode,
    currencies: tenant.currencies,
    totals: tenant.totals,
    hideBillingOrders: false,
    customers: new Map(),
    products: new Map(),
    plans: new Map(),
    subscriptions: new Map(),
    orders: [],
    counters: {
      customer: 1_000_000 + base,
      subscription: 2_000_000 + base,
      order: 3_000_000 + base,
      number: base,
    },
  };
}
