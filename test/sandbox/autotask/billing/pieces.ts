import { daysBetween } from '../../calendar.ts';
import { type Decimal, negated, plus, portion } from '../../decimal.ts';
import type { Period } from './periods.ts';
import {
  afterStep,
  costOf,
  type Standing,
  type Step,
  standingOn,
  type Timeline,
  worth,
} from './timeline.ts';

/** What a period bills of one service: what stood on its first day, and each change within it for the days left. */
export interface Piece {
  step: Step | undefined;
  from: string;
  units: number;
  price: Decimal;
  amount: Decimal;
  cost: Decimal;
}

/**
 * Autotask prorates by itself: a change within a period is billed for the rest of it, with its own day, as an item of its own
 * (help: ContractServiceUnits; BillingItems, contractServiceAdjustmentID). Cents are rounded once a piece.
 */
export function piecesOf(timeline: Timeline, period: Period): Piece[] {
  const base = standingOn(timeline, period.start);
  const steps = timeline.steps.filter(({ date }) => date > period.start && date <= period.end);
  const pieces: Piece[] = [];
  if (base.units !== 0) {
    const days = daysFrom(period.start, period);
    pieces.push({
      step: undefined,
      from: period.start,
      units: base.units,
      price: base.price,
      amount: shareOf(worth(base), days, period),
      cost: shareOf(costOf(base), days, period),
    });
  }
  let before = base;
  for (const step of steps) {
    const after = afterStep(before, step);
    pieces.push(changePiece({ step, before, after, period }));
    before = after;
  }
  return pieces;
}

function changePiece(of: { step: Step; before: Standing; after: Standing; period: Period }): Piece {
  const { step, before, after, period } = of;
  const days = daysFrom(step.date, period);
  const difference = (value: (standing: Standing) => Decimal) =>
    shareOf(plus(value(after), negated(value(before))), days, period);
  return {
    step,
    from: step.date,
    units: step.unitChange === 0 ? after.units : step.unitChange,
    price: step.unitChange === 0 ? plus(after.price, negated(before.price)) : after.price,
    amount: difference(worth),
    cost: difference(costOf),
  };
}

export const shareOf = (value: Decimal, days: number, period: Period): Decimal =>
  portion(value, { numerator: days, denominator: period.days, scale: 2 });

/** The days from a day of the period to its end, both counted. */
export const daysFrom = (date: string, { end }: Period): number => daysBetween(date, end) + 1;
