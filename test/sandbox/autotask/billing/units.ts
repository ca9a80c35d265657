import { daysBetween } from '../../calendar.ts';
import { decimalText } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { dateValue, type Row, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { internalOf } from './currency.ts';
import type { LineKind } from './line-kind.ts';
import { type Period, periodsOf } from './periods.ts';
import { shareOf } from './pieces.ts';
import { costOf, standingOn, type Timeline, timelineOf, worth } from './timeline.ts';

/**
 * Units of a service by date range: one for each billing period, cut where an adjustment becomes effective; the earlier part
 * then ends with that day (help: ContractServiceUnits). They begin with the first adjustment.
 */
export function unitsOf(world: World, kind: LineKind, line: Row): Row[] {
  const contract = world.tables.get('Contracts', wholeOf(line, 'contractID'));
  if (!contract) return [];
  const timeline = timelineOf(world, kind, line);
  const first = timeline.steps[0]?.date;
  if (first === undefined) return [];
  return periodsOf(contract)
    .filter(({ end }) => end >= first)
    .flatMap((period) =>
      rangesOf(timeline, period).map((range) =>
        unitRow(world, { kind, line, contract, timeline, period, range }),
      ),
    );
}

/** Gives the new date ranges of a line their ids, in the order in which they come to be. */
export function numberUnits(world: World, kind: LineKind, lineId: number | undefined): void {
  const line = world.tables.get(kind.lines, lineId);
  if (line) unitsOf(world, kind, line);
}

interface Range {
  start: string;
  end: string;
  days: number;
}

function rangesOf({ steps }: Timeline, period: Period): Range[] {
  const first = steps[0]?.date ?? period.start;
  const inside = steps.map(({ date }) => date).filter((date) => date > period.start);
  const starts = [...new Set([period.start, ...inside])]
    .filter((date) => date >= first && date <= period.end)
    .toSorted();
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return next === undefined
      ? { start, end: period.end, days: daysBetween(start, period.end) + 1 }
      : { start, end: next, days: daysBetween(start, next) };
  });
}

function unitRow(
  world: World,
  of: {
    kind: LineKind;
    line: Row;
    contract: Row;
    timeline: Timeline;
    period: Period;
    range: Range;
  },
): Row {
  const { kind, line, contract, timeline, period, range } = of;
  const standing = standingOn(timeline, range.start);
  const price = () => shareOf(worth(standing), range.days, period);
  const posted = world.posted.get({ lines: kind.lines, lineId: line.id, start: period.start });
  const id = world.tables.keyed(kind.units, `${line.id} ${range.start}`);
  return {
    id,
    udfs: {},
    values: {
      id,
      contractID: contract.id,
      [kind.lineField]: line.id,
      [kind.offerField]: wholeOf(line, kind.offerField) ?? null,
      startDate: dateValue(range.start),
      endDate: dateValue(range.end),
      units: standing.units,
      // Worked out for whoever reads them: a contract has some forty of these, and most are only counted.
      get price() {
        return new NumberText(decimalText(price()));
      },
      get internalCurrencyPrice() {
        return internalOf(world, contract, price());
      },
      get cost() {
        return new NumberText(decimalText(shareOf(costOf(standing), range.days, period)));
      },
      approveAndPostDate: posted ? dateValue(posted.on) : null,
    },
  };
}
