import { addDays, type CalendarDate } from '../../domain/dates.ts';
import { compare, isZero } from '../../domain/decimal.ts';
import type { StandingStep } from '../../domain/document.ts';
import { type Chain, dayOf, lastOf, standingOf } from './additions.ts';
import type { OpenBody } from './body.ts';
import type { Addition } from './schema.ts';

/** One call that brings an open line nearer to what its steps say. */
export type Move =
  /** The addition takes these figures, where they are given, and ends on this day; null runs on. */
  | { move: 'change'; addition: Addition; figures: Figures | null; until: CalendarDate | null }
  /** It bills nothing any more, and stays as the line that it begins. */
  | { move: 'empty'; addition: Addition }
  | {
      move: 'open';
      after: Addition | null;
      from: CalendarDate;
      until: CalendarDate | null;
      figures: Figures;
    }
  | { move: 'remove'; addition: Addition };

export interface Figures {
  quantity: string;
  unitPrice: string;
}
type Wanted = Pick<OpenBody, 'before' | 'steps' | 'leaves' | 'itemId'>;
interface Segment extends StandingStep {
  /** Its last day; null where nothing follows. */
  until: CalendarDate | null;
}

/**
 * What is still to do so that from its first step's day on a line is what its steps say, and nothing
 * else; none where it came there. What stood before that day stays as it was, but for its end: where a
 * change is taken back, the addition that it had ended runs on, and the ones that came after it go. One
 * that begins on or after the day of a step, and still bills something then, is changed where it is.
 * Additions are taken away first: only that can be refused for what was invoiced, and an end that is in
 * an invoiced period could not be put back.
 */
export function movesLeft(wanted: Wanted, chain: Chain | null): Move[] {
  const additions = chain?.additions ?? [];
  const segments = segmentsOf(wanted.steps);
  const moves: Move[] = [];
  const removed: Move[] = [];
  const first = segments[0]?.from ?? null;
  let last = first === null ? null : (additions.findLast((one) => dayOf(one) < first) ?? null);
  let lastFigures = last === null ? null : figuresOf(last);
  /** Of what stood before the first step; later ones get their end with their beginning. */
  const endOn = (from: CalendarDate, besides: Addition | null): void => {
    const end = addDays(from, -1);
    for (const addition of additions)
      if (addition !== besides && dayOf(addition) < from && reaches(addition, from))
        moves.push({ move: 'change', addition, figures: null, until: end });
  };
  for (const [index, { from, until, quantity, unitPrice }] of segments.entries()) {
    const here = additions.filter((one) => dayOf(one) >= from && !isAfter(one, until));
    const isFirst = index === 0;
    if (isZero(quantity)) {
      if (isFirst) endOn(from, null);
      for (const addition of here)
        if (addition !== additions[0]) removed.push({ move: 'remove', addition });
        else if (!isEmpty(addition)) moves.push({ move: 'empty', addition });
      last = here[0] === additions[0] ? (here[0] ?? last) : last;
      lastFigures = null;
      continue;
    }
    const figures = { quantity, unitPrice };
    const runsOn =
      isFirst &&
      last !== null &&
      lastFigures !== null &&
      !isEmpty(last) &&
      isSame(figures, lastFigures, wanted.leaves) &&
      goesOn(last, from, here, wanted);
    if (runsOn && last !== null) {
      endOn(from, last);
      if (last.cancelledDate !== until)
        moves.push({ move: 'change', addition: last, figures: null, until });
      for (const addition of here) removed.push({ move: 'remove', addition });
      continue;
    }
    if (isFirst) endOn(from, null);
    // With something before it, one that begins later would leave days between without any.
    const own = here.find((one) => last === null || dayOf(one) === from);
    for (const addition of here) if (addition !== own) removed.push({ move: 'remove', addition });
    if (own === undefined) {
      moves.push({ move: 'open', after: last, from, until, figures });
      lastFigures = figures;
      continue;
    }
    const isAsWanted = isSame(figures, figuresOf(own), wanted.leaves);
    if (!isAsWanted || own.cancelledDate !== until)
      moves.push({ move: 'change', addition: own, figures: isAsWanted ? null : figures, until });
    last = own;
    lastFigures = figures;
  }
  return [...removed, ...moves];
}

/**
 * Whether a line stands where the write was told it would, or on the way: anything else is somebody's
 * own change, which is not written over.
 */
export function isKnown({ before, steps, leaves }: Wanted, chain: Chain | null): boolean {
  if (chain === null) return true;
  const now = standingOf(chain);
  const last = lastOf(chain);
  if (before !== null && isSame(before, now)) return true;
  if (steps.some((step) => isTaken(chain, step, leaves))) return true;
  // Ended for a step whose addition was not opened yet, or that shall run on and does not yet.
  const isHalf = steps.some(({ from }) => last.cancelledDate === addDays(from, -1));
  return isHalf && [before, ...steps].some((one) => one !== null && isSame(one, figuresOf(last)));
}

/** Whether any of the moves was made, while some are left. For recovery, of a line that is known. */
export function isBegun({ steps, leaves }: Wanted, chain: Chain | null): boolean {
  if (chain === null) return false;
  const { additions } = chain;
  const isHalf = steps.some(
    ({ from }) =>
      additions.some(({ cancelledDate }) => cancelledDate === addDays(from, -1)) &&
      !additions.some((one) => dayOf(one) === from),
  );
  const overlaps = additions.some((one, at) => {
    const next = additions[at + 1];
    return next !== undefined && !isEmpty(one) && reaches(one, dayOf(next));
  });
  return isHalf || overlaps || steps.some((step) => isTaken(chain, step, leaves));
}

function isTaken(
  chain: Chain,
  { from, quantity, unitPrice }: StandingStep,
  leaves: Wanted['leaves'],
): boolean {
  const last = lastOf(chain);
  if (isZero(quantity)) {
    const isEnded = last.cancelledDate !== null && last.cancelledDate < from;
    return isEnded || (dayOf(last) >= from && isZero(last.quantity));
  }
  return chain.additions.some((addition) => {
    const begins = dayOf(addition);
    const isThere = begins === from || (addition === last && begins > from);
    return isThere && isSame({ quantity, unitPrice }, figuresOf(addition), leaves);
  });
}

const segmentsOf = (steps: readonly StandingStep[]): Segment[] =>
  steps.map((step, index) => {
    const next = steps[index + 1];
    return { ...step, until: next === undefined ? null : addDays(next.from, -1) };
  });

/** One that a change ended is taken up again; otherwise only what is of the wanted product runs on. */
function goesOn(
  last: Addition,
  from: CalendarDate,
  here: readonly Addition[],
  { itemId, leaves }: Wanted,
): boolean {
  const isNext = last.cancelledDate === addDays(from, -1);
  if (!isNext && !reaches(last, from)) return false;
  const isProduct = leaves.includes('products') || itemId === null || last.product.id === itemId;
  return isProduct || here.length > 0;
}

const figuresOf = ({ quantity, unitPrice }: Addition): Figures => ({
  quantity,
  unitPrice: unitPrice ?? '0',
});
const isEmpty = ({ quantity, effectiveDate, cancelledDate }: Addition): boolean =>
  isZero(quantity) && cancelledDate !== null && cancelledDate === effectiveDate;
const reaches = ({ cancelledDate }: Addition, day: string): boolean =>
  cancelledDate === null || cancelledDate >= day;
const isAfter = (addition: Addition, until: CalendarDate | null): boolean =>
  until !== null && dayOf(addition) > until;

/** By what is exported of it: the rest is ConnectWise's own. */
const isSame = (one: Figures, other: Figures, leaves: Wanted['leaves'] = []): boolean =>
  (leaves.includes('quantity') || compare(one.quantity, other.quantity) === 0) &&
  (leaves.includes('price') ||
    compare(one.unitPrice, other.unitPrice) === 0 ||
    isZero(one.quantity));
