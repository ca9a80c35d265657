import { type Exact, exact, negated } from './exact.ts';
import type { JournalEntry } from './journal-entry.ts';
import { type Change, type Document, type Line, readChanges } from './xero-journal.ts';

/** A line the app wrote, as the app wrote it last; what a person did to it since is `drift`. */
export interface HeldLine {
  id: string;
  document: string;
  number: string;
  kind: Document['kind'] | 'contract' | 'agreement';
  contact: string;
  currency: string;
  reference: string;
  text: string;
  /** Signed as the customer owes it: the lines of a credit note count against them. */
  amount: Exact;
  /** The same as it stands there now, a person's change of it counted in. */
  stands: Exact;
  /** False once it is gone, by whoever's hand. */
  isLive: boolean;
  /** What a person changed after us; null where nothing. */
  drift: string | null;
}
export interface Held {
  lines: HeldLine[];
  /** The present form of every document. */
  documents: Document[];
}

/**
 * The lines the app wrote and nobody of the app took back. A line is ours when the app's own call
 * brought it in, whatever its text says.
 */
export function heldIn(journal: readonly JournalEntry[], organisation: string): Held {
  const lines = new Map<string, HeldLine>();
  const documents = new Map<string, Document>();
  for (const change of readChanges(journal, organisation)) {
    documents.set(change.after.id, change.after);
    if (change.byApp) byApp(lines, change);
    else byPerson(lines, change);
  }
  return { lines: [...lines.values()], documents: [...documents.values()] };
}

const isGone = ({ status }: Document): boolean => status === 'DELETED' || status === 'VOIDED';

function byApp(lines: Map<string, HeldLine>, { before, after }: Change): void {
  const present = new Set(isGone(after) ? [] : after.lines.map(({ lineItemId }) => lineItemId));
  // What the app itself took back is as if it had never been there.
  for (const line of before?.lines ?? [])
    if (!present.has(line.lineItemId)) lines.delete(line.lineItemId);
  for (const line of isGone(after) ? [] : after.lines) {
    const old = before?.lines.find(({ lineItemId }) => lineItemId === line.lineItemId);
    const known = lines.get(line.lineItemId);
    const isForeign = old !== undefined && known === undefined;
    if (isForeign || (old !== undefined && isSame(old, line))) continue;
    lines.set(line.lineItemId, written(after, line));
  }
}

function byPerson(lines: Map<string, HeldLine>, { before, after }: Change): void {
  for (const old of before?.lines ?? []) {
    const ours = lines.get(old.lineItemId);
    if (ours === undefined) continue;
    const now = after.lines.find(({ lineItemId }) => lineItemId === old.lineItemId);
    if (isGone(after)) put(lines, ours, false, `the document was ${after.status.toLowerCase()}`);
    else if (now === undefined) put(lines, ours, false, 'the line was deleted');
    else if (after.contactId !== before?.contactId)
      put(lines, ours, true, 'the document was given to another contact');
    else if (!isSame(old, now)) {
      const changed = { ...ours, stands: owed(after, now) };
      put(
        lines,
        changed,
        true,
        `the line was changed to ${now.lineAmount}: ${now.description ?? ''}`,
      );
    }
  }
}

const put = (
  lines: Map<string, HeldLine>,
  line: HeldLine,
  isLive: boolean,
  drift: string,
): void => {
  lines.set(line.id, { ...line, isLive, drift });
};

const isSame = (a: Line, b: Line): boolean =>
  a.lineAmount === b.lineAmount &&
  a.quantity === b.quantity &&
  a.unitAmount === b.unitAmount &&
  a.description === b.description;

function written(document: Document, line: Line): HeldLine {
  const amount = owed(document, line);
  return {
    id: line.lineItemId,
    document: document.id,
    number: document.number,
    kind: document.kind,
    contact: document.contactId,
    currency: document.currencyCode,
    reference: document.reference,
    text: line.description ?? '',
    amount,
    stands: amount,
    isLive: true,
    drift: null,
  };
}

function owed({ kind }: Document, { lineAmount }: Line): Exact {
  const amount = exact(lineAmount);
  return kind === 'creditnote' ? negated(amount) : amount;
}
