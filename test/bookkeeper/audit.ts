import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import { withoutCorrected } from './corrections.ts';
import { type Difference, explainLeft } from './differences.ts';
import { faultsOf } from './documents.ts';
import { type Exact, equals, plus, written, zero } from './exact.ts';
import { groupFaults } from './groups.ts';
import { type HeldLine, heldIn } from './held.ts';
import type { JournalEntry } from './journal-entry.ts';
import { markOf } from './marks.ts';
import { pair } from './pairing.ts';
import { wantedOf } from './wanted.ts';

export interface AuditInput {
  /** The marketplace player's journal, whole. */
  marketplace: readonly JournalEntry[];
  /** The system player's journal, whole. */
  system: readonly JournalEntry[];
  books: Books;
}
export interface Audit {
  /** No difference, and every sum agrees. */
  ok: boolean;
  differences: Difference[];
  /** What people changed on our lines afterwards; not a fault of the app. */
  drift: { document: string; line: string; what: string }[];
  /** Per contact and currency, signed as the customer owes it. */
  sums: { contact: string; currency: string; expected: string; found: string; agrees: boolean }[];
  /** Charges that must not be on any document, with the reason. */
  left: { order: string; charge: string; reason: string }[];
}

/**
 * What the system must hold, recomputed from the marketplace's journal and what the reseller chose,
 * against what the system's journal says it holds, to the coin.
 */
export function audit({ marketplace, system, books }: AuditInput): Audit {
  const wanted = wantedOf(marketplace, books);
  const held = heldIn(system, books.organisation);
  const live = withoutCorrected(held.lines.filter(({ isLive }) => isLive));
  const first = pair(wanted.bill, live, wanted.names);
  // What a person deleted was written once; it answers for its charge unless it was billed again.
  const second = pair(
    first.charges,
    held.lines.filter(({ isLive }) => !isLive),
    wanted.names,
  );
  const pairs = [...first.pairs, ...second.pairs];
  const differences = [
    ...repeatedMarks(live),
    ...explainLeft({ ...first, charges: second.charges, pairs, wanted }),
    ...pairs.flatMap((one) => wrongSide(one, books)),
    ...groupFaults(pairs, held.lines, books),
    ...held.documents.flatMap((document) =>
      faultsOf(document).map(({ what, expected, found }): Difference => {
        const kind = what === 'total below zero' ? 'sign' : 'amount';
        return { kind, order: document.number, charge: what, expected, found };
      }),
    ),
  ];
  const sums = sumsOf(wanted.bill, [...first.lines, ...pairs.map(({ line }) => line)]);
  return {
    ok: differences.length === 0 && sums.every(({ agrees }) => agrees),
    differences,
    sums,
    drift: held.lines.flatMap(({ number, text, drift }) =>
      drift === null ? [] : [{ document: number, line: text, what: drift }],
    ),
    left: wanted.none.map(({ charge, reason }) => ({
      order: charge.order,
      charge: charge.name,
      reason,
    })),
  };
}

function repeatedMarks(lines: readonly HeldLine[]): Difference[] {
  const byMark = Map.groupBy(lines, ({ text, id }) => markOf(text) ?? `none ${id}`);
  return [...byMark]
    .filter(([, same]) => same.length > 1)
    .map(([mark, same]) => ({
      kind: 'twice',
      order: same.map(({ number }) => number).join(', '),
      charge: mark,
      expected: 'one line with this mark',
      found: `${same.length} lines`,
    }));
}

/** With credit notes for refunds, what is given back stands on one and nothing else does. */
function wrongSide(
  { charge, line }: { charge: Charge; line: HeldLine },
  { settings }: Books,
): Difference[] {
  if (settings.refunds === 'with') return [];
  const expected = charge.amount.units < 0n ? 'creditnote' : 'invoice';
  return line.kind === expected
    ? []
    : [
        {
          kind: 'sign',
          order: charge.order,
          charge: charge.name,
          expected: `on a ${expected}`,
          found: `on ${line.kind} ${line.number}`,
        },
      ];
}

function sumsOf(charges: readonly Charge[], lines: readonly HeldLine[]): Audit['sums'] {
  const byPlace = new Map<
    string,
    { contact: string; currency: string; expected: Exact; found: Exact }
  >();
  const at = (contact: string, currency: string) => {
    const key = `${contact} ${currency}`;
    const known = byPlace.get(key) ?? { contact, currency, expected: zero, found: zero };
    byPlace.set(key, known);
    return known;
  };
  for (const { contact, currency, amount } of charges) {
    const sum = at(contact ?? '', currency);
    sum.expected = plus(sum.expected, amount);
  }
  for (const { contact, currency, amount } of lines) {
    const sum = at(contact, currency);
    sum.found = plus(sum.found, amount);
  }
  return [...byPlace.values()].map(({ contact, currency, expected, found }) => ({
    contact,
    currency,
    expected: written(expected),
    found: written(found),
    agrees: equals(expected, found),
  }));
}
