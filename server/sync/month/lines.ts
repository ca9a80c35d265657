import type { Document, DocumentLine } from '../../domain/document.ts';
import type { Link } from '../../domain/link.ts';
import { type Money, opposite, zero } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Snapshot } from '../plan/snapshots.ts';
import type { PlanWorld } from '../plan/world.ts';

/** A line as read back from the system, with the link that knows it. */
export interface StandingLine {
  snapshot: Snapshot;
  line: DocumentLine;
  link: Link | null;
  /** What the customer owes for it: a credit note's lines count against them. */
  owed: Money;
}

/** What stands for a charge, as last read back: what we wrote and what is there. */
export interface ReadBack {
  /** Null where an open line stands for it that another charge wrote. */
  link: Link | null;
  documentId: string;
  billed: Money;
  standing: Money;
  document: Document | null;
  /** Why nothing stands there; null where it does. */
  gone: 'voided' | 'deleted' | 'removed' | 'unread' | null;
}

/** All that is billed of one connection: links by charge, and every line of our documents. */
export interface Billed {
  byCharge: ReadonlyMap<string, readonly ReadBack[]>;
  lines: readonly StandingLine[];
  links: readonly Link[];
}

/** What the customer owes for an amount on a document. */
export const owed = (kind: Document['kind'], amount: Money): Money =>
  kind === 'creditNote' ? opposite(amount) : amount;

export const isDead = ({ state }: Document): boolean => state === 'voided' || state === 'deleted';

/** Joins our ledger with the documents as read back, once for all months. */
export function billedOf(reader: Reader, { connection }: Pick<PlanWorld, 'connection'>): Billed {
  const snapshots = reader
    .list('snapshot')
    .filter(({ connectionId, ours }) => connectionId === connection.id && ours);
  const links = reader
    .list('link')
    .filter(({ connectionId, state }) => connectionId === connection.id && state === 'live');
  const linkOf = new Map<string, Link>([
    // An open line may be known by its steps alone: its first charge is a part beside it.
    ...links.flatMap((link) =>
      link.step === undefined ? [] : [[`${link.documentId} ${link.step.marker}`, link] as const],
    ),
    ...links.map((link) => [`${link.documentId} ${link.marker}`, link] as const),
  ]);
  const lineOf = new Map<string, DocumentLine>();
  const lines: StandingLine[] = [];
  const documents = new Map<string, Document>();
  for (const snapshot of snapshots) {
    const { document } = snapshot;
    documents.set(document.id, document);
    if (isDead(document)) continue;
    for (const line of document.lines) {
      const key = `${document.id} ${line.marker}`;
      // A second line with the same mark stands for nothing more.
      const link = lineOf.has(key) ? null : (linkOf.get(key) ?? null);
      if (link !== null) lineOf.set(key, line);
      lines.push({ snapshot, line, link, owed: owed(document.kind, line.amount) });
    }
  }
  const byCharge = new Map<string, ReadBack[]>();
  for (const link of links) {
    const document = documents.get(link.documentId) ?? null;
    const line = lineOf.get(`${link.documentId} ${link.marker}`) ?? null;
    byCharge.set(link.chargeKey, [
      ...(byCharge.get(link.chargeKey) ?? []),
      readBack(link, document, line),
    ]);
  }
  return { byCharge, lines, links };
}

function readBack(link: Link, document: Document | null, line: DocumentLine | null): ReadBack {
  const billed = owed(link.documentKind, link.amount);
  const at = { link, documentId: link.documentId, billed, document };
  const nothing = zero(billed.currency);
  if (document === null) return { ...at, standing: nothing, gone: 'unread' };
  if (document.state === 'voided' || document.state === 'deleted')
    return { ...at, standing: nothing, gone: document.state };
  if (line !== null) return { ...at, standing: owed(document.kind, line.amount), gone: null };
  return document.whole
    ? { ...at, standing: nothing, gone: 'removed' }
    : { ...at, standing: billed, gone: null };
}
