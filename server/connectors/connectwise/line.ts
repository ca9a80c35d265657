import * as v from 'valibot';
import { addDays, type CalendarDate, date, later } from '../../domain/dates.ts';
import { compare, normalized } from '../../domain/decimal.ts';
import type { StandingStep } from '../../domain/document.ts';
import { retryLater } from '../../domain/errors.ts';
import { rawNumber } from '../../domain/json.ts';
import { firstOpenDay, periodOn } from '../../domain/standing-period.ts';
import { type Failed, refusal, unsent } from '../kit/written.ts';
import { type Chain, chainFor, dayOf, lastOf, markOf, standingOf, withMark } from './additions.ts';
import type { LineBody, OnceBody, OpenBody } from './body.ts';
import type { Client, Written } from './client.ts';
import { asDay, billingOf } from './map.ts';
import type { Reader, Whole } from './reader.ts';
import { type Addition, additionSchema, type BillingCycle } from './schema.ts';

const invoiceTextMax = 6_000;
const descriptionMax = 200;

/** One agreement while its lines are written: what is there now, and how to take back what was done. */
export interface Desk {
  client: Client;
  reader: Reader;
  cycles: readonly BillingCycle[];
  whole: Whole;
  takeBack: (() => Promise<Written>)[];
}
export type Made = { status: 'done' | 'there' } | Failed;

export async function writeLine(desk: Desk, body: LineBody): Promise<Made> {
  switch (body.kind) {
    case 'once':
      return ensureOnce(desk, body);
    case 'open':
      return ensureOpen(desk, body);
    case 'remove':
      return removeLine(desk, body.lineId);
    default:
      return body satisfies never;
  }
}

/**
 * A one-off line is an addition of exactly one period of its agreement, so that it is billed once and
 * whole, whether the agreement prorates or not. A period that was invoiced takes nothing more: the
 * first open one does.
 */
async function ensureOnce(desk: Desk, body: OnceBody): Promise<Made> {
  if (chainFor(desk.whole.additions, { marker: body.marker, lineId: null }) !== null)
    return { status: 'there' };
  const { start, end } = periodOfOnce(desk, body.date);
  return open(desk, body, null, {
    quantity: body.quantity,
    unitPrice: body.unitPrice,
    effectiveDate: start,
    cancelledDate: end,
    once: true,
  });
}

function periodOfOnce(
  { whole, cycles }: Pick<Desk, 'whole' | 'cycles'>,
  day: CalendarDate,
): { start: CalendarDate; end: CalendarDate } {
  const billing = billingOf(whole, { cycles });
  if (billing === null) return { start: day, end: day };
  const period = periodOn(billing, later(day, firstOpenDay(billing)));
  return period === null
    ? { start: day, end: day }
    : { start: period.start, end: addDays(period.end, -1) };
}

/**
 * Brings an open line to its last step, whatever part of the way it stands: each step ends the addition
 * before it and opens the next from its day; one that begins on or after the day of the step is changed
 * where it is. Nothing is done twice, and a line that stands neither where it was nor on the way is
 * left to a person.
 */
async function ensureOpen(desk: Desk, body: OpenBody): Promise<Made> {
  const chain = chainFor(desk.whole.additions, body);
  if (chain === null && body.lineId !== null)
    return refusal('The addition is no longer on the agreement.');
  const taken = stepsTaken(body, chain);
  if (taken === null)
    return refusal(
      `The addition has ${inWords(chain)}: somebody changed it. Nothing was written over it.`,
    );
  const left = body.steps.slice(taken + 1);
  for (const step of left) {
    const made = await take(desk, body, step);
    if (made.status === 'failed') return made;
  }
  return { status: left.length === 0 ? 'there' : 'done' };
}

/**
 * How many steps a line has taken: the index of the last one, -1 before the first, null where it stands
 * somewhere else. Half a step, the addition before it ended and nothing opened, counts as not taken.
 */
export function stepsTaken(
  { before, steps, leaves }: Pick<OpenBody, 'before' | 'steps' | 'leaves'>,
  chain: Chain | null,
): number | null {
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step !== undefined && chain !== null && isTaken(chain, step, leaves)) return at;
  }
  if (chain === null) return -1;
  const now = standingOf(chain);
  if (before !== null && isSame(before, now)) return -1;
  // Ended for the first step, which was not opened yet.
  const last = lastOf(chain);
  const first = steps[0]?.from;
  const isHalf =
    first !== undefined && last.cancelledDate === addDays(first, -1) && before !== null;
  return isHalf && isSame(before, asItWas(last)) ? -1 : null;
}

function isTaken(
  chain: Chain,
  { from, quantity, unitPrice }: StandingStep,
  leaves: OpenBody['leaves'],
): boolean {
  const last = lastOf(chain);
  if (compare(quantity, '0') === 0) {
    const isEnded = last.cancelledDate !== null && last.cancelledDate < from;
    const isEmptied = dayOf(last) >= from && compare(last.quantity, '0') === 0;
    return isEnded || isEmptied;
  }
  return chain.additions.some((addition) => {
    const begins = dayOf(addition);
    const isThere = begins === from || (addition === last && begins > from);
    return isThere && isSame({ quantity, unitPrice }, asItWas(addition), leaves);
  });
}

/** Whether an addition of the way is there but not all of it, for recovery. */
export const isBegun = ({ steps }: Pick<OpenBody, 'steps'>, chain: Chain | null): boolean =>
  (chain?.additions ?? []).some(({ cancelledDate }) =>
    steps.some(({ from }) => cancelledDate === addDays(from, -1)),
  );

const asItWas = ({ quantity, unitPrice }: Addition) => ({ quantity, unitPrice: unitPrice ?? '0' });
/** By what is exported of it: the rest is ConnectWise's own. */
const isSame = (
  one: { quantity: string; unitPrice: string },
  other: { quantity: string; unitPrice: string },
  leaves: OpenBody['leaves'] = [],
): boolean =>
  (leaves.includes('quantity') || compare(one.quantity, other.quantity) === 0) &&
  (leaves.includes('price') ||
    compare(one.unitPrice, other.unitPrice) === 0 ||
    compare(one.quantity, '0') === 0);

async function take(desk: Desk, body: OpenBody, step: StandingStep): Promise<Made> {
  const chain = chainFor(desk.whole.additions, body);
  const last = chain === null ? null : lastOf(chain);
  const isEnd = compare(step.quantity, '0') === 0;
  const opened = {
    quantity: step.quantity,
    unitPrice: step.unitPrice,
    effectiveDate: step.from,
    cancelledDate: null,
    once: false,
  };
  if (last === null) return isEnd ? { status: 'there' } : open(desk, body, null, opened);
  if (dayOf(last) >= step.from) return changeInPlace(desk, body, last, step);
  const endsOn = addDays(step.from, -1);
  if (last.cancelledDate === null || last.cancelledDate > endsOn) {
    const ended = await patch(desk, last, { cancelledDate: asDay(endsOn) });
    if (ended.status === 'failed' || isEnd) return ended;
  } else if (isEnd) return { status: 'there' };
  return open(desk, body, last, opened);
}

/** It bills nothing before the step: it takes the step's figures, or bills nothing at all. */
async function changeInPlace(
  desk: Desk,
  body: OpenBody,
  addition: Addition,
  { quantity, unitPrice }: StandingStep,
): Promise<Made> {
  if (compare(quantity, '0') === 0)
    return patch(desk, addition, {
      quantity: rawNumber('0'),
      cancelledDate: asDay(date(dayOf(addition))),
    });
  const told = await toldFields(desk, body, { quantity, unitPrice });
  if ('status' in told) return told;
  return Object.keys(told.fields).length === 0
    ? { status: 'there' }
    : patch(desk, addition, told.fields);
}

/** What is exported of a line's figures; a cost only where it is known and the role may see costs. */
async function toldFields(
  { reader }: Desk,
  { leaves, unitCost, itemId }: Pick<OpenBody, 'leaves' | 'unitCost' | 'itemId'>,
  { quantity, unitPrice }: { quantity: string; unitPrice: string },
): Promise<{ fields: Record<string, unknown> } | Failed> {
  const isCosted = unitCost !== null && !leaves.includes('cost');
  const isSeen = isCosted ? await reader.seesCosts(itemId).catch(unsent) : false;
  if (typeof isSeen !== 'boolean') return isSeen;
  const fields = {
    ...(leaves.includes('quantity') ? {} : { quantity: rawNumber(quantity) }),
    ...(leaves.includes('price') ? {} : { unitPrice: rawNumber(unitPrice) }),
    ...(isSeen && unitCost !== null ? { unitCost: rawNumber(unitCost) } : {}),
  };
  return { fields };
}

/** "DELETE is for lines never invoiced": ConnectWise refuses it otherwise, and says so. */
async function removeLine(desk: Desk, lineId: string): Promise<Made> {
  const { additions } = desk.whole;
  const addition = additions.find(({ id }) => id === lineId);
  if (addition === undefined) return { status: 'there' };
  const chain = chainFor(additions, { marker: markOf(addition) ?? '', lineId });
  if (chain !== null && chain.additions.length > 1)
    return refusal('The line was changed since it was opened. It is ended with a date.');
  const gone = await remove(desk, lineId);
  return gone.status === 'done' ? { status: 'done' } : gone;
}

/** A new addition; `before` is the one that it follows, whose own figures stay where they are not exported. */
async function open(
  desk: Desk,
  body: OnceBody | OpenBody,
  before: Addition | null,
  as: {
    quantity: string;
    unitPrice: string;
    effectiveDate: CalendarDate;
    cancelledDate: CalendarDate | null;
    once: boolean;
  },
): Promise<Made> {
  const { marker, description, leaves } = body;
  const kept = before !== null && leaves.includes('products') ? before.product.id : body.itemId;
  if (kept === null)
    return refusal('An addition needs a product. Map the product to one of your catalogue.');
  const told = await toldFields(desk, body, as);
  if ('status' in told) return told;
  const { agreement } = desk.whole;
  const made = await desk.client.write({
    method: 'POST',
    path: `finance/agreements/${agreement.id}/additions`,
    body: {
      product: { id: rawNumber(kept) },
      ...(before === null ? {} : ownFigures(before)),
      ...told.fields,
      billCustomer: before?.billCustomer ?? 'Billable',
      effectiveDate: asDay(as.effectiveDate),
      ...(as.cancelledDate === null ? {} : { cancelledDate: asDay(as.cancelledDate) }),
      description: withMark(firstLine(description).slice(0, descriptionMax), marker, as.once),
      invoiceDescription: description.slice(0, invoiceTextMax),
    },
  });
  const taken = takeIn(desk, made);
  if (taken.status === 'failed') return taken;
  desk.takeBack.push(() => remove(desk, taken.addition.id));
  return { status: 'done' };
}

/** The figures of an addition as the next one keeps them, and how it is taxed. */
const ownFigures = ({ quantity, unitPrice, unitCost, taxableFlag }: Addition) => ({
  quantity: rawNumber(quantity),
  ...(unitPrice === null ? {} : { unitPrice: rawNumber(unitPrice) }),
  ...(unitCost === null ? {} : { unitCost: rawNumber(unitCost) }),
  ...(taxableFlag === null ? {} : { taxableFlag }),
});

async function patch(
  desk: Desk,
  before: Addition,
  fields: Readonly<Record<string, unknown>>,
): Promise<Made> {
  const path = `finance/agreements/${desk.whole.agreement.id}/additions/${before.id}`;
  const change = (values: Readonly<Record<string, unknown>>) =>
    desk.client.write({
      method: 'PATCH',
      path,
      body: Object.entries(values).map(([name, value]) =>
        value === null ? { op: 'remove', path: name } : { op: 'replace', path: name, value },
      ),
    });
  const made = takeIn(desk, await change(fields));
  if (made.status === 'failed') return made;
  const held: Readonly<Record<string, unknown>> = {
    quantity: rawNumber(normalized(before.quantity)),
    unitPrice: before.unitPrice === null ? null : rawNumber(before.unitPrice),
    unitCost: before.unitCost === null ? null : rawNumber(before.unitCost),
    cancelledDate: before.cancelledDate === null ? null : asDay(before.cancelledDate),
  };
  desk.takeBack.push(async () => {
    const back = await change(
      Object.fromEntries(Object.keys(fields).map((name) => [name, held[name] ?? null])),
    );
    takeIn(desk, back);
    return back;
  });
  return { status: 'done' };
}

async function remove(desk: Desk, additionId: string): Promise<Written> {
  const { agreement, additions } = desk.whole;
  const gone = await desk.client.write({
    method: 'DELETE',
    path: `finance/agreements/${agreement.id}/additions/${additionId}`,
  });
  if (gone.status === 'done') {
    desk.reader.forget(agreement.id, additionId);
    desk.whole = { ...desk.whole, additions: additions.filter(({ id }) => id !== additionId) };
  } else desk.reader.learn(agreement.id, null);
  return gone;
}

/** The whole record comes back: it is what the agreement holds now, without another read. */
function takeIn(desk: Desk, made: Written): { status: 'done'; addition: Addition } | Failed {
  const { agreement, additions } = desk.whole;
  if (made.status === 'failed') {
    desk.reader.learn(agreement.id, null);
    return made;
  }
  const known = v.safeParse(additionSchema, made.value);
  if (!known.success) {
    desk.reader.learn(agreement.id, null);
    return { status: 'failed', certainty: 'unknown', failure: unreadable };
  }
  const addition = known.output;
  desk.reader.learn(agreement.id, addition);
  const others = additions.filter(({ id }) => id !== addition.id);
  desk.whole = { ...desk.whole, additions: [...others, addition] };
  return { status: 'done', addition };
}

const unreadable = {
  code: 'system.answer',
  said: null,
  retry: retryLater(),
  reference: null,
} as const;

const firstLine = (text: string): string => text.split('\n')[0]?.trim() || 'Addition';

function inWords(chain: Chain | null): string {
  if (chain === null) return 'nothing';
  const { quantity, unitPrice } = standingOf(chain);
  return `${quantity} at ${unitPrice}`;
}
