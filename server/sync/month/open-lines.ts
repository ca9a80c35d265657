import { compareText } from '../../domain/compare-text.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { multiply } from '../../domain/decimal.ts';
import type { DocumentLine } from '../../domain/document.ts';
import { isOfOpenLine, type Link } from '../../domain/link.ts';
import { type Money, money, zero } from '../../domain/money.ts';
import { isWholePeriod } from '../../domain/rules/standing/rule.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { Charged } from './charged.ts';
import type { Billed, ReadBack, StandingLine } from './lines.ts';

type Step = NonNullable<Link['step']> & Pick<Link, 'at'>;

/** A line that stays open: what we wrote to it, step by step, and how it stands. */
interface OpenLine {
  /** The earliest first. */
  steps: readonly Step[];
  /** A link that carries it: its figures are those of the newest step, or what a person said is right. */
  current: Link | null;
  /** Null where it stands no longer. */
  at: StandingLine | null;
}

/**
 * Charges that a line which stays open bills. Such a line has no date: it bills each period as it stands
 * on its first day, and all charges of that day are one amount, of which the last one takes what differs.
 */
export function onOpenLines(
  world: PlanWorld,
  billed: Billed,
  charges: readonly Charged[],
): Charged[] {
  const lines = openLinesOf(billed);
  const groups = Map.groupBy(charges, groupOf);
  return [...groups].flatMap(([key, group]) => {
    const line = lines.get(group[0]?.openLine ?? '');
    if (key === null || line === undefined) return group.filter(isNoGap);
    const ordered = group.some(isNoGap) ? group.filter(isNoGap) : group;
    return ofOneDay(world, line, ordered);
  });
}

/** A period without an order is billed by an open line that the marketplace told nothing of. */
const isNoGap = ({ order }: Charged): boolean => order.type !== 'missing';

/** The line and its day; null where a charge is a line of its own. */
const groupOf = (one: Charged): string | null =>
  one.openLine === null ? null : `${one.openLine} ${dayOf(one)}`;
const dayOf = ({ charge, order }: Charged): CalendarDate => charge.period?.start ?? order.placedOn;

function openLinesOf({ links, lines }: Billed): Map<string, OpenLine> {
  const marked = new Map(lines.map((at) => [at.line.marker as string | null, at]));
  const byMark = Map.groupBy(
    links.filter(({ step }) => step !== undefined),
    ({ step }) => step?.marker ?? '',
  );
  return new Map(
    [...byMark].map(([marker, own]) => {
      const current = own.find(isOfOpenLine) ?? null;
      const linked = current === null ? null : lines.find((at) => isLinked(at, current));
      const steps = own
        .flatMap(({ step, at }): Step[] => (step === undefined ? [] : [{ ...step, at }]))
        .sort((a, b) => compareText(a.from, b.from) || compareText(a.at, b.at));
      return [marker, { steps, current, at: marked.get(marker) ?? linked ?? null }];
    }),
  );
}

/** A line that a person linked carries no mark. */
const isLinked = ({ snapshot, line }: StandingLine, current: Link): boolean =>
  snapshot.document.id === current.documentId && line.id === current.lineId;

function ofOneDay(world: PlanWorld, line: OpenLine, group: readonly Charged[]): Charged[] {
  const whole = group.filter(({ charge }) => isWholePeriod(charge));
  const parts = group.filter(({ charge }) => !isWholePeriod(charge));
  const [first] = whole;
  const figures = first === undefined ? null : figuresOn(line, dayOf(first));
  let { billed, standing } = figures ?? { billed: null, standing: null };
  const shared = whole.map((one, index): Charged => {
    const isLast = index === whole.length - 1;
    const share = (left: Money | null): Money => (isLast && left !== null ? left : one.amount);
    const back = readBack(line, one, { billed: share(billed), standing: share(standing) });
    billed = minus(billed, one.amount);
    standing = minus(standing, one.amount);
    const found = standingFor(one, back);
    return isLast && index > 0 ? { ...found, reason: found.reason ?? 'shared-line' } : found;
  });
  return [...shared, ...parts.map((one) => ofPart(world, line, one))];
}

/** The system works a part out by itself, unless it is a refund that the reseller keeps. */
function ofPart({ settings }: PlanWorld, line: OpenLine, one: Charged): Charged {
  const isKept = settings.seatsDown === 'quantity-only' && one.amount.amountMinor < 0n;
  const amount = isKept ? zero(one.amount.currency) : one.amount;
  const found = standingFor(one, readBack(line, one, { billed: amount, standing: amount }));
  return isKept ? { ...found, reason: 'kept-refund' } : found;
}

const standingFor = (one: Charged, back: ReadBack): Charged => ({
  ...one,
  links: [back],
  standing: one.standing === 'asks' ? 'asks' : 'billed',
  reason: one.links.length === 0 ? null : one.reason,
});

function readBack(
  { at, current, steps }: OpenLine,
  one: Charged,
  amounts: Pick<ReadBack, 'billed' | 'standing'>,
): ReadBack {
  const link = one.links.at(-1)?.link ?? null;
  return {
    link,
    documentId: at?.snapshot.document.id ?? current?.documentId ?? link?.documentId ?? '',
    document: at?.snapshot.document ?? null,
    gone: at === null && steps.length > 0 ? 'removed' : null,
    ...amounts,
  };
}

/** What the line bills for a period that begins on a day: as we wrote it, and as it stands. */
function figuresOn(
  { steps, current, at }: OpenLine,
  day: CalendarDate,
): Pick<ReadBack, 'billed' | 'standing'> | null {
  const currency = (at?.line.amount ?? current?.amount)?.currency;
  if (currency === undefined) return null;
  const step = steps.findLast(({ from }) => from <= day) ?? null;
  const isNewest = step !== null && step === steps.at(-1);
  const standing = at === null ? zero(currency) : standingOn(at.line, day, isNewest ? null : step);
  if (step === null) return { billed: standing, standing };
  return {
    billed: isNewest && current !== null ? current.amount : amountOf(step, currency),
    standing,
  };
}

/** By what the system tells of earlier days; a price that it does not tell is the one we wrote then. */
function standingOn(line: DocumentLine, day: CalendarDate, step: Step | null): Money {
  const { currency } = line.amount;
  if (line.history === undefined) return step === null ? line.amount : amountOf(step, currency);
  const entry = line.history.findLast(({ from }) => from <= day);
  if (entry === undefined) return zero(currency);
  if (step === null && entry === line.history.at(-1)) return line.amount;
  const unitPrice = entry.unitPrice ?? step?.unitPrice ?? line.unitPrice;
  return amountOf({ quantity: entry.quantity, unitPrice }, currency);
}

const amountOf = (
  { quantity, unitPrice }: Pick<Step, 'quantity' | 'unitPrice'>,
  currency: string,
): Money => money(multiply(quantity, unitPrice), currency);

/** In another currency all of it is the last one's. */
const minus = (from: Money | null, amount: Money): Money | null =>
  from === null || from.currency !== amount.currency
    ? from
    : { ...from, amountMinor: from.amountMinor - amount.amountMinor };
