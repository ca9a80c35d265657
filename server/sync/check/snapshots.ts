import type { Instant } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import { type Document, type DocumentLine, isOpen } from '../../domain/document.ts';
import { type ConnectionId, ownKey } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import { type Link, lineOfLink } from '../../domain/link.ts';
import { opposite } from '../../domain/money.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
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

/** How a person changed a line after us, or the end of its document. */
export type Change = 'voided' | 'deleted' | 'missing' | 'amount' | 'quantity' | 'price' | 'tax';
export interface ChangedLine {
  link: Link;
  change: Change;
  /** As it stands now; null where it does no longer. */
  line: DocumentLine | null;
}

/** Our lines that are not as we left them. */
export function changedLines(document: Document, links: readonly Link[]): ChangedLine[] {
  const { state } = document;
  if (state === 'voided' || state === 'deleted')
    return links.map((link) => ({ link, change: state, line: null }));
  if (!document.whole) return [];
  return links.flatMap((link): ChangedLine[] => {
    const line = lineOfLink(document.lines, link) ?? null;
    const change = line === null ? 'missing' : changeOf(document, line, link);
    return change === null ? [] : [{ link, change, line }];
  });
}

/** Names all changes, so that one that was told before is known again; null where there is none. */
export function driftOf(document: Document, links: readonly Link[]): string | null {
  const changes = changedLines(document, links).map(({ link, change }) =>
    isEnd(change) ? change : `${change}:${link.marker}`,
  );
  return changes.length === 0 ? null : [...new Set(changes)].sort().join(' ');
}
const isEnd = (change: Change): boolean => change === 'voided' || change === 'deleted';

/**
 * A credit note holds positive figures for what its charge counts as negative, and the other way
 * round for what it takes back.
 */
const isTurned = (document: Document, line: DocumentLine, { amount }: Link): boolean =>
  document.kind === 'creditNote' && line.amount.amountMinor < 0n !== amount.amountMinor < 0n;

/** What was billed is what stands there now, also where a person changed it. */
export function asItStands(document: Document, line: DocumentLine, link: Link): Link {
  const turned = isTurned(document, line, link);
  const isNegative = link.unitPrice.startsWith('-');
  return {
    ...link,
    amount: turned ? opposite(line.amount) : line.amount,
    quantity: line.quantity,
    ...(line.tax === null ? {} : { tax: line.tax }),
    unitPrice: turned && isNegative ? `-${line.unitPrice}` : line.unitPrice,
  };
}

function changeOf(document: Document, line: DocumentLine, link: Link): Change | null {
  const turned = isTurned(document, line, link);
  const amount = turned ? opposite(link.amount) : link.amount;
  if (amount.currency !== line.amount.currency || amount.amountMinor !== line.amount.amountMinor)
    return 'amount';
  if (compare(line.quantity, link.quantity) !== 0) return 'quantity';
  const priceMagnitude = (text: string) => (turned ? text.replace(/^-/, '') : text);
  if (compare(priceMagnitude(line.unitPrice), priceMagnitude(link.unitPrice)) !== 0) return 'price';
  return isTaxedAsAnswered(line, link) ? null : 'tax';
}

/** What the customer owes changes with the tax of a line, though its amount does not. */
const isTaxedAsAnswered = ({ tax }: DocumentLine, link: Link): boolean =>
  tax === null || link.tax === undefined || tax.amountMinor === link.tax.amountMinor;
