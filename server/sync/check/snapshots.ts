import type { Instant } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import { type Document, type DocumentLine, isOpen } from '../../domain/document.ts';
import { type ConnectionId, ownKey } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import type { Link } from '../../domain/link.ts';
import { opposite } from '../../domain/money.ts';
import type { Crypto } from '../../domain/ports.ts';
import type { RecordOf } from '../../domain/records.ts';
import { purposeOf } from '../markers.ts';

export type Snapshot = RecordOf<'snapshot'>;

/**
 * A hash of what a document says: the vendor's own form of the lines, when it was touched and where
 * it is shown are left out, so that only a change of content is another hash.
 */
export function snapshotHash(crypto: Pick<Crypto, 'hash'>, document: Document): string {
  const { updatedAt: _, url: __, lines, ...head } = document;
  return crypto.hash(canonical({ ...head, lines: lines.map(({ raw: ___, ...line }) => line) }));
}

export const isOurs = (document: Document): boolean =>
  document.marker !== null || document.lines.some(({ marker }) => marker !== null);

/** Ours are kept; foreign ones only while a person could choose to add to them. */
export const isWorthKeeping = (document: Document, links: readonly Link[]): boolean =>
  isOurs(document) || links.length > 0 || isOpen(document.state);

/** The snapshot of a document as read, and whether its drift is one that nobody was told of yet. */
export function snapshotOf(options: {
  crypto: Pick<Crypto, 'hash'>;
  connectionId: ConnectionId;
  document: Document;
  readAt: Instant;
  before: Snapshot | null;
  /** Live links to this document. */
  links: readonly Link[];
}): { snapshot: Snapshot; isNewDrift: boolean } {
  const { crypto, connectionId, document, readAt, before, links } = options;
  const drift = driftOf(document, links);
  return {
    snapshot: {
      id: ownKey(connectionId, document.id),
      connectionId,
      readAt,
      hash: snapshotHash(crypto, document),
      document,
      purpose: before?.purpose ?? (document.marker === null ? null : purposeOf(document.marker)),
      ours: isOurs(document) || links.length > 0,
      drift,
    },
    isNewDrift: drift !== null && drift !== (before?.drift ?? null),
  };
}

/**
 * What a person changed in the system after us: the document's end, or for each of our lines
 * `missing`, `amount`, `quantity`, `price`, with its mark. Null where all is as we left it.
 */
export function driftOf(document: Document, links: readonly Link[]): string | null {
  if (links.length === 0) return null;
  if (document.state === 'voided' || document.state === 'deleted') return document.state;
  if (!document.whole) return null;
  const changes = links.flatMap((link) => {
    const line = document.lines.find(({ marker }) => marker === link.marker);
    const change = line === undefined ? 'missing' : changeOf(document, line, link);
    return change === null ? [] : [`${change}:${link.marker}`];
  });
  return changes.length === 0 ? null : changes.sort().join(' ');
}

function changeOf(document: Document, line: DocumentLine, link: Link): string | null {
  const isSame = (amount: Link['amount']) =>
    amount.currency === line.amount.currency && amount.amountMinor === line.amount.amountMinor;
  // A credit note holds positive figures for what the charge counts as negative.
  const isTurned = document.kind === 'creditNote' && isSame(opposite(link.amount));
  if (!isSame(link.amount) && !isTurned) return 'amount';
  if (compare(line.quantity, link.quantity) !== 0) return 'quantity';
  const priceMagnitude = (text: string) => (isTurned ? text.replace(/^-/, '') : text);
  return compare(priceMagnitude(line.unitPrice), priceMagnitude(link.unitPrice)) === 0
    ? null
    : 'price';
}
