import { addDays, addMonths, daysBetween } from '../../calendar.ts';
import { dateOfField, type Row, wholeOf } from '../row.ts';
import { PERIOD_MONTHS } from '../schema/picklists.ts';

/** A billing period of a contract; both days are in it. */
export interface Period {
  start: string;
  end: string;
  /** Days of the whole period, also where the contract ends within it. */
  days: number;
}

const PERIODS_MAX = 1_200;

/** The billing periods from the contract's start to its end, by its contractPeriodType; none where it has none. */
export function periodsOf(contract: Row): Period[] {
  const months = PERIOD_MONTHS[wholeOf(contract, 'contractPeriodType') ?? 0];
  const first = dateOfField(contract, 'startDate');
  const last = dateOfField(contract, 'endDate');
  if (months === undefined || first === undefined || last === undefined) return [];
  const periods: Period[] = [];
  for (let index = 0; index < PERIODS_MAX; index += 1) {
    const start = addMonths(first, index * months);
    if (start > last) break;
    const next = addMonths(first, (index + 1) * months);
    const natural = addDays(next, -1);
    periods.push({ start, end: natural < last ? natural : last, days: daysBetween(start, next) });
  }
  return periods;
}
