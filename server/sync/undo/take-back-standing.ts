import { type CalendarDate, later } from '../../domain/dates.ts';
import { compare, isZero } from '../../domain/decimal.ts';
import type { Document, DocumentLine, StandingStep } from '../../domain/document.ts';
import { isOfOpenLine, type Link, lineOfLink } from '../../domain/link.ts';
import type { LineChange } from '../../domain/ports/write.ts';
import { feeByClass } from '../../domain/rules/rule.ts';
import { firstOpenDay } from '../../domain/standing-period.ts';
import { changedLines } from '../check/snapshots.ts';
import { taskIdOf } from '../check/tasks.ts';
import { documentPlan } from '../plan/document-plan.ts';
import { reversalOf } from '../plan/reversal.ts';
import type { Snapshot } from '../plan/snapshots.ts';
import type { PlanWorld } from '../plan/world.ts';
import { changesOf } from '../write-plan.ts';
import { type Answer, nothing } from './answer.ts';

/**
 * Takes lines off a document that stays open. An open line goes back to what the orders that remain make
 * of it, from the day of the first one that is taken back; where none remains it ends. A one-off line is
 * removed while the system has not billed it, and answered by its mirror on the same document afterwards.
 * Where whole periods are billed, those that were invoiced stay, and the line goes back after them.
 */
export function takeBackStanding(
  world: PlanWorld,
  snapshot: Snapshot,
  links: readonly Link[],
): Answer {
  const { document } = snapshot;
  const company = world.company(document.companyId);
  if (company === null) return { can: false, why: 'unmapped' };
  const lineOf = (marker: string) => {
    const link = links.find((one) => one.marker === marker || one.step?.marker === marker);
    return link === undefined
      ? undefined
      : (document.lines.find((line) => line.marker === marker) ?? lineOfLink(document.lines, link));
  };
  const once = links.filter(({ step, marker }) => step?.marker !== marker);
  if (once.some(({ sign }) => sign === -1)) return { can: false, why: 'correction' };
  const billed = once.filter(({ marker }) => lineOf(marker)?.billed === true);
  const mirrors = billed.flatMap((link) => {
    const order = world.order(link.orderId);
    const charge = order?.charges.find(({ key }) => key === link.chargeKey);
    if (order === null || charge === undefined) return [];
    const line = reversalOf(world, order, charge, feeByClass(charge), link);
    return [{ taskId: taskIdOf(world.crypto, world.connection.id, order.id), lines: [line] }];
  });
  if (mirrors.length < billed.length) return { can: false, why: 'unread' };
  const plan =
    mirrors.length === 0
      ? null
      : documentPlan(world, {
          customerId: links[0]?.customerId ?? '',
          company,
          destination: {
            key: document.id,
            documentKind: document.kind,
            purpose: 'running',
            snapshot,
            needs: [],
          },
          placed: mirrors,
          postAs: 'draft',
        });
  const freed = links.filter((link) => !billed.includes(link));
  const removed = freed.flatMap(({ step, marker }): LineChange[] => {
    const line = step?.marker === marker ? undefined : lineOf(marker);
    return line === undefined ? [] : [{ change: 'remove', lineId: line.id }];
  });
  const markers = [...new Set(links.flatMap(({ step }) => step?.marker ?? []))];
  if (isChangedByHand(world, document, markers)) return { can: false, why: 'changed' };
  const open = openFrom(world, document);
  const backs = markers.flatMap((marker) =>
    backOf({ line: lineOf(marker), marker, links, all: world.linksOn(document.id), open }),
  );
  const stands = backs.map(({ change }) => change);
  const stays = document.billing?.billedThrough ?? null;
  const lines = [...removed, ...stands, ...(plan === null ? [] : changesOf(plan))];
  if (lines.length === 0) return { can: false, why: 'gone' };
  return {
    can: true,
    how: 'standing-lines',
    ...(stays !== null && backs.some(({ isLate }) => isLate) ? { stays } : {}),
    step: {
      write: { ...nothing(document), lines },
      plan,
      frees: freed.map(({ id }) => id),
      before: snapshot.hash,
    },
  };
}

/** Whether somebody changed one of the open lines since: it is not written over before they were asked. */
const isChangedByHand = (
  world: PlanWorld,
  document: Document,
  markers: readonly string[],
): boolean =>
  changedLines(document, world.linksOn(document.id)).some(
    ({ link, line }) => line !== null && isOfOpenLine(link) && markers.includes(link.marker),
  );

/** The first day that can still change; null where every day can. */
const openFrom = ({ manifest }: PlanWorld, { billing }: Document): CalendarDate | null =>
  manifest.standing?.wholePeriods === true && billing !== undefined ? firstOpenDay(billing) : null;

/**
 * The open line as the remaining orders make it, from the first day of what is taken back that is not
 * invoiced; before the first of them it is what a person had there.
 */
function backOf(of: {
  line: DocumentLine | undefined;
  marker: Link['marker'];
  links: readonly Link[];
  all: readonly Link[];
  open: CalendarDate | null;
}): { change: LineChange; isLate: boolean }[] {
  const { line, marker, links, all, open } = of;
  if (line === undefined) return [];
  const ids = new Set(links.map(({ id }) => id));
  const stepsOf = (some: readonly Link[]): StandingStep[] =>
    some
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .flatMap(({ step }) => (step?.marker === marker ? [step] : []))
      .map(({ from, quantity, unitPrice }) => ({ from, quantity, unitPrice }));
  const day = earliestOf(stepsOf(links));
  if (day === null) return [];
  const first = open === null ? day : later(day, open);
  // Later ones of a day take the place of earlier ones.
  const remaining = [
    ...new Map(
      stepsOf(all.filter(({ id }) => !ids.has(id))).map((step) => [step.from, step]),
    ).values(),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  const before =
    remaining.findLast(({ from }) => from <= first) ??
    line.history?.findLast(({ from }) => from < (earliestOf(stepsOf(all)) ?? day));
  const start = {
    from: first,
    quantity: before?.quantity ?? '0',
    unitPrice: before?.unitPrice ?? line.unitPrice,
  };
  const steps = [start, ...remaining.filter(({ from }) => from > first)].filter(
    (step, index, every) => index === 0 || !isSame(every[index - 1], step),
  );
  const { quantity, unitPrice } = line;
  const { amount: _, tax: __, marker: ___, raw: ____, ...content } = line;
  const change: LineChange = {
    change: 'stand',
    lineId: line.id,
    marker,
    content: { ...content, quantity: start.quantity, unitPrice: start.unitPrice },
    before: { quantity, unitPrice },
    steps,
  };
  return [{ change, isLate: first > day }];
}

const earliestOf = (steps: readonly StandingStep[]): CalendarDate | null =>
  steps.map(({ from }) => from).sort()[0] ?? null;

const isSame = (a: StandingStep | undefined, b: StandingStep): boolean =>
  a !== undefined &&
  compare(a.quantity, b.quantity) === 0 &&
  (isZero(b.quantity) || compare(a.unitPrice, b.unitPrice) === 0);
