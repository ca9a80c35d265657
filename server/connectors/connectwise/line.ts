import * as v from 'valibot';
import { addDays, type CalendarDate, date, later } from '../../domain/dates.ts';
import { normalized } from '../../domain/decimal.ts';
import { rawNumber } from '../../domain/json.ts';
import { firstOpenDay, periodOn } from '../../domain/standing-period.ts';
import { answerless, type Failed, refusal, unsent } from '../kit/written.ts';
import { type Chain, chainFor, dayOf, markOf, standingOf, withMark } from './additions.ts';
import type { LineBody, OnceBody, OpenBody } from './body.ts';
import type { Client, Written } from './client.ts';
import { asDay, billingOf } from './map.ts';
import { isKnown, type Move, movesLeft } from './moves.ts';
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
 * Brings an open line to what its steps say, whatever part of the way it stands. Nothing is done twice,
 * and a line that stands neither where it was nor on the way is left to a person.
 */
async function ensureOpen(desk: Desk, body: OpenBody): Promise<Made> {
  const chain = chainFor(desk.whole.additions, body);
  if (chain === null && body.lineId !== null)
    return refusal('The addition is no longer on the agreement.');
  const moves = movesLeft(body, chain);
  if (moves.length === 0) return { status: 'there' };
  if (!isKnown(body, chain))
    return refusal(
      `The addition has ${inWords(chain)}: somebody changed it. Nothing was written over it.`,
    );
  for (const move of moves) {
    const made = await take(desk, body, move);
    if (made.status === 'failed') return made;
  }
  return { status: 'done' };
}

async function take(desk: Desk, body: OpenBody, move: Move): Promise<Made> {
  switch (move.move) {
    case 'change': {
      const { addition, figures, until } = move;
      const told = figures === null ? { fields: {} } : await toldFields(desk, body, figures);
      if ('status' in told) return told;
      const isEnd = addition.cancelledDate !== until;
      const end = isEnd ? { cancelledDate: until === null ? null : asDay(until) } : {};
      const fields = { ...told.fields, ...end };
      return Object.keys(fields).length === 0 ? { status: 'there' } : patch(desk, addition, fields);
    }
    case 'empty':
      return patch(desk, move.addition, {
        quantity: rawNumber('0'),
        cancelledDate: asDay(date(dayOf(move.addition))),
      });
    case 'open':
      return open(desk, body, move.after, {
        ...move.figures,
        effectiveDate: move.from,
        cancelledDate: move.until,
        once: false,
      });
    case 'remove':
      return takeAway(desk, move.addition);
    default:
      return move satisfies never;
  }
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

/** A one-off line, or the only addition of an open one. */
async function removeLine(desk: Desk, lineId: string): Promise<Made> {
  const { additions } = desk.whole;
  const addition = additions.find(({ id }) => id === lineId);
  if (addition === undefined) return { status: 'there' };
  const chain = chainFor(additions, { marker: markOf(addition) ?? '', lineId });
  if (chain !== null && chain.additions.length > 1)
    return refusal('The line was changed since it was opened. It is ended with a date.');
  return takeAway(desk, addition);
}

/** "DELETE is for lines never invoiced": ConnectWise refuses it otherwise, and says so. */
async function takeAway(desk: Desk, addition: Addition): Promise<Made> {
  const gone = await remove(desk, addition.id);
  if (gone.status === 'failed') return gone;
  desk.takeBack.push(async () => {
    const { agreement } = desk.whole;
    const again = await desk.client.write({
      method: 'POST',
      path: `finance/agreements/${agreement.id}/additions`,
      body: asItWas(addition),
    });
    takeIn(desk, again);
    return again;
  });
  return { status: 'done' };
}

const asItWas = (addition: Addition) => ({
  product: { id: rawNumber(addition.product.id) },
  ...ownFigures(addition),
  ...(addition.billCustomer === null ? {} : { billCustomer: addition.billCustomer }),
  ...(addition.effectiveDate === null ? {} : { effectiveDate: asDay(addition.effectiveDate) }),
  ...(addition.cancelledDate === null ? {} : { cancelledDate: asDay(addition.cancelledDate) }),
  ...(addition.description === null ? {} : { description: addition.description }),
  ...(addition.invoiceDescription === null
    ? {}
    : { invoiceDescription: addition.invoiceDescription }),
});

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
    return { status: 'failed', certainty: 'unknown', failure: answerless() };
  }
  const addition = known.output;
  desk.reader.learn(agreement.id, addition);
  const others = additions.filter(({ id }) => id !== addition.id);
  desk.whole = { ...desk.whole, additions: [...others, addition] };
  return { status: 'done', addition };
}

const firstLine = (text: string): string => text.split('\n')[0]?.trim() || 'Addition';

function inWords(chain: Chain | null): string {
  if (chain === null) return 'nothing';
  const { quantity, unitPrice } = standingOf(chain);
  return `${quantity} at ${unitPrice}`;
}
