import * as v from 'valibot';
import { dateOf } from '../calendar.ts';
import { customerWire, subscriptionWire } from '../marketplace/api/wire.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { Marketplace } from '../marketplace/index.ts';
import type { Customer, Subscription } from '../marketplace/model.ts';
import { record, subscriptionOf } from '../marketplace/scene.ts';
import { makeCustomer } from '../marketplace/seed/customers.ts';
import { createSeededRandom } from '../random.ts';

export const CustomerCommand = v.strictObject({
  tenantId: v.exactOptional(v.string()),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  currency: v.exactOptional(v.picklist(['AUD', 'USD'])),
});

export const SubscriptionCommand = v.strictObject({
  tenantId: v.exactOptional(v.string()),
  subscriptionId: v.string(),
  renewalStatus: v.exactOptional(v.boolean()),
  status: v.exactOptional(v.picklist(['pending', 'active', 'hold', 'terminated', 'removed'])),
});

export function addCustomer(
  marketplace: Marketplace,
  command: v.InferOutput<typeof CustomerCommand>,
  actor: string,
): ReturnType<typeof customerWire> {
  const scene = marketplace.market.scene(command.tenantId ?? FIRST_TENANT_ID, actor);
  const { account } = scene;
  const made = makeCustomer(account, createSeededRandom(account.customers.size), 0);
  const customer: Customer = {
    ...made,
    name: command.name,
    currency: command.currency ?? made.currency,
  };
  account.customers.set(customer.id, customer);
  record(scene, 'customer.created', { customer: customerWire(customer) });
  return customerWire(customer);
}

/** What a person sets on a subscription without an order: whether it renews, and putting it on hold. */
export function setSubscription(
  marketplace: Marketplace,
  command: v.InferOutput<typeof SubscriptionCommand>,
  actor: string,
): ReturnType<typeof subscriptionWire> {
  const scene = marketplace.market.scene(command.tenantId ?? FIRST_TENANT_ID, actor);
  const subscription: Subscription = subscriptionOf(scene, command.subscriptionId);
  subscription.renewalStatus = command.renewalStatus ?? subscription.renewalStatus;
  subscription.status = command.status ?? subscription.status;
  subscription.lastModifiedDate = dateOf(scene.atMs);
  const wire = subscriptionWire(scene.account, subscription);
  record(scene, 'subscription.changed', { orderId: null, subscription: wire });
  return wire;
}
