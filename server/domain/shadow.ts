import { add, compare, type Decimal, subtract } from './decimal.ts';
import { amountText, type Money, sum, zero } from './money.ts';

// What this app would have billed in a month, beside what a person billed by hand in it. Both sides
// are of one month already: the day a line's service begins here, the document's date there.

/** A line that automatic billing would have written. */
export interface ShadowLine {
  customerId: string;
  productKey: string | null;
  name: string;
  itemCode: string | null;
  quantity: Decimal;
  /** Without tax. */
  amount: Money;
  orderNumber: string;
  /** The document it would stand on: lines of one document have the same. */
  document: string;
  /** What a person would have to answer first, by the codes of needs. */
  waits: readonly string[];
}

/** A line that a person wrote. */
export interface HandLine {
  customerId: string;
  documentId: string;
  lineId: string;
  description: string;
  itemCode: string | null;
  quantity: Decimal;
  /** Without tax as far as the document tells it. */
  amount: Money;
}

export const shadowVerdicts = ['same', 'differs', 'only-ours', 'only-theirs', 'asks'] as const;
/** `asks`: nothing would have been billed before a person answers; it never counts as the same. */
export type ShadowVerdict = (typeof shadowVerdicts)[number];

/** One product of one customer in the month, in one currency. */
export interface ShadowRow<Theirs extends HandLine = HandLine> {
  verdict: ShadowVerdict;
  customerId: string;
  name: string;
  ours: readonly ShadowLine[];
  theirs: readonly Theirs[];
  oursAmount: Money;
  theirsAmount: Money;
  /** Positive: we would bill so much more. */
  difference: Money;
}
export interface ShadowCompared<Theirs extends HandLine = HandLine> {
  rows: ShadowRow<Theirs>[];
  /** Lines about nothing the marketplace sells: work of the reseller's own. */
  notCompared: Theirs[];
}

interface Group<Theirs extends HandLine> {
  key: string;
  ours: ShadowLine[];
  theirs: Theirs[];
}

/** How well a person's line fits what a product would be billed; 0 is another product. */
export type Likeness = (
  line: HandLine,
  product: { name: string; itemCode: string | null; quantity: Decimal; amount: Money },
) => number;

/**
 * Compares a month, product by product: all lines of one product and customer are summed on both
 * sides, since people write one line where an order has a charge and its setup. Each line of a
 * person is used once. Pure; neither side's order changes the result.
 */
export function compareShadow<Theirs extends HandLine>(options: {
  ours: readonly ShadowLine[];
  theirs: readonly Theirs[];
  likeness: Likeness;
  /** Whether a line is about something the marketplace sells. */
  isSold(line: Theirs): boolean;
}): ShadowCompared<Theirs> {
  const { ours, theirs, likeness, isSold } = options;
  const groups = grouped<Theirs>(ours);
  const inOrder = [...theirs].sort((a, b) => byText(lineId(a), lineId(b)));
  const left = inOrder.filter((line) => {
    const group = likest(groups, line, likeness);
    group?.theirs.push(line);
    return group === null;
  });
  const unnamed = left.filter((line) => !takenByFigures(groups, left, line));
  const rows = [
    ...groups.map(rowOf),
    ...unnamed.filter(isSold).map((line) => rowOf({ key: '', ours: [], theirs: [line] })),
  ].filter((row) => row.verdict !== 'same' || row.oursAmount.amountMinor !== 0n);
  return { rows: rows.sort(heaviestFirst), notCompared: unnamed.filter((line) => !isSold(line)) };
}

/** Whether a customer can be switched over: something was compared, and all of it is the same. */
export const isClean = (rows: readonly Pick<ShadowRow, 'verdict'>[]): boolean =>
  rows.length > 0 && rows.every(({ verdict }) => verdict === 'same');

function grouped<Theirs extends HandLine>(ours: readonly ShadowLine[]): Group<Theirs>[] {
  const groups = new Map<string, Group<Theirs>>();
  for (const line of ours) {
    const key = [line.customerId, line.amount.currency, line.productKey ?? line.name].join('\n');
    const group = groups.get(key) ?? { key, ours: [], theirs: [] };
    group.ours.push(line);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => byText(a.key, b.key));
}

/** The product a line is about: the likest, of several the one whose amount is nearest. */
function likest<Theirs extends HandLine>(
  groups: readonly Group<Theirs>[],
  line: Theirs,
  likeness: Likeness,
): Group<Theirs> | null {
  const fitting = groups
    .filter(({ ours: [first] }) => isSameCustomer(first, line))
    .map((group) => ({ group, like: likeness(line, figuresOf(group)) }))
    .filter(({ like }) => like > 0);
  fitting.sort(
    (a, b) =>
      b.like - a.like ||
      figuresOf(b.group).name.length - figuresOf(a.group).name.length ||
      compare(apart(a.group, line), apart(b.group, line)) ||
      byText(a.group.key, b.group.key),
  );
  return fitting[0]?.group ?? null;
}

/** In other words, but with the same amount and quantity as one product alone, that has no line yet. */
function takenByFigures<Theirs extends HandLine>(
  groups: readonly Group<Theirs>[],
  left: readonly Theirs[],
  line: Theirs,
): boolean {
  const fits = (group: Group<Theirs>, one: Theirs): boolean => {
    const { quantity, amount } = figuresOf(group);
    return (
      isSameCustomer(group.ours[0], one) &&
      amount.amountMinor === one.amount.amountMinor &&
      compare(quantity, one.quantity) === 0
    );
  };
  const [group, ...others] = groups.filter((one) => fits(one, line));
  if (group === undefined || others.length > 0 || group.theirs.length > 0) return false;
  if (left.filter((one) => fits(group, one)).length > 1) return false;
  group.theirs.push(line);
  return true;
}

function rowOf<Theirs extends HandLine>({ ours, theirs }: Group<Theirs>): ShadowRow<Theirs> {
  const [first] = [...ours, ...theirs];
  const currency = first?.amount.currency ?? '';
  const amountOf = (lines: readonly { amount: Money }[]): Money =>
    sum(
      currency,
      lines.map(({ amount }) => amount),
    );
  const oursAmount = amountOf(ours);
  const theirsAmount = amountOf(theirs);
  const difference = {
    ...zero(currency),
    amountMinor: oursAmount.amountMinor - theirsAmount.amountMinor,
  };
  return {
    verdict: verdictOf(ours, theirs, difference),
    customerId: first?.customerId ?? '',
    name: ours[0]?.name ?? theirs[0]?.description ?? '',
    ours,
    theirs,
    oursAmount,
    theirsAmount,
    difference,
  };
}

function verdictOf(
  ours: readonly ShadowLine[],
  theirs: readonly HandLine[],
  difference: Money,
): ShadowVerdict {
  if (ours.some(({ waits }) => waits.length > 0)) return 'asks';
  if (ours.length === 0) return 'only-theirs';
  if (difference.amountMinor === 0n) return 'same';
  return theirs.length === 0 ? 'only-ours' : 'differs';
}

function figuresOf({ ours }: Group<HandLine>) {
  const [first] = ours;
  const currency = first?.amount.currency ?? '';
  return {
    name: first?.name ?? '',
    itemCode: first?.itemCode ?? null,
    quantity: ours.reduce((all, { quantity }) => add(all, quantity), '0'),
    amount: sum(
      currency,
      ours.map(({ amount }) => amount),
    ),
  };
}

const isSameCustomer = (ours: ShadowLine | undefined, line: HandLine): boolean =>
  ours?.customerId === line.customerId && ours.amount.currency === line.amount.currency;

function apart(group: Group<HandLine>, line: HandLine): Decimal {
  const [here, there] = [amountText(figuresOf(group).amount), amountText(line.amount)];
  return compare(here, there) < 0 ? subtract(there, here) : subtract(here, there);
}

const weight = ({ difference: { amountMinor } }: ShadowRow): bigint =>
  amountMinor < 0n ? -amountMinor : amountMinor;

function heaviestFirst(a: ShadowRow, b: ShadowRow): number {
  const [left, right] = [weight(a), weight(b)];
  if (left !== right) return left > right ? -1 : 1;
  return byText(a.customerId, b.customerId) || byText(a.name, b.name) || byText(idOf(a), idOf(b));
}
const idOf = ({ theirs: [line] }: ShadowRow): string => (line === undefined ? '' : lineId(line));
const lineId = ({ documentId, lineId: id }: HandLine): string => `${documentId} ${id}`;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
