import { priceMovesMax } from '../../domain/decision.ts';
import { amountText, type Money, money, totals } from '../../domain/money.ts';
import { perMonth } from '../../domain/monthly.ts';
import { evaluateSafely } from './evaluate-safely.ts';
import type { PlanWorld } from './world.ts';

/** Every line that waits for one answer about a product's price. */
export interface PriceQuestion {
  lines: number;
  customers: number;
  /** What all of them cost the customers more a month; an entry a currency. */
  more: Money[];
  /** The changes, as an answer names them. */
  moves: string[];
}

const known = new WeakMap<PlanWorld, Map<string, PriceQuestion>>();

/** What the open tasks ask about the price of a product, as one question. */
export function priceQuestion(world: PlanWorld, productKey: string): PriceQuestion | null {
  const all = known.get(world) ?? questionsOf(world);
  known.set(world, all);
  return all.get(productKey) ?? null;
}

function questionsOf(world: PlanWorld): Map<string, PriceQuestion> {
  const asked = world
    .tasks()
    .filter(({ groups }) =>
      groups.some(({ needs }) => needs.some(({ code }) => code === 'price-changed')),
    )
    .flatMap((task) => {
      const order = world.order(task.orderId);
      return order === null ? [] : evaluateSafely(world, order);
    })
    .flatMap(({ lines }) =>
      lines.flatMap((line) => (line.asks === undefined ? [] : [{ line, move: line.asks }])),
    );
  const byProduct = Map.groupBy(asked, ({ line }) => line.productKey ?? '');
  return new Map(
    [...byProduct].map(([productKey, lines]) => {
      const more = lines.map(({ line: { subscriptionId }, move }) => {
        const subscription = subscriptionId === null ? null : world.subscription(subscriptionId);
        const monthly = perMonth(amountText(move.more), subscription?.billingPeriod ?? null);
        return money(monthly, move.currency);
      });
      return [
        productKey,
        {
          lines: lines.length,
          customers: new Set(lines.map(({ line }) => line.order.customerId)).size,
          more: totals(more),
          moves: [...new Set(lines.map(({ move }) => move.key))].slice(0, priceMovesMax),
        },
      ];
    }),
  );
}
