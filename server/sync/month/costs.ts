import { type Money, sum } from '../../domain/money.ts';
import type { Charged } from './charged.ts';

/** What the marketplace charges the reseller in a month for one customer, against what was billed for the same. */
export interface CustomerCost {
  customerId: string;
  /** Of all charges whose cost is known. */
  cost: Money;
  /** The part of the cost for which nothing is billed. */
  unbilled: Money;
  /** What was billed for the charges whose cost is known, without tax. */
  billed: Money;
  /** Billed without the cost. */
  left: Money;
  /** Charges of which nobody tells the cost; they are in none of the amounts. */
  unknown: number;
}

/** By customer and currency, where the least is left first. Own charges cost nothing at the marketplace. */
export function costsOf(sold: readonly Charged[]): CustomerCost[] {
  const groups = Map.groupBy(
    sold.filter(({ amount, cost }) => amount.amountMinor !== 0n || cost !== null),
    ({ order, amount }) => `${order.customerId} ${amount.currency}`,
  );
  return [...groups.values()]
    .map(costOfGroup)
    .sort((a, b) => (a.left.amountMinor < b.left.amountMinor ? -1 : 1));
}

function costOfGroup(group: readonly Charged[]): CustomerCost {
  const customerId = group[0]?.order.customerId ?? '';
  const currency = group[0]?.amount.currency ?? '';
  const known = group.flatMap((one) =>
    one.cost?.currency === currency ? [{ one, cost: one.cost }] : [],
  );
  const cost = sum(
    currency,
    known.map((each) => each.cost),
  );
  const unbilled = sum(
    currency,
    known.filter(({ one }) => one.links.length === 0).map((each) => each.cost),
  );
  const billed = sum(
    currency,
    known.flatMap(({ one }) => billedFor(one)),
  );
  const left = { currency, amountMinor: billed.amountMinor - cost.amountMinor };
  return { customerId, cost, unbilled, billed, left, unknown: group.length - known.length };
}

/** What stands for it; billed in another currency, what the order says of it. */
const billedFor = ({ amount, links }: Charged): Money[] =>
  links.length > 0 && links.every(({ standing }) => standing.currency !== amount.currency)
    ? [amount]
    : links.map(({ standing }) => standing).filter(({ currency }) => currency === amount.currency);
