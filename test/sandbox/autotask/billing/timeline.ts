import { type Decimal, decimal, times } from '../../decimal.ts';
import { amountOf, dateOfField, type Row, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import type { LineKind } from './line-kind.ts';

/** One dated change of a service on a contract. */
export interface Step {
  id: number;
  date: string;
  unitChange: number;
  price: Decimal | undefined;
  cost: Decimal | undefined;
}

/** What holds from a date on. */
export interface Standing {
  units: number;
  price: Decimal;
  cost: Decimal;
}

export interface Timeline {
  first: Standing;
  /** By date, then in the order they were made. */
  steps: readonly Step[];
}

const ZERO = decimal('0');

/**
 * A service on a contract starts with no units at its adjusted price, or the service's own; every adjustment changes the units
 * and may set the price from its effective date on (help: About recurring service contract entity relationships).
 */
export function timelineOf(world: World, kind: LineKind, line: Row): Timeline {
  const offer = world.tables.get(kind.offers, wholeOf(line, kind.offerField));
  const listed = (field: string) => (offer && amountOf(offer, field)) ?? ZERO;
  const steps = world.tables
    .all(kind.adjustments)
    .filter((row) => wholeOf(row, kind.lineField) === line.id)
    .map((row) => ({
      id: row.id,
      date: dateOfField(row, 'effectiveDate') ?? '',
      unitChange: wholeOf(row, 'unitChange') ?? 0,
      price: amountOf(row, 'adjustedUnitPrice'),
      cost: amountOf(row, 'adjustedUnitCost'),
    }))
    .toSorted((a, b) => (a.date === b.date ? a.id - b.id : a.date < b.date ? -1 : 1));
  return {
    first: {
      units: 0,
      price: amountOf(line, 'startingPrice') ?? listed('unitPrice'),
      cost: amountOf(line, 'unitCost') ?? listed('unitCost'),
    },
    steps,
  };
}

/** After every step up to a date, that day's included. */
export function standingOn({ first, steps }: Timeline, date: string): Standing {
  return steps.filter((step) => step.date <= date).reduce(afterStep, first);
}

export const afterStep = (before: Standing, step: Step): Standing => ({
  units: before.units + step.unitChange,
  price: step.price ?? before.price,
  cost: step.cost ?? before.cost,
});

export const worth = ({ units, price }: Standing): Decimal => times(price, whole(units));

export const costOf = ({ units, cost }: Standing): Decimal => times(cost, whole(units));

const whole = (units: number): Decimal => ({ units: BigInt(units), scale: 0 });
