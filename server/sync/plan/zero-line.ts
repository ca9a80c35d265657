import { compare, isZero } from '../../domain/decimal.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import { willOpen } from './ends.ts';
import type { Figures, LineFigures } from './line-figures.ts';
import { endsNothing, priceOfStep } from './open-line-step.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

/**
 * What becomes of a line of nothing: it is drawn as any other, as the step alone that the open line takes
 * beside it, or left out for a reason.
 */
export type ZeroLine =
  | { kind: 'drawn' }
  | { kind: 'step'; wanted: Wanted }
  | { kind: 'left'; reason: 'zero' | 'no-change' };

export function zeroLineOf(
  world: PlanWorld,
  line: WantedLine,
  { open, shape, amount }: LineFigures,
): ZeroLine {
  const { charge, fee, order, stands, sets, subscriptionId } = line;
  const isLeftOut = world.settings.zeroLines === 'leave-out' || stands?.as !== undefined;
  if (amount.amountMinor !== 0n || !isLeftOut) return { kind: 'drawn' };
  if (sets !== undefined && !endsNothing(world, line, sets, open)) {
    // Nothing is to be paid once; the line takes its step all the same.
    const as = { quantity: sets.quantity, unitPrice: priceOfStep(sets, open) };
    return { kind: 'step', wanted: { charge, fee, stands: { from: sets.from, as } } };
  }
  if (open !== null && saysTheSame(open.line, shape)) return { kind: 'left', reason: 'no-change' };
  const isEnd = stands?.as !== undefined && willOpen(world, order, subscriptionId);
  return open === null && !isEnd ? { kind: 'left', reason: 'zero' } : { kind: 'drawn' };
}

/** An ended line has no price. */
const saysTheSame = (line: Figures, { quantity, unitPrice }: Figures): boolean =>
  compare(line.quantity, quantity) === 0 &&
  (isZero(quantity) || compare(line.unitPrice, unitPrice) === 0);
