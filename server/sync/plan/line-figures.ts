import { isZero, multiply } from '../../domain/decimal.ts';
import type { LineContent } from '../../domain/document.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Shape } from '../../domain/shape.ts';
import { type OpenLine, openLineOf, standingShape } from './open-lines.ts';
import type { Priced } from './price.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

export type Figures = Pick<LineContent, 'quantity' | 'unitPrice'>;

/** What a line says in numbers, and the open line that it changes, where one is open. */
export interface LineFigures {
  open: OpenLine | null;
  shape: Shape;
  amount: Money;
}

/** The price's figures as the system takes them; those of an open line as they are given, where they are. */
export function lineFigures(world: PlanWorld, line: WantedLine, priced: Priced): LineFigures {
  const { charge, stands, sets, subscriptionId } = line;
  const open = stands || sets ? openLineOf(world, subscriptionId, charge) : null;
  const { amount } = priced;
  if (stands === undefined) return { open, shape: priced.shape, amount };
  if (stands.as === undefined)
    return { open, shape: standingShape(world, priced.shape, { amount }), amount };
  return {
    open,
    shape: { shape: 'quantity-price', ...asGiven(stands.as, open) },
    amount: money(multiply(stands.as.quantity, stands.as.unitPrice), charge.amount.currency),
  };
}

/** A line that ends keeps its price, by which it is known when it is opened again. */
const asGiven = (as: Figures, open: OpenLine | null): Figures => ({
  quantity: as.quantity,
  unitPrice: isZero(as.quantity) && open !== null ? open.line.unitPrice : as.unitPrice,
});
