import type { Books } from '../books.ts';
import { withoutCorrected } from '../corrections.ts';
import { type Difference, explainLeft } from '../differences.ts';
import { type Exact, equals, isZero, plus, times, toCoins, written, zero } from '../exact.ts';
import type { HeldLine } from '../held.ts';
import type { JournalEntry } from '../journal-entry.ts';
import { markOf } from '../marks.ts';
import { pair } from '../pairing.ts';
import type { HeldBook, HeldDocument, HeldStanding } from './held.ts';
import {
  inForce,
  inWords,
  isSameEveryDay,
  moved,
  onPeriods,
  type Step,
  shiftDaysMax,
  tidy,
} from './steps.ts';
import { type WantedLine, type WantedStanding, wantedStanding } from './wanted.ts';

export interface StandingAudit {
  ok: boolean;
  differences: Difference[];
  drift: { document: string; line: string; what: string }[];
  /** Per contact and currency: what stands once, and what the open lines come to in a period of today. */
  sums: { contact: string; currency: string; once: string; perPeriod: string }[];
  left: { order: string; charge: string; reason: string }[];
}
interface Place {
  contact: string;
  currency: string;
}
/** A held line with the document it stands on. */
type Placed = HeldStanding & Place & { months: number | null; anchor: string | null };

/**
 * What the system's open documents must hold, recomputed from the marketplace's journal and what the
 * reseller chose, against what its own journal says the app put there: one-off lines to the coin, open
 * lines by units and price on every day.
 */
export function auditStanding(of: {
  marketplace: readonly JournalEntry[];
  held: HeldBook;
  books: Books;
}): StandingAudit {
  const { held, books } = of;
  const wanted = wantedStanding(of.marketplace, books);
  const documents = new Map(held.documents.map((one) => [one.id, one]));
  const stays = held.lines.filter((line) => !isLeftBehind(line, held.lines, documents));
  const lines = stays.map((line) => placed(line, documents.get(line.document)));
  const standing = pairLines(wanted.lines, lines, wanted.names);
  // What was billed already is answered on its own document.
  const live = withoutCorrected(
    held.once.filter(({ isLive }) => isLive),
    (_number, line, correction) => line.document === correction.document,
  );
  const first = pair(wanted.once, live, wanted.names);
  const second = pair(
    first.charges,
    held.once.filter(({ isLive }) => !isLive),
    wanted.names,
  );
  const pairs = [...first.pairs, ...second.pairs];
  const bill = { bill: wanted.once, none: wanted.none, names: wanted.names };
  const differences = [
    ...repeated([...stays.map(({ mark }) => mark), ...live.map(({ text }) => markOf(text))]),
    ...standing.differences,
    ...explainLeft({ ...first, charges: second.charges, pairs, wanted: bill }),
    ...apart(standing.pairs, pairs, documents),
    ...standing.pairs.flatMap(({ wanted: line, held: found }) =>
      misplaced(line, found, documents.get(found.document)),
    ),
  ];
  return {
    ok: differences.length === 0,
    differences,
    drift: [
      ...held.lines.flatMap(({ document, text, drift }) =>
        drift === null ? [] : [{ document, line: text, what: drift }],
      ),
      ...held.once.flatMap(({ document, text, drift }) =>
        drift === null ? [] : [{ document, line: text, what: drift }],
      ),
    ],
    sums: sumsOf(live, lines, books.today),
    left: wanted.none.map(({ charge, reason }) => ({
      order: charge.order,
      charge: charge.name,
      reason,
    })),
  };
}

/** Its contract or agreement was ended by a person, who is told; it goes on on another one. */
const isLeftBehind = (
  { mark, document }: HeldStanding,
  lines: readonly HeldStanding[],
  documents: ReadonlyMap<string, HeldDocument>,
): boolean =>
  mark !== null &&
  documents.get(document)?.isOpen === false &&
  lines.some((other) => other.mark === mark && other.document !== document);

const placed = (line: HeldStanding, document: HeldDocument | undefined): Placed => ({
  ...line,
  // What a person ended with its document is as they left it.
  drift: line.drift ?? (document?.isOpen === false ? 'a person ended the document' : null),
  contact: document?.contact ?? '',
  currency: document?.currency ?? '',
  months: document?.months ?? null,
  anchor: document?.wholePeriodsFrom ?? null,
});

interface Paired {
  pairs: { wanted: WantedLine; held: Placed }[];
  differences: Difference[];
}

/** Lines that agree on every day first, then those of one place and item: the days are what differs. */
function pairLines(
  wanted: readonly WantedLine[],
  held: readonly Placed[],
  names: readonly string[],
): Paired {
  const result: Paired = { pairs: [], differences: [] };
  const open = new Set(wanted.filter(({ steps }) => tidy(steps).length > 0));
  const left = new Set(held);
  const take = (isLike: (line: WantedLine, found: Placed) => boolean): typeof result.pairs => {
    const taken: typeof result.pairs = [];
    for (const line of open) {
      const found = [...left].find((one) => isPlace(line, one, names) && isLike(line, one));
      if (found === undefined) continue;
      open.delete(line);
      left.delete(found);
      taken.push({ wanted: line, held: found });
    }
    return taken;
  };
  result.pairs.push(
    ...take((line, { steps, anchor, months }) =>
      isSameEveryDay(
        anchor === null || months === null ? line.steps : onPeriods(line.steps, { anchor, months }),
        steps,
      ),
    ),
  );
  // What a person changed is what the app left alone: the line is there, and no fault of the app.
  result.pairs.push(...take((_line, { drift }) => drift !== null));
  for (const { wanted: line, held: found } of take(() => true)) {
    result.pairs.push({ wanted: line, held: found });
    result.differences.push({
      kind: 'amount',
      ...aboutLine(line),
      found: `${inWords(found.steps)} on ${found.document}`,
    });
  }
  for (const line of open)
    result.differences.push({ kind: 'missing', ...aboutLine(line), found: 'no line' });
  for (const { drift, steps, text, document, contact, isInvoiced } of left)
    if (drift === null && !isShort(steps) && isInvoiced !== true)
      result.differences.push({
        kind: 'extra',
        order: '',
        charge: text,
        expected: 'no open line',
        found: `${inWords(steps)} for ${contact} on ${document}`,
      });
  return result;
}

function isPlace(line: WantedLine, found: Placed, names: readonly string[]): boolean {
  if (line.contact !== found.contact || line.currency !== found.currency) return false;
  if (line.item !== null) return line.item === found.item;
  const isOwn = line.words.some((word) => found.text.includes(word));
  return isOwn || !names.some((name) => found.text.startsWith(name));
}

/**
 * What was taken back stands for a few days at most, where a day takes one change only: the day it began,
 * and the day before a later change that was taken back with it.
 */
const isShort = (steps: readonly Step[]): boolean => {
  const all = tidy(steps);
  return all.every(({ from, quantity }, index) => {
    const next = all[index + 1];
    return isZero(quantity) || (next !== undefined && next.from <= moved(from, shiftDaysMax));
  });
};

const aboutLine = ({ orders, product, subscription, steps, contact, currency }: WantedLine) => ({
  order: orders.join(', '),
  charge: `product ${product} of subscription ${subscription}`,
  expected: `${inWords(steps)} (${currency} for ${contact})`,
});

function repeated(marks: readonly (string | null)[]): Difference[] {
  return [...Map.groupBy(marks, (mark) => mark)]
    .filter(([mark, same]) => mark !== null && same.length > 1)
    .map(([mark, same]) => ({
      kind: 'twice',
      order: '',
      charge: mark ?? '',
      expected: 'one line with this mark',
      found: `${same.length} lines`,
    }));
}

/** A subscription never spans two documents, but where somebody ended one of them. */
function apart(
  standing: Paired['pairs'],
  once: readonly { charge: WantedStanding['once'][number]; line: HeldLine }[],
  documents: ReadonlyMap<string, HeldDocument>,
): Difference[] {
  const all = [
    ...standing.map(({ wanted, held }) => ({ of: wanted.subscription, on: held.document })),
    // Equal one-off lines cannot be told apart, so they say nothing about where they belong.
    ...once.flatMap(({ charge, line }) => {
      const isAlone =
        once.filter(
          (other) => other.line.contact === line.contact && equals(other.line.amount, line.amount),
        ).length === 1;
      return charge.subscription === null || !isAlone
        ? []
        : [{ of: charge.subscription, on: line.document }];
    }),
  ];
  const places = all.filter(({ on }) => documents.get(on)?.isOpen !== false);
  return [...Map.groupBy(places, ({ of }) => of)].flatMap(([of, same]): Difference[] => {
    const on = [...new Set(same.map((place) => place.on))];
    return on.length < 2
      ? []
      : [
          {
            kind: 'unexpected',
            order: '',
            charge: `subscription ${of}`,
            expected: 'on one document',
            found: on.join(', '),
          },
        ];
  });
}

/** A line stands on a document of its own billing period, and within its days. */
function misplaced(
  line: WantedLine,
  found: Placed,
  document: HeldDocument | undefined,
): Difference[] {
  const about = { order: line.orders.join(', '), charge: `subscription ${line.subscription}` };
  const wrong = (expected: string, is: string): Difference => ({
    kind: 'unexpected',
    ...about,
    expected,
    found: `${is} on ${found.document}`,
  });
  if (document === undefined) return [wrong('a known document', 'a line')];
  return [
    ...(line.months !== null && document.months !== line.months
      ? [wrong(`billed every ${line.months} months`, `every ${document.months ?? '?'}`)]
      : []),
    ...found.steps
      .filter(({ from }) => from < document.from || from > document.until)
      .map(({ from }) => wrong(`between ${document.from} and ${document.until}`, from)),
  ];
}

function sumsOf(
  once: readonly HeldLine[],
  lines: readonly Placed[],
  today: string,
): StandingAudit['sums'] {
  const sums = new Map<string, Place & { once: Exact; perPeriod: Exact }>();
  const at = ({ contact, currency }: Place) => {
    const key = `${contact} ${currency}`;
    const known = sums.get(key) ?? { contact, currency, once: zero, perPeriod: zero };
    sums.set(key, known);
    return known;
  };
  for (const line of once) {
    const sum = at(line);
    sum.once = plus(sum.once, line.amount);
  }
  for (const line of lines) {
    const sum = at(line);
    sum.perPeriod = plus(sum.perPeriod, worth(line.steps, line.currency, today));
  }
  return [...sums.values()].map((sum) => ({
    ...sum,
    once: written(sum.once),
    perPeriod: written(sum.perPeriod),
  }));
}

function worth(steps: readonly Step[], currency: string, day: string): Exact {
  const { quantity, price } = inForce(steps, day);
  return toCoins(times(quantity, price), currency);
}
