import * as v from 'valibot';
import type { JournalEntry } from '../bookkeeper/journal-entry.ts';
import { type Document, type Line, readChanges } from '../bookkeeper/xero-journal.ts';
import type { World } from '../sandbox/world.ts';
import type { Report } from './broken-law.ts';

/**
 * What people wrote in Xero before the app's last look goes back unchanged with every write, and is
 * never deleted. A look is at most so old when a write leaves (DESIGN.md 3, Apply), the way included.
 */
const lookMaxMs = 2_000 + 2 * 180;

const lineSchema = v.object({
  LineItemID: v.optional(v.string()),
  Description: v.optional(v.string()),
  Quantity: v.optional(v.number()),
  UnitAmount: v.optional(v.number()),
});
const elementSchema = v.object({
  InvoiceID: v.optional(v.string()),
  CreditNoteID: v.optional(v.string()),
  Status: v.optional(v.string()),
  LineItems: v.optional(v.array(lineSchema)),
});
type Element = v.InferOutput<typeof elementSchema>;
const bodySchema = v.object({
  Invoices: v.optional(v.array(elementSchema)),
  CreditNotes: v.optional(v.array(elementSchema)),
});

export interface EditWatch {
  onSend(request: Request, body: string): void;
  /** Edits that people made after the last look and that a write then undid, so far. */
  overtaken(): number;
}

export function watchEdits(options: {
  world: World;
  organisation: string;
  nowMs: () => number;
  report: Report;
}): EditWatch {
  const { world, organisation, nowMs, report } = options;
  const documents = new Map<string, Document>();
  const editedMs = new Map<string, number>();
  let seen = 0;
  let overtaken = 0;

  function follow(): void {
    const journal = world.systems.xero.journal();
    for (const entry of journal.slice(seen)) note(entry);
    seen = journal.length;
  }
  function note(entry: JournalEntry): void {
    for (const { byApp, before, after } of readChanges([entry], organisation)) {
      documents.set(after.id, after);
      const old = new Map(before?.lines.map((line) => [line.lineItemId, line]));
      for (const line of after.lines) {
        const was = old.get(line.lineItemId);
        if (was !== undefined && isSame(was, line)) continue;
        if (!byApp) editedMs.set(line.lineItemId, entry.atMs);
        else if (editedMs.delete(line.lineItemId)) overtaken += 1;
      }
      const left = new Set(after.lines.map(({ lineItemId }) => lineItemId));
      for (const [lineId, line] of old)
        if (byApp && !left.has(lineId) && isForeign(line)) overtaken += 1;
    }
  }
  const isSeen = ({ lineItemId }: Line): boolean =>
    (editedMs.get(lineItemId) ?? 0) < nowMs() - lookMaxMs;

  function judge({ InvoiceID, CreditNoteID, Status, LineItems }: Element): void {
    const document = documents.get(InvoiceID ?? CreditNoteID ?? '');
    if (document === undefined) return;
    const ends = Status === 'DELETED' || Status === 'VOIDED';
    const sent = new Map((LineItems ?? []).map((line) => [line.LineItemID, line]));
    for (const line of document.lines.filter(isSeen)) {
      const told = `"${line.description ?? ''}" of ${document.number}`;
      const found = sent.get(line.lineItemId);
      if (found !== undefined && !saysTheSame(found, line))
        report('edit-kept', `${told} was sent as it stood before somebody changed it`);
      if (found === undefined && (ends || LineItems !== undefined) && isForeign(line))
        report('foreign-lines-stay', `${told} was taken off`);
    }
  }

  return {
    onSend: (request, body) => {
      if (request.method !== 'POST' || !isAboutDocuments.test(new URL(request.url).pathname))
        return;
      follow();
      const { Invoices, CreditNotes } = v.parse(bodySchema, JSON.parse(body));
      for (const element of [...(Invoices ?? []), ...(CreditNotes ?? [])]) judge(element);
    },
    overtaken: () => {
      follow();
      return overtaken;
    },
  };
}

const isAboutDocuments = /\/api\.xro\/2\.0\/(Invoices|CreditNotes)$/;
const isForeign = ({ description }: Line): boolean => !/\[LP[0-9A-Z]{16}\]/.test(description ?? '');
const isSame = (a: Line, b: Line): boolean =>
  a.description === b.description && a.quantity === b.quantity && a.unitAmount === b.unitAmount;

function saysTheSame(
  { Description, Quantity, UnitAmount }: v.InferOutput<typeof lineSchema>,
  line: Line,
): boolean {
  return (
    (Description ?? line.description) === line.description &&
    (Quantity ?? Number(line.quantity)) === Number(line.quantity) &&
    (UnitAmount ?? Number(line.unitAmount)) === Number(line.unitAmount)
  );
}
