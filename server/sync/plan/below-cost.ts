import type { Charge } from '../../domain/charge.ts';
import { amountText, type Money } from '../../domain/money.ts';
import type { Need } from '../../domain/task.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

/** Whether a positive line sells at or below what the reseller pays; an unknown cost never says so. */
export const sellsBelowCost = (amount: Money, cost: Money): boolean =>
  amount.amountMinor > 0n &&
  cost.currency === amount.currency &&
  cost.amountMinor > 0n &&
  amount.amountMinor <= cost.amountMinor;

/** Asks about a line below cost until a person accepted exactly these two amounts. */
export function belowCostNeeds(
  world: PlanWorld,
  { charge, net, cost }: { charge: Charge; net: Money; cost: Money | null },
): Need[] {
  if (cost === null || !sellsBelowCost(net, cost)) return [];
  const seen = `${net.amountMinor} ${cost.amountMinor}`;
  if (world.decisions.accepted('below-cost', charge.key).includes(seen)) return [];
  const facts = {
    seen,
    sell: amountText(net),
    cost: amountText(cost),
    currency: net.currency,
  };
  return [need('below-cost', charge.key, facts, true)];
}
