import { addDays, type CalendarDate, date, later } from '../../domain/dates.ts';
import { rawNumber } from '../../domain/json.ts';
import { firstOpenDay, periodOn } from '../../domain/standing-period.ts';
import { refusal } from '../kit/written.ts';
import { openAddition, patchAddition, removeAddition, toldFields } from './addition-writes.ts';
import { type Chain, chainFor, dayOf, markOf, standingOf } from './additions.ts';
import type { LineBody, OnceBody, OpenBody } from './body.ts';
import type { Desk, Made } from './desk.ts';
import { asDay, billingOf } from './map.ts';
import { isKnown, type Move, movesLeft } from './moves.ts';

/** Brings one line of an agreement to what was asked for, whatever of it stands already. */
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
  return openAddition(desk, body, null, {
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
      return Object.keys(fields).length === 0
        ? { status: 'there' }
        : patchAddition(desk, addition, fields);
    }
    case 'empty':
      return patchAddition(desk, move.addition, {
        quantity: rawNumber('0'),
        cancelledDate: asDay(date(dayOf(move.addition))),
      });
    case 'open':
      return openAddition(desk, body, move.after, {
        ...move.figures,
        effectiveDate: move.from,
        cancelledDate: move.until,
        once: false,
      });
    case 'remove':
      return removeAddition(desk, move.addition);
    default:
      return move satisfies never;
  }
}

/** A one-off line, or the only addition of an open one. */
async function removeLine(desk: Desk, lineId: string): Promise<Made> {
  const { additions } = desk.whole;
  const addition = additions.find(({ id }) => id === lineId);
  if (addition === undefined) return { status: 'there' };
  const chain = chainFor(additions, { marker: markOf(addition) ?? '', lineId });
  if (chain !== null && chain.additions.length > 1)
    return refusal('The line was changed since it was opened. It is ended with a date.');
  return removeAddition(desk, addition);
}

function inWords(chain: Chain | null): string {
  if (chain === null) return 'nothing';
  const { quantity, unitPrice } = standingOf(chain);
  return `${quantity} at ${unitPrice}`;
}
