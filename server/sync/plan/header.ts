import type { Company } from '../../domain/company.ts';
import {
  addDays,
  addMonths,
  type CalendarDate,
  earlier,
  firstOfMonth,
  later,
} from '../../domain/dates.ts';
import type { Marker } from '../../domain/ids.ts';
import type { Header } from '../../domain/plan.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import type { Settings } from '../../domain/settings.ts';
import { type Purpose, withDocumentMark } from '../markers.ts';
import { fill } from './describe.ts';
import { closingAfter } from './destination.ts';
import type { DraftLine } from './draft-line.ts';
import { taxBasisOf } from './tax.ts';
import type { PlanWorld } from './world.ts';

export interface Warning {
  code: string;
  facts: Record<string, string>;
}

/** Days until payment where neither setting nor the company's terms say one and the system needs it. */
const dueDaysWithoutTerms = 30;

/** The head of a new document; a date inside a locked period moves to the next open day, said so. */
export function headerOf(
  world: PlanWorld,
  company: Company,
  lines: readonly DraftLine[],
  marker: Marker,
  purpose: Purpose,
  cycle?: BillingPeriod,
): { header: Header; warnings: Warning[] } {
  const { settings, closedThrough } = world;
  const first = lines.reduce((a, b) => (b.order.placedOn < a.order.placedOn ? b : a));
  const wanted =
    world.manifest.kind === 'standing' ? runningSince(lines) : dateOf(world, lines, first);
  const dated =
    closedThrough !== null && wanted <= closedThrough ? addDays(closedThrough, 1) : wanted;
  const due = dueDateOf(settings, company, dated);
  const warnings: Warning[] = [];
  if (dated !== wanted) warnings.push({ code: 'date-moved', facts: { from: wanted, to: dated } });
  const needsDue = settings.postAs !== 'draft';
  if (due === null && needsDue)
    warnings.push({ code: 'no-terms', facts: { days: String(dueDaysWithoutTerms) } });
  const reference = fill(settings.referenceTemplate, {
    order: first.order.number,
    customer: world.customer(first.order.customerId)?.name ?? '',
    purchaseOrder: first.order.purchaseOrder ?? '',
    month: dated.slice(0, 7),
  });
  return {
    header: {
      companyId: company.id,
      currency: first.amount.currency,
      date: dated,
      dueDate: due ?? (needsDue ? addDays(dated, dueDaysWithoutTerms) : null),
      reference: withDocumentMark(
        reference.slice(0, world.manifest.limits.referenceMax - marker.length - 1),
        marker,
      ),
      number:
        settings.numberBy === 'marketplace'
          ? `${first.order.number}${numberEnd(lines, purpose)}`
          : null,
      taxBasis: taxBasisOf(world),
      themeId: world.manifest.capabilities.themes ? settings.themeId : null,
      url: null,
      ...(settings.documentTypeId === null ? {} : { typeId: settings.documentTypeId }),
      ...(cycle === undefined ? {} : { cycle }),
    },
    warnings,
  };
}

/** A contract or agreement begins with the month of the earliest day that anything on it is about. */
export const runningSince = (lines: readonly DraftLine[]): CalendarDate =>
  firstOfMonth(
    lines
      .flatMap(({ order, charge, stands }) => [
        order.placedOn,
        ...(charge.period === null ? [] : [charge.period.start]),
        ...(stands === undefined ? [] : [stands.from]),
      ])
      .reduce(earlier),
  );

/** Numbers are unique in a system: a credit note, a yearly invoice or a correction has its own. */
function numberEnd(lines: readonly DraftLine[], purpose: Purpose): string {
  const kind = purpose === 'credit' ? '-CN' : purpose === 'yearly' ? '-Y' : '';
  const generation = Math.max(...lines.map(({ portion }) => portion.generation));
  return generation > 1 ? `${kind}-${generation}` : kind;
}

function dateOf(
  { settings, today }: PlanWorld,
  lines: readonly DraftLine[],
  first: DraftLine,
): CalendarDate {
  switch (settings.documentDate) {
    case 'first-order':
      return first.order.placedOn;
    case 'written':
      return today;
    case 'period-start':
      return lines.reduce(
        (start, { charge, order }) => earlier(start, charge.period?.start ?? order.placedOn),
        first.charge.period?.start ?? first.order.placedOn,
      );
    case 'closing-day':
      return closingAfter(today, settings.closingDay);
    default:
      return settings.documentDate satisfies never;
  }
}

/** By setting, or by the terms the company has in the system; null where it has none. */
export function dueDateOf(
  { dueDate }: Pick<Settings, 'dueDate'>,
  company: Pick<Company, 'terms'>,
  dated: CalendarDate,
): CalendarDate | null {
  switch (dueDate.mode) {
    case 'days-after':
      return addDays(dated, dueDate.days);
    case 'day-of-next-month':
      return dayOf(addMonths(firstOfMonth(dated), 1), dueDate.day);
    case 'company-terms':
      return termsDate(company.terms, dated);
    default:
      return dueDate satisfies never;
  }
}

function termsDate(terms: Company['terms'], dated: CalendarDate): CalendarDate | null {
  if (terms === undefined) return null;
  switch (terms.kind) {
    case 'days-after':
      return addDays(dated, terms.day);
    case 'days-after-month':
      return addDays(addMonths(firstOfMonth(dated), 1), terms.day - 1);
    case 'day-of-month':
      return later(dated, dayOf(firstOfMonth(dated), terms.day));
    case 'day-of-next-month':
      return dayOf(addMonths(firstOfMonth(dated), 1), terms.day);
    default:
      return terms.kind satisfies never;
  }
}

/** A day of a month, or its last day where the month is shorter. */
function dayOf(firstDay: CalendarDate, day: number): CalendarDate {
  const last = addDays(addMonths(firstDay, 1), -1);
  return earlier(last, addDays(firstDay, day - 1));
}
