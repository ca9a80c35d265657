import { addDays, type CalendarDate } from '../../domain/dates.ts';
import { multiply } from '../../domain/decimal.ts';
import { type Money, money, totals } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { billsFor } from '../check/who-bills.ts';
import type { PlanWorld } from '../plan/world.ts';

/** So far ahead a renewal is shown: most vendors want a notice of thirty days before it. */
export const renewalDaysAhead = 60;

/** A term that ends soon, and what its next billing period comes to. */
export interface RenewalAhead {
  subscription: Subscription;
  on: CalendarDate;
  renews: boolean;
  /** What one billing period costs as the subscription stands; empty where nobody tells a price. */
  amounts: Money[];
  period: BillingPeriod | null;
}

/** The terms of customers billed here that end within sixty days, the next one first. */
export function renewalsAhead(reader: Reader, world: PlanWorld): RenewalAhead[] {
  const bills = billsFor(reader, world.connection.id);
  const last = addDays(world.today, renewalDaysAhead);
  return reader
    .list('subscription')
    .flatMap((subscription): RenewalAhead[] => {
      const on = subscription.renewalDate ?? subscription.expirationDate;
      if (subscription.status !== 'active' || on === null || on < world.today || on > last)
        return [];
      if (!bills(subscription.customerId)) return [];
      const { autoRenews: renews, billingPeriod: period } = subscription;
      return [{ subscription, on, renews, amounts: amountsOf(subscription), period }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

const amountsOf = ({ products }: Subscription): Money[] =>
  totals(
    products.flatMap(({ amount, quantity, unitPrice, currency }) => {
      const whole = amount ?? (unitPrice === null ? null : multiply(quantity, unitPrice));
      return whole === null || currency === null ? [] : [money(whole, currency)];
    }),
  );
