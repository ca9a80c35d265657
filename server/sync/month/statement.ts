import { compareText } from '../../domain/compare-text.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { type Document, isStanding } from '../../domain/document.ts';
import { canonical } from '../../domain/json.ts';
import { type Money, opposite, sum, zero } from '../../domain/money.ts';
import { firstDayOf, lastDayOf, type Month } from '../../domain/month.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Snapshot } from '../plan/snapshots.ts';
import type { PlanWorld } from '../plan/world.ts';
import { type Charged, chargesOf } from './charged.ts';
import { type CustomerCost, costsOf } from './costs.ts';
import {
  type Difference,
  type DifferenceName,
  differenceNames,
  taxDifferenceNames,
} from './differences.ts';
import { explained } from './explain.ts';
import { type Billed, billedOf, isDead, owed, type StandingLine } from './lines.ts';
import { type TaxProof, taxProof } from './tax.ts';

/** A month in one currency: charged + own + all differences = documents, else `unexplained` is not zero. */
export interface Figures {
  currency: string;
  /** What the marketplace charges the customers, without tax and payments. */
  charged: Money;
  /** What own charges come to. */
  own: Money;
  differences: NamedSum[];
  /** Our documents dated in the month, as the system says them: without tax, or with it where their lines hold it. */
  documents: Money;
  unexplained: Money;
  /** What the marketplace told of tax for what stands on them; with its differences it is their tax. */
  taxTold: Money;
  taxDifferences: NamedSum[];
  tax: Money;
  /** What the marketplace charges the reseller, as far as anybody tells; and the part nothing is billed for. */
  cost: Money;
  costUnbilled: Money;
  /** What was billed for what the cost is known of, without that cost. */
  left: Money;
  costUnknown: number;
}

export interface NamedSum {
  name: DifferenceName;
  amount: Money;
  count: number;
}

export interface Statement {
  month: Month;
  figures: Figures[];
  differences: Difference[];
  papers: readonly Paper[];
  /** What the marketplace charges the reseller against what was billed, by customer. */
  costs: CustomerCost[];
  /** Changes with anything a person could have looked at. */
  seen: string;
}

/** A document as far as it belongs to the month: an open one with what it bills for the month's charges. */
export interface Paper {
  snapshot: Snapshot;
  net: Money;
  tax: Money;
  total: Money;
}

/** The three-way match of a month: the marketplace's charges, our ledger, and the documents read back. */
export function statementOf(reader: Reader, world: PlanWorld, month: Month): Statement {
  const billed = billedOf(reader, world);
  const charges = chargesOf(reader, world, billed, month).filter((one) => one.month === month);
  const documents = documentsDated(reader, world, firstDayOf(month), lastDayOf(month));
  const dated = new Set(documents.map(({ document }) => document.id));
  const extras = extraOnOpen(billed, month);
  const differences = [
    ...charges.flatMap(explained),
    ...atDocuments(charges, billed, dated),
    ...extras.map((at) => ofLine(at, 'extra', at.owed)),
    ...documents.flatMap(headRounding),
  ];
  const papers = [...documents.map(paperOf), ...openPapers(reader, world, charges, extras)];
  const costs = costsOf(charges.filter(({ order }) => !isOurs(order)));
  const tax = taxProof(world, billed, papers);
  const figures = currenciesOf(charges, differences, papers).map((currency) =>
    figuresIn(currency, { charges, differences, papers, costs, tax }),
  );
  return {
    month,
    figures,
    differences: [...differences, ...tax.differences],
    papers,
    costs,
    seen: world.crypto.hash(canonical({ figures, differences })),
  };
}

function documentsDated(
  reader: Reader,
  { connection }: PlanWorld,
  from: CalendarDate,
  to: CalendarDate,
): Snapshot[] {
  return reader
    .list('snapshot')
    .filter(({ connectionId, ours, document }) => {
      const { date } = document;
      return (
        connectionId === connection.id &&
        ours &&
        !isDead(document) &&
        !isStanding(document.kind) &&
        date !== null &&
        date >= from &&
        date <= to
      );
    })
    .sort((a, b) => compareText(a.document.date ?? '', b.document.date ?? ''));
}

const paperOf = (snapshot: Snapshot): Paper => {
  const { net, tax, total } = snapshot.document;
  return { snapshot, net, tax, total };
};

/** Lines with our mark that stand for nothing, on documents without an end: in every month until they are gone. */
const extraOnOpen = ({ lines }: Billed, month: Month): StandingLine[] =>
  lines.filter(
    ({ snapshot: { document }, line, link }) =>
      isStanding(document.kind) &&
      line.marker !== null &&
      link === null &&
      (document.date ?? '') <= lastDayOf(month),
  );

/** What documents that stay open bill for the charges of a month: they have no day of their own. */
function openPapers(
  reader: Reader,
  { connection }: PlanWorld,
  charges: readonly Charged[],
  extras: readonly StandingLine[],
): Paper[] {
  const amounts = Map.groupBy(
    [
      ...charges.flatMap(({ links }) =>
        links.map(({ documentId, standing }) => ({ documentId, amount: standing })),
      ),
      ...extras.map(({ snapshot, owed }) => ({ documentId: snapshot.document.id, amount: owed })),
    ],
    ({ documentId }) => documentId,
  );
  return reader.list('snapshot').flatMap((snapshot): Paper[] => {
    const { id, kind, currency } = snapshot.document;
    const own = amounts.get(id);
    if (snapshot.connectionId !== connection.id || !isStanding(kind) || own === undefined)
      return [];
    const net = sum(
      currency,
      own.map(({ amount }) => amount),
    );
    return [{ snapshot, net, tax: zero(currency), total: net }];
  });
}

/** From the lines of this month's charges to the lines of this month's documents. */
function atDocuments(
  charges: readonly Charged[],
  { lines }: Billed,
  dated: ReadonlySet<string>,
): Difference[] {
  const own = new Map(charges.map((one) => [one.charge.key as string, one]));
  return lines.flatMap((at): Difference[] => {
    if (isStanding(at.snapshot.document.kind)) return [];
    const one = at.link === null ? undefined : own.get(at.link.chargeKey);
    const isHere = dated.has(at.snapshot.document.id);
    if (isHere === (one !== undefined)) return [];
    // Of another month's document: what it holds of this month's charges stands there, not here.
    if (!isHere) return [ofLine(at, 'timing', opposite(at.owed))];
    if (at.link !== null) return [ofLine(at, 'timing', at.owed)];
    return [ofLine(at, at.line.marker === null ? 'others' : 'extra', at.owed)];
  });
}

const ofLine = (
  { snapshot, line, link }: StandingLine,
  name: DifferenceName,
  amount: Money,
): Difference => ({
  name,
  amount,
  reason: null,
  chargeKey: link?.chargeKey ?? null,
  orderId: link?.orderId ?? null,
  customerId: link?.customerId ?? null,
  documentId: snapshot.document.id,
  text: line.description,
});

/** What a document's own sum has more or less than its lines: at most a coin a line is rounding. */
function headRounding({ document }: Snapshot): Difference[] {
  if (!document.whole) return [];
  const lines = sum(
    document.currency,
    document.lines.map(({ amount }) => amount),
  );
  const amountMinor = linesTotal(document).amountMinor - lines.amountMinor;
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  if (amountMinor === 0n || size > BigInt(document.lines.length)) return [];
  const amount = { amountMinor, currency: document.currency };
  return [
    {
      name: 'rounding',
      amount: owedOn(document, amount),
      reason: 'document',
      chargeKey: null,
      orderId: null,
      customerId: null,
      documentId: document.id,
      text: '',
    },
  ];
}

/** The document's own sum, in the terms of its lines. */
const linesTotal = ({
  taxBasis,
  net,
  total,
}: Pick<Document, 'taxBasis' | 'net' | 'total'>): Money => (taxBasis === 'inclusive' ? total : net);
const owedOn = ({ kind }: Document, amount: Money): Money => owed(kind, amount);

function currenciesOf(
  charges: readonly Charged[],
  differences: readonly Difference[],
  papers: readonly Paper[],
): string[] {
  const all = [
    ...charges.map(({ amount }) => amount.currency),
    ...differences.map(({ amount }) => amount.currency),
    ...papers.map(({ net }) => net.currency),
  ];
  return [...new Set(all)].sort();
}

function sumsOf(
  names: readonly DifferenceName[],
  differences: readonly Difference[],
  currency: string,
): NamedSum[] {
  return names.flatMap((name) => {
    const some = differences.filter((one) => one.name === name && one.amount.currency === currency);
    const amount = sum(
      currency,
      some.map((one) => one.amount),
    );
    return some.length === 0 ? [] : [{ name, amount, count: some.length }];
  });
}

/** Billed here without an order of the marketplace. */
const isOurs = ({ type }: Charged['order']): boolean =>
  type === 'own' || type === 'missing' || type === 'part' || type === 'blend';

function figuresIn(
  currency: string,
  {
    charges,
    differences,
    papers,
    costs,
    tax,
  }: Pick<Statement, 'differences' | 'papers' | 'costs'> & {
    charges: readonly Charged[];
    tax: TaxProof;
  },
): Figures {
  const here = charges.filter(({ amount }) => amount.currency === currency);
  const sold = here.filter(({ order }) => !isOurs(order));
  const amounts = (some: readonly Charged[]): Money =>
    sum(
      currency,
      some.map(({ amount }) => amount),
    );
  const charged = amounts(sold);
  const own = amounts(here.filter(({ order }) => isOurs(order)));
  const named = sumsOf(differenceNames, differences, currency);
  const inIt = papers.filter(({ net }) => net.currency === currency);
  const total = sum(
    currency,
    inIt.map(({ snapshot: { document }, net, total: all }) =>
      owedOn(document, linesTotal({ taxBasis: document.taxBasis, net, total: all })),
    ),
  );
  const explainedTotal = sum(currency, [charged, own, ...named.map(({ amount }) => amount)]);
  const paid = costs.filter(({ cost }) => cost.currency === currency);
  const costIn = (of: 'cost' | 'unbilled' | 'left'): Money =>
    sum(
      currency,
      paid.map((one) => one[of]),
    );
  return {
    currency,
    charged,
    own,
    differences: named,
    documents: total,
    unexplained: { currency, amountMinor: total.amountMinor - explainedTotal.amountMinor },
    taxTold: sum(
      currency,
      tax.told.filter((told) => told.currency === currency),
    ),
    taxDifferences: sumsOf(taxDifferenceNames, tax.differences, currency),
    tax: sum(
      currency,
      inIt.map(({ snapshot: { document }, tax: onIt }) => owedOn(document, onIt)),
    ),
    cost: costIn('cost'),
    costUnbilled: costIn('unbilled'),
    left: costIn('left'),
    costUnknown: paid.reduce((count, { unknown }) => count + unknown, 0),
  };
}
