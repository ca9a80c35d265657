import { addDays, dateOf, startOfDayMs } from '../../calendar.ts';
import type { SeededRandom } from '../../random.ts';
import type { Subscription } from '../model.ts';
import { cancelSubscription } from '../orders/cancel.ts';
import { changeSeats } from '../orders/change.ts';
import { isUsage } from '../orders/parts.ts';
import { migrateSubscription, placeOrder } from '../orders/place.ts';
import { productOf, type Scene } from '../scene.ts';

/** What customers do in the window: seats up and down, cancellations, and in the last days orders that are not done yet. */
export function dailyLife({
  random,
  changes,
  cancellations,
  windowDays,
}: {
  random: SeededRandom;
  changes: number;
  cancellations: number;
  windowDays: number;
}): (scene: Scene, daysAgo: number) => void {
  const days = (count: number) =>
    Array.from({ length: count }, () => random.integer(2, windowDays - 2));
  const changeDays = days(changes);
  const cancelDays = days(cancellations);
  return (scene, daysAgo) => {
    for (const _ of changeDays.filter((day) => day === daysAgo)) change(scene, random);
    for (const _ of cancelDays.filter((day) => day === daysAgo)) cancel(scene, random);
    if (daysAgo === 9) move(scene, random);
    if (daysAgo === 5) stuck(scene, random, 'error');
    if (daysAgo === 1) stuck(scene, random, 'processing');
  };
}

/** One of those with seats; none where nobody has any yet. */
function anySeated(scene: Scene, random: SeededRandom): Subscription | null {
  const all = seated(scene);
  return all.length === 0 ? null : random.pick(all);
}

function seated(scene: Scene): Subscription[] {
  return [...scene.account.subscriptions.values()].filter(
    (each) =>
      each.status === 'active' &&
      each.period.end > addDays(dateOf(scene.atMs), 1) &&
      each.items.every((item) => !isUsage(productOf(scene.account, item.productId))),
  );
}

function change(scene: Scene, random: SeededRandom): void {
  const subscription = anySeated(scene, random);
  if (subscription === null) return;
  const seats = subscription.items[0]?.quantity ?? 1;
  const fewer = seats > 3 && random.chance(35);
  const quantity = fewer
    ? seats - random.integer(1, Math.min(3, seats - 1))
    : seats + random.integer(1, 6);
  changeSeats(scene, { subscriptionId: subscription.id, quantity });
}

function cancel(scene: Scene, random: SeededRandom): void {
  const subscription = anySeated(scene, random);
  if (subscription === null) return;
  cancelSubscription(scene, { subscriptionId: subscription.id, refundSetup: random.chance(30) });
}

function move(scene: Scene, random: SeededRandom): void {
  const target = anySeated(scene, random);
  if (target === null) return;
  migrateSubscription(scene, {
    customerId: target.customerId,
    productId: target.items[0]?.productId ?? '',
    quantity: 4,
  });
}

function stuck(scene: Scene, random: SeededRandom, status: 'error' | 'processing'): void {
  const target = anySeated(scene, random);
  if (target === null) return;
  placeOrder(scene, {
    customerId: target.customerId,
    productId: target.items[0]?.productId ?? '',
    quantity: 5,
    status,
    // Still open when the world begins; done by the next day.
    completesAtMs:
      status === 'processing'
        ? startOfDayMs(dateOf(scene.atMs)) + 2 * 86_400_000 + 43_200_000
        : null,
  });
}
