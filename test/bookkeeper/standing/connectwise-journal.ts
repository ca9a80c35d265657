import * as v from 'valibot';
import { equals, exact, times, toCoins, zero } from '../exact.ts';
import type { HeldLine } from '../held.ts';
import type { JournalEntry } from '../journal-entry.ts';
import type { HeldBook, HeldDocument, HeldStanding, Known } from './held.ts';
import { moved, type Step } from './steps.ts';

const id = v.pipe(v.number(), v.transform(String));
const text = v.nullish(v.string(), null);
const number = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '0');
const day = v.pipe(
  v.string(),
  v.transform((moment) => moment.slice(0, 10)),
);

const agreementSchema = v.object({
  id,
  company: id,
  currency: v.nullish(id, null),
  billingCycle: v.nullish(id, null),
  startDate: v.nullish(day, null),
  billStartDate: v.nullish(day, null),
  endDate: v.nullish(day, null),
  noEndingDateFlag: v.nullish(v.boolean(), null),
  prorateFlag: v.nullish(v.boolean(), null),
  cancelledFlag: v.nullish(v.boolean(), null),
});
const additionSchema = v.object({
  id,
  agreementId: id,
  product: id,
  quantity: number,
  unitPrice: number,
  effectiveDate: day,
  cancelledDate: v.nullish(day, null),
  description: text,
  invoiceDescription: text,
});
type Addition = v.InferOutput<typeof additionSchema>;
const invoiceSchema = v.object({
  row: v.object({ id }),
  period: v.nullish(v.object({ start: day, end: day }), null),
  lines: v.array(v.object({ agreementId: v.nullish(id, null) })),
});

const rowIn = <S extends v.GenericSchema>(schema: S, data: unknown): v.InferOutput<S> =>
  v.parse(v.object({ row: schema }), data).row;

/** What the tenant's own tables say of the references in an agreement. */
export interface KnownTables extends Known {
  /** Currency codes and months of billing cycles, by their ids. */
  currencyCodes: Readonly<Record<string, string>>;
  cycleMonths: Readonly<Record<string, number>>;
}

/** The mark that the app put into a description; `once` behind it is for a line of one period. */
const marked = /\[(LP[0-9A-Z]{16})( once)?\]/;

/**
 * What the app put on agreements, as it put it there last. An addition is ours when the app's own call
 * brought it in; what a person changed on it is drift. Additions with one mark, of which each begins
 * after the one before has ended, are one line; where two are open on one day, they are two.
 */
export function readConnectWise(journal: readonly JournalEntry[], known: KnownTables): HeldBook {
  const documents = new Map(known.documents.map((one) => [one.id, one]));
  const ours = new Map<string, Ours>();
  const invoices = new Map<string, v.InferOutput<typeof invoiceSchema>>();
  for (const { kind, actor, data } of journal) {
    const byApp = actor.startsWith('api:');
    if (/^agreement\.(created|changed)$/.test(kind)) {
      const document = documentOf(rowIn(agreementSchema, data), known);
      documents.set(document.id, document);
    }
    if (kind === 'invoice.created') {
      const invoice = v.parse(invoiceSchema, data);
      invoices.set(invoice.row.id, invoice);
    }
    if (kind === 'invoice.deleted') invoices.delete(rowIn(v.object({ id }), data).id);
    const verb = /^addition\.(created|changed|deleted)$/.exec(kind)?.[1];
    if (verb === undefined) continue;
    const addition = rowIn(additionSchema, data);
    const before = ours.get(addition.id);
    if (!byApp && before === undefined) continue;
    // What the app itself took back is as if it had never been there.
    if (byApp && verb === 'deleted') ours.delete(addition.id);
    else if (byApp) {
      // What was made again after a person had deleted it is the same line.
      const mark = verb === 'created' ? markIn(addition) : null;
      for (const [key, other] of ours)
        if (mark !== null && !other.isLive && markIn(other.addition) === mark) ours.delete(key);
      const last = lastPeriod(invoices.values(), addition.agreementId);
      ours.set(addition.id, {
        addition,
        drift: null,
        isLive: true,
        invoiced: before?.invoiced ?? last,
        endsWithInvoiced: last !== null && addition.cancelledDate === last.end,
      });
    } else if (before !== undefined)
      ours.set(addition.id, {
        ...before,
        drift: `a person ${verb} the addition`,
        isLive: verb !== 'deleted',
      });
  }
  const all = [...ours.values()];
  const isOnce = ({ addition }: Ours) => marked.exec(addition.description ?? '')?.[2] !== undefined;
  const standing = all.filter((one) => !isOnce(one));
  const lines = [
    ...Map.groupBy(standing, ({ addition }) => markIn(addition) ?? `addition ${addition.id}`),
  ].flatMap(([, same]) => linesOf(same));
  const once = all.filter(isOnce).filter((one) => !isJoined(lines, one));
  return {
    documents: [...documents.values()],
    lines,
    once: once.map(({ addition, drift, isLive }) => ({
      ...onceOf(addition, documents.get(addition.agreementId)),
      drift,
      isLive,
    })),
  };
}

interface Ours {
  addition: Addition;
  drift: string | null;
  isLive: boolean;
  /** The last period of its agreement that had been invoiced when it was made. */
  invoiced: Period | null;
  /** The app ended it with that period, as it stood when it ended it. */
  endsWithInvoiced: boolean;
}
interface Period {
  start: string;
  end: string;
}

function lastPeriod(
  invoices: Iterable<v.InferOutput<typeof invoiceSchema>>,
  agreementId: string,
): Period | null {
  let last: Period | null = null;
  for (const { period, lines } of invoices) {
    if (period?.start == null || period.end === null) continue;
    const isHere = lines.some((line) => line.agreementId === agreementId);
    if (isHere && (last === null || period.end > last.end))
      last = { start: period.start, end: period.end };
  }
  return last;
}

/**
 * A first period that was invoiced before is billed once with the next invoice, and its line begins after
 * it: both together are one line from that period on.
 */
function isJoined(lines: readonly HeldStanding[], { addition, drift, invoiced }: Ours): boolean {
  if (invoiced === null) return false;
  const line = lines.find(({ document, item, text, steps }) => {
    const [first] = steps;
    return (
      first !== undefined &&
      document === addition.agreementId &&
      item === addition.product &&
      text === (addition.invoiceDescription ?? '') &&
      first.from === moved(invoiced.end, 1) &&
      equals(first.quantity, exact(addition.quantity)) &&
      equals(first.price, exact(addition.unitPrice))
    );
  });
  const [first] = line?.steps ?? [];
  if (line === undefined || first === undefined) return false;
  line.steps.unshift({ ...first, from: invoiced.start });
  line.drift ??= drift;
  return true;
}

const markIn = ({ description }: Addition): string | null =>
  marked.exec(description ?? '')?.[1] ?? null;

export function documentOf(
  row: v.InferOutput<typeof agreementSchema>,
  { currencyCodes, cycleMonths, currencies }: KnownTables,
): HeldDocument {
  const from = row.startDate ?? '';
  const months = cycleMonths[row.billingCycle ?? ''] ?? null;
  return {
    id: row.id,
    contact: row.company,
    currency: currencyCodes[row.currency ?? ''] ?? currencies[row.company] ?? '',
    months,
    from,
    until: row.noEndingDateFlag === true || row.endDate === null ? '9999-12-31' : row.endDate,
    isOpen: row.cancelledFlag !== true,
    ...(row.prorateFlag === true || months === null
      ? {}
      : { wholePeriodsFrom: row.billStartDate ?? from }),
  };
}
export const agreementRow = (row: unknown) => v.parse(agreementSchema, row);

function linesOf(same: readonly Omit<Ours, 'isLive' | 'invoiced'>[]): HeldStanding[] {
  const inOrder = [...same].sort((a, b) =>
    a.addition.effectiveDate < b.addition.effectiveDate ? -1 : 1,
  );
  const lines: HeldStanding[] = [];
  let endsOn: string | null = '';
  for (const { addition, drift, endsWithInvoiced } of inOrder) {
    const last = lines.at(-1);
    const goesOn = last !== undefined && endsOn !== null && endsOn < addition.effectiveDate;
    endsOn = addition.cancelledDate;
    const line: HeldStanding = goesOn ? last : lineOf(addition);
    if (!goesOn) lines.push(line);
    line.steps.push(...stepsOf(addition));
    line.drift ??= drift;
    line.isInvoiced = endsWithInvoiced;
  }
  // A day on which one ends and the next begins has the later figures.
  return lines.map((line) => ({
    ...line,
    steps: line.steps.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
  }));
}

/** It holds from its first day; the day after its last one it holds nothing. */
function stepsOf({ effectiveDate, cancelledDate, quantity, unitPrice }: Addition): Step[] {
  const begins = { from: effectiveDate, quantity: exact(quantity), price: exact(unitPrice) };
  return cancelledDate === null
    ? [begins]
    : [begins, { from: moved(cancelledDate, 1), quantity: zero, price: zero }];
}

const lineOf = (addition: Addition): HeldStanding => ({
  id: addition.id,
  document: addition.agreementId,
  item: addition.product,
  mark: markIn(addition),
  text: addition.invoiceDescription ?? '',
  steps: [],
  drift: null,
});

function onceOf(addition: Addition, document: HeldDocument | undefined): HeldLine {
  const currency = document?.currency ?? '';
  const amount = toCoins(times(exact(addition.quantity), exact(addition.unitPrice)), currency);
  return {
    id: addition.id,
    document: addition.agreementId,
    number: addition.agreementId,
    kind: 'agreement',
    contact: document?.contact ?? '',
    currency,
    reference: '',
    text: `${addition.invoiceDescription ?? ''} [${markIn(addition) ?? ''}]`,
    amount,
    stands: amount,
    isLive: true,
    drift: null,
  };
}
