import { addDays, dateOf, startOfDayMs } from '../../calendar.ts';
import type { Journal } from '../../journal.ts';
import { must } from '../../must.ts';
import type { WorldSize } from '../../player.ts';
import { createSeededRandom, type SeededRandom } from '../../random.ts';
import { customerWire } from '../api/wire.ts';
import type { ResellerAccount } from '../model.ts';
import { runBilling } from '../orders/billing-run.ts';
import { placeOrder } from '../orders/place.ts';
import { record, type Scene } from '../scene.ts';
import { CATALOG_SIZE, makeCatalog } from './catalog.ts';
import { makeCustomer } from './customers.ts';
import { dailyLife } from './daily-life.ts';
import { skipToWindow } from './skip-to-window.ts';

const SIZES: Record<
  WorldSize,
  { customers: number; subscriptions: number; changes: number; cancellations: number }
> = {
  tiny: { customers: 3, subscriptions: 5, changes: 1, cancellations: 1 },
  small: { customers: 5, subscriptions: 12, changes: 3, cancellations: 1 },
  full: { customers: 40, subscriptions: 300, changes: 36, cancellations: 7 },
};
/** How far back every order is kept; older subscriptions have their first order only. */
const WINDOW_DAYS = 62;
const OLDEST_DAYS = 420;

/**
 * Lives through a reseller's last fourteen months with the same actions that a person has, so that every order, price and
 * share of the seed obeys the same rules as the orders that are placed later.
 */
export function makeHistory(options: {
  account: ResellerAccount;
  journal: Journal;
  nowMs: number;
  seed: number;
  size: WorldSize;
}): void {
  const { account, journal, nowMs } = options;
  const random = createSeededRandom(options.seed);
  const counts = SIZES[options.size];
  const today = dateOf(nowMs);
  const oldest = addDays(today, -OLDEST_DAYS);
  const scene = (atMs: number): Scene => ({ account, journal, atMs, actor: 'system' });
  const { products, plans } = makeCatalog(CATALOG_SIZE[options.size]);
  for (const product of products) account.products.set(product.id, product);
  for (const plan of plans) account.plans.set(plan.id, plan);
  for (let index = 0; index < counts.customers; index += 1) {
    const customer = makeCustomer(account, random, index);
    account.customers.set(customer.id, customer);
    record(scene(startOfDayMs(oldest)), 'customer.created', { customer: customerWire(customer) });
  }
  const births = birthdays({
    random,
    count: counts.subscriptions,
    customers: [...account.customers.keys()],
    account,
  });
  const windowStart = addDays(today, -WINDOW_DAYS);
  const life = dailyLife({ random, ...counts, windowDays: WINDOW_DAYS });
  for (let daysAgo = OLDEST_DAYS; daysAgo >= 0; daysAgo -= 1) {
    const day = addDays(today, -daysAgo);
    const at = scene(Math.min(startOfDayMs(day) + random.integer(1, 20) * 3_600_000, nowMs));
    if (day === windowStart)
      for (const each of account.subscriptions.values()) skipToWindow(scene(at.atMs), each);
    for (const birth of births.filter((each) => each.daysAgo === daysAgo)) placeOrder(at, birth);
    if (day >= windowStart) {
      runBilling(at);
      life(at, daysAgo);
    }
  }
}

function birthdays({
  random,
  count,
  customers,
  account,
}: {
  random: SeededRandom;
  count: number;
  customers: readonly string[];
  account: ResellerAccount;
}) {
  const ids = [...account.products.keys()];
  const quantities = [1, 2, 3, 4, 5, 5, 6, 8, 10, 12, 12, 15, 20, 25, 60];
  return Array.from({ length: count }, (_, index) => {
    const customerId = must(customers[index % customers.length], 'a customer');
    const productId = must(
      ids[(index * 11 + Math.floor(index / customers.length)) % ids.length],
      'a product',
    );
    const isUse = account.products.get(productId)?.billingModel === 'chargeExternalRating';
    return {
      // Small worlds have all their life inside the window and a little before it.
      daysAgo: random.integer(3, random.chance(55) ? 120 : OLDEST_DAYS - 1),
      customerId,
      productId,
      quantity: isUse ? 1 : random.pick(quantities),
      discountPercent: index % 8 === 5 ? random.pick([5, 10, 15]) : 0,
      ...(index % 5 === 0 ? { poNumber: `PO-${2000 + index}` } : {}),
    };
  });
}
