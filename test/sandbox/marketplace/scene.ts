import { momentOf } from '../calendar.ts';
import type { Journal } from '../journal.ts';
import { must } from '../must.ts';
import type { Customer, Product, ResellerAccount, Subscription } from './model.ts';

/** Everything that an action on one reseller's account needs: whose, when, by whom, and where it is written down. */
export interface Scene {
  account: ResellerAccount;
  atMs: number;
  actor: string;
  journal: Journal;
}

export function record(scene: Scene, kind: string, data: Record<string, unknown>): void {
  scene.journal.record({
    atMs: scene.atMs,
    kind,
    actor: scene.actor,
    data: { tenantId: scene.account.tenantId, at: momentOf(scene.atMs), ...data },
  });
}

/** A wrong id in a control call or form: the caller's fault, said back as a sentence. */
export class ActionRefused extends Error {}

export function customerOf(scene: Scene, id: string): Customer {
  const customer = scene.account.customers.get(id);
  if (!customer) throw new ActionRefused('there is no such customer');
  return customer;
}

export function productOf(account: ResellerAccount, id: string): Product {
  return must(account.products.get(id), `product ${id}`);
}

export function subscriptionOf(scene: Scene, id: string): Subscription {
  const subscription = scene.account.subscriptions.get(id);
  if (!subscription) throw new ActionRefused('there is no such subscription');
  return subscription;
}
