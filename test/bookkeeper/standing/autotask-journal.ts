import * as v from 'valibot';
import { exact, plus, times, toCoins, zero } from '../exact.ts';
import type { HeldLine } from '../held.ts';
import type { JournalEntry } from '../journal-entry.ts';
import type { HeldBook, HeldDocument, HeldStanding, Known } from './held.ts';

const id = v.pipe(v.number(), v.transform(String));
const text = v.nullish(v.string(), null);
const number = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const day = v.pipe(
  v.string(),
  v.transform((moment) => moment.slice(0, 10)),
);

const contractSchema = v.object({
  id,
  companyID: id,
  contractPeriodType: v.nullish(v.number(), null),
  startDate: day,
  endDate: day,
  status: v.number(),
});
const serviceSchema = v.object({
  id,
  contractID: id,
  serviceID: id,
  internalDescription: text,
  invoiceDescription: text,
  startingPrice: v.nullish(number, null),
});
const adjustmentSchema = v.object({
  contractServiceID: id,
  effectiveDate: day,
  unitChange: number,
  adjustedUnitPrice: v.nullish(number, null),
});
const chargeSchema = v.object({
  id,
  contractID: id,
  name: v.string(),
  description: text,
  unitQuantity: number,
  unitPrice: number,
  internalPurchaseOrderNumber: text,
});
const rowIn = <S extends v.GenericSchema>(schema: S, data: unknown): v.InferOutput<S> =>
  v.parse(v.object({ row: schema }), data).row;

/** Months by the values that this vendor's description gives for contractPeriodType. */
const months: Readonly<Record<number, number>> = { 2: 1, 3: 3, 4: 6, 5: 12 };
const inEffect = 1;

/**
 * What the app put on contracts, as it put it there last. A line is ours when the app's own call
 * brought it in; an adjustment that a person made on it is drift.
 */
export function readAutotask(journal: readonly JournalEntry[], known: Known): HeldBook {
  const documents = new Map(known.documents.map((one) => [one.id, one]));
  const lines = new Map<string, HeldStanding>();
  const once = new Map<string, HeldLine>();
  for (const { kind, actor, data } of journal) {
    const byApp = actor.startsWith('api:');
    if (/^contract\.(created|changed)$/.test(kind)) {
      const document = documentOf(rowIn(contractSchema, data), known);
      documents.set(document.id, document);
    } else if (kind === 'contractService.created' && byApp) {
      opened(lines, lineOf(rowIn(serviceSchema, data)));
    } else if (kind === 'contractService.deleted' && !byApp) {
      const line = lines.get(rowIn(serviceSchema, data).id);
      if (line !== undefined) lines.set(line.id, { ...line, drift: gone });
    } else if (kind === 'contractServiceAdjustment.created')
      adjusted(lines, rowIn(adjustmentSchema, data), byApp);
    else if (/^contractCharge\.(created|changed|deleted)$/.test(kind))
      charged(once, documents, {
        charge: rowIn(chargeSchema, data),
        verb: kind.slice('contractCharge.'.length),
        byApp,
      });
  }
  return {
    documents: [...documents.values()],
    lines: [...lines.values()],
    once: [...once.values()],
  };
}

const documentOf = (
  row: v.InferOutput<typeof contractSchema>,
  { currencies }: Known,
): HeldDocument => ({
  id: row.id,
  contact: row.companyID,
  currency: currencies[row.companyID] ?? '',
  months: row.contractPeriodType === null ? null : (months[row.contractPeriodType] ?? null),
  from: row.startDate,
  until: row.endDate,
  isOpen: row.status === inEffect,
});

const lineOf = (row: v.InferOutput<typeof serviceSchema>): HeldStanding => ({
  id: row.id,
  document: row.contractID,
  item: row.serviceID,
  mark: row.internalDescription,
  text: row.invoiceDescription ?? '',
  steps: [],
  drift: null,
});

const gone = 'a person deleted the service';

/** What was made again after a person had deleted it is the same line, which a person had changed. */
function opened(lines: Map<string, HeldStanding>, line: HeldStanding): void {
  const before = [...lines.values()].find(
    ({ mark, drift }) => mark !== null && mark === line.mark && drift === gone,
  );
  if (before !== undefined) lines.delete(before.id);
  lines.set(line.id, before === undefined ? line : { ...line, drift: gone });
}

/** A new service has no units; each adjustment changes them, and may set the price, from its day on. */
function adjusted(
  lines: Map<string, HeldStanding>,
  row: v.InferOutput<typeof adjustmentSchema>,
  byApp: boolean,
): void {
  const line = lines.get(row.contractServiceID);
  if (line === undefined) return;
  if (!byApp) {
    const drift = `a person changed it by ${row.unitChange} from ${row.effectiveDate}`;
    lines.set(line.id, { ...line, drift });
    return;
  }
  const before = line.steps.findLast(({ from }) => from <= row.effectiveDate);
  const step = {
    from: row.effectiveDate,
    quantity: plus(before?.quantity ?? zero, exact(row.unitChange)),
    price: row.adjustedUnitPrice === null ? (before?.price ?? zero) : exact(row.adjustedUnitPrice),
  };
  // What begins later is changed by as much.
  const after = line.steps
    .filter(({ from }) => from > step.from)
    .map((one) => ({ ...one, quantity: plus(one.quantity, exact(row.unitChange)) }));
  const earlier = line.steps.filter(({ from }) => from <= step.from);
  lines.set(line.id, { ...line, steps: [...earlier, step, ...after] });
}

function charged(
  once: Map<string, HeldLine>,
  documents: ReadonlyMap<string, HeldDocument>,
  of: { charge: v.InferOutput<typeof chargeSchema>; verb: string; byApp: boolean },
): void {
  const { charge, verb, byApp } = of;
  const ours = once.get(charge.id);
  if (!byApp) {
    const drift = verb === 'deleted' ? 'the charge was deleted' : 'the charge was changed';
    if (ours !== undefined)
      once.set(charge.id, { ...ours, drift, isLive: ours.isLive && verb !== 'deleted' });
    return;
  }
  // What the app itself took back is as if it had never been there.
  if (verb === 'deleted') once.delete(charge.id);
  else if (verb === 'created' || ours !== undefined) {
    const document = documents.get(charge.contractID);
    const amount = toCoins(
      times(exact(charge.unitQuantity), exact(charge.unitPrice)),
      document?.currency ?? '',
    );
    once.set(charge.id, {
      id: charge.id,
      document: charge.contractID,
      number: charge.contractID,
      kind: 'contract',
      contact: document?.contact ?? '',
      currency: document?.currency ?? '',
      reference: '',
      text: `${charge.description ?? charge.name}\n[${charge.internalPurchaseOrderNumber ?? ''}]`,
      amount,
      stands: amount,
      isLive: true,
      drift: null,
    });
  }
}
