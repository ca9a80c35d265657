import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { ResellerAccount, Subscription } from '../marketplace/model.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { ActionRefused, productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A subscription whose next period the marketplace forgets to charge. */
export interface ForgottenPeriod {
  subscriptionId: string;
  customerId: string;
  /** The first day of that period. */
  start: string;
  /** Lets the marketplace remember: its next billing run charges the period after all. */
  remember(): void;
}

const forgotten = new WeakMap<ResellerAccount, ForgottenPeriod>();

/** The marketplace remembers what it forgot last; its next billing run charges it. */
export function rememberPeriod(world: World): Omit<ForgottenPeriod, 'remember'> {
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const found = forgotten.get(account);
  if (found === undefined) throw new ActionRefused('nothing was forgotten');
  forgotten.delete(account);
  const { remember, ...of } = found;
  remember();
  return of;
}

/**
 * A marketplace whose billing run passes over one subscription, though it lives and its seats are
 * there: the one paid by the month whose next period begins first, in the middle of its term. Time is
 * left to the caller.
 */
export function forgetPeriod(world: World): ForgottenPeriod {
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const fits = (one: Subscription): boolean => {
    const product = productOf(account, must(one.items[0], 'an item').productId);
    const isMonthly = monthsOf(product.billingPeriod) === 1 && !isUsage(product);
    return one.status === 'active' && isMonthly && one.period.end < one.expirationDate;
  };
  const [first] = [...account.subscriptions.values()]
    .filter(fits)
    .sort((a, b) => (a.period.end < b.period.end ? -1 : 1));
  const subscription = must(first, 'a subscription paid by the month');
  const { id: subscriptionId, customerId, period } = subscription;
  const start = period.end;
  // As if it were charged: the run sees nothing that is due.
  subscription.period = { start: period.start, end: subscription.expirationDate };
  const of: ForgottenPeriod = {
    subscriptionId,
    customerId,
    start,
    remember: () => {
      subscription.period = period;
    },
  };
  forgotten.set(account, of);
  return of;
}
