import { addMonths, dateOf } from '../../calendar.ts';
import { must } from '../../must.ts';
import type { Subscription } from '../model.ts';
import { monthsOf } from '../orders/parts.ts';
import { productOf, type Scene } from '../scene.ts';

const PERIODS_MAX = 40;

/** Moves an older subscription to the period that the window begins in; what was billed before is no longer kept. */
export function skipToWindow(scene: Scene, subscription: Subscription): void {
  const day = dateOf(scene.atMs);
  const product = productOf(scene.account, must(subscription.items[0], 'an item').productId);
  const { anchorDay } = subscription;
  for (let periods = 0; periods < PERIODS_MAX && subscription.period.end <= day; periods += 1) {
    const start = subscription.period.end;
    if (start >= subscription.expirationDate)
      subscription.expirationDate = addMonths(
        start,
        monthsOf(product.subscriptionPeriod),
        anchorDay,
      );
    subscription.period = {
      start,
      end: addMonths(start, monthsOf(product.billingPeriod), anchorDay),
    };
  }
}
