import { type CalendarDate, later } from '../../domain/dates.ts';
import type { BillingOfStanding, Document } from '../../domain/document.ts';
import type { Header } from '../../domain/plan.ts';
import { isWholePeriod } from '../../domain/rules/standing/rule.ts';
import { firstOpenDay, periodOn } from '../../domain/standing-period.ts';
import type { Need } from '../../domain/task.ts';
import { lineMarker, withLineMark, withoutLineMark } from '../markers.ts';
import type { DraftLine } from './draft-line.ts';
import type { Warning } from './header.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

export interface OnDays {
  lines: DraftLine[];
  needs: Need[];
  warnings: Warning[];
}

/** How a document that is to be opened will be billed, where its system bills whole periods. */
export const billingOfNew = (
  { manifest }: PlanWorld,
  { cycle, date }: Pick<Header, 'cycle' | 'date'>,
): BillingOfStanding | null =>
  manifest.standing?.wholePeriods === true && cycle !== undefined
    ? { cycle, prorates: false, billsFrom: date, billedThrough: null }
    : null;

/**
 * Lines on days that their document can still bill, before the system refuses others. One that does not
 * prorate bills each line whole for every period in which it has a day: a change counts from the first
 * day of its period, so that a line is billed as often as its subscription. Where that period is
 * invoiced already, a first period is billed apart and the line opens with the next one; a change asks.
 */
export function onBillingDays(
  world: PlanWorld,
  document: Pick<Document, 'number'> | null,
  billing: BillingOfStanding | null,
  lines: readonly DraftLine[],
): OnDays {
  const result: OnDays = { lines: [], needs: [], warnings: [] };
  for (const line of lines) {
    const step = line.stands ?? line.sets;
    if (billing === null || step === undefined) result.lines.push(line);
    else place(world, document?.number ?? '', billing, line, step.from, result);
  }
  return result;
}

function place(
  world: PlanWorld,
  name: string,
  billing: BillingOfStanding,
  line: DraftLine,
  wanted: CalendarDate,
  result: OnDays,
): void {
  const { charge } = line;
  const { prorates, billsFrom, billedThrough } = billing;
  const isPart = line.sets !== undefined || !isWholePeriod(charge);
  const bySystem = world.settings.proration === 'system';
  // Elsewhere it is the setting alone that says who works out a part.
  if (isPart && world.manifest.standing?.wholePeriods === true && prorates !== bySystem)
    result.needs.push(need('proration-differs', charge.key, { document: name }, true));
  const isAccepted = (code: Need['code'], day: CalendarDate): boolean =>
    world.decisions.accepted(code, charge.key).includes(day);
  if (wanted < billsFrom && !isAccepted('before-billing-start', billsFrom)) {
    const facts = { document: name, from: wanted, starts: billsFrom, seen: billsFrom };
    result.needs.push(need('before-billing-start', charge.key, facts));
  }
  const asked = later(wanted, billsFrom);
  const from = prorates ? asked : (periodOn(billing, asked)?.start ?? asked);
  if (prorates || billedThrough === null || from > billedThrough) {
    result.lines.push(onDay(line, from));
    return;
  }
  const next = firstOpenDay(billing);
  const isFirst = line.stands !== undefined && line.stands.lineId === null;
  if (isFirst && periodOn(billing, from)?.end === next) {
    result.lines.push(apart(world, line, next));
    result.warnings.push({ code: 'period-apart', facts: { through: billedThrough, next } });
    return;
  }
  if (!isAccepted('period-invoiced', next)) {
    const facts = { document: name, from, through: billedThrough, next, seen: next };
    result.needs.push(need('period-invoiced', charge.key, facts));
  }
  result.lines.push(onDay(line, next));
}

function onDay(line: DraftLine, from: CalendarDate): DraftLine {
  if (line.stands !== undefined) return { ...line, stands: { ...line.stands, from } };
  return line.sets === undefined ? line : { ...line, sets: { ...line.sets, from } };
}

/** The first period as a line of its own, billed with the next invoice; the open line begins after it. */
function apart(world: PlanWorld, line: DraftLine, from: CalendarDate): DraftLine {
  const { stands, content, ...rest } = line;
  if (stands === undefined) return line;
  const marker = lineMarker(world.crypto, world.scope, line.charge.key, line.portion);
  return {
    ...rest,
    marker,
    content: {
      ...content,
      description: withLineMark(withoutLineMark(content.description), marker),
    },
    sets: { ...stands, from, marker: line.marker, content },
  };
}
