import type { Charge } from '../../domain/charge.ts';
import type { Connection } from '../../domain/connection.ts';
import { type Document, type DocumentLine, isStanding } from '../../domain/document.ts';
import type { ConnectionId, Marker } from '../../domain/ids.ts';
import { type Link, type Portion, portionId, wholePortion } from '../../domain/link.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { lineMarker } from '../markers.ts';
import { billedBeforeTheirOrders, otherAmount } from '../missing/came-later.ts';
import { chargesOnOpenLines, type MarkedLine, type OpenLineCharge } from './adopt-open-lines.ts';
import type { Check } from './context.ts';
import { recordsPerCommit } from './limits.ts';

/** Generations that are looked for; a charge freed more often is found by a person. */
const generationsMax = 3;
const signs = [1, -1] as const;

interface Found {
  charge: Charge;
  customerId: string;
  portion: Portion;
  /** Billed from the subscription, before the charge's order came. */
  isFromSubscription: boolean;
}
export interface Adopted {
  linked: number;
  /** Marked lines whose charge has not been read; they are looked at again when older orders come. */
  unknown: number;
  /** Marks that stand on more than one line. */
  twice: number;
}

/**
 * Links the lines that already carry our marks, after any connect: a new install or a reconnect of
 * the same account recognises what it wrote before. Lines of voided or deleted documents make
 * `freed` links, so that the charge's next generation is counted on; where no later one is there, the
 * link is `live`, so that the end of its document is shown as drift: who ended it is not known any
 * more, and a line that a person took off is not written again unasked.
 */
export async function adoptMarks(
  check: Check,
  connection: Connection,
  documents: readonly Document[],
): Promise<Adopted> {
  const marked = documents.flatMap((document) =>
    document.lines.flatMap((line) =>
      line.marker === null ? [] : [{ document, line, marker: line.marker }],
    ),
  );
  const byMarker =
    marked.length === 0
      ? null
      : portionsByMarker(check, connection, await check.store.read(check.tenantId));
  const links = new Map<string, Link>();
  const result: Adopted = { linked: 0, unknown: 0, twice: 0 };
  const open = await openLines(check, connection, marked);
  for (const { document, line, marker } of marked) {
    if (open.has(marker)) continue;
    const found = byMarker?.get(marker);
    if (found === undefined) {
      result.unknown += 1;
      continue;
    }
    const link = linkOf({ check, connection, document, line, marker, found });
    const other = links.get(link.id);
    if (other !== undefined && other.state === 'live' && link.state === 'live') result.twice += 1;
    if (other === undefined || other.state === 'freed') links.set(link.id, link);
  }
  for (const { document, line, marker, charge, customerId, step } of [...open.values()].flat()) {
    const found = { charge, customerId, portion: wholePortion, isFromSubscription: false };
    const whole = linkOf({ check, connection, document, line, marker, found });
    const link: Link = { ...whole, step: { marker, ...step } };
    if (!links.has(link.id)) links.set(link.id, link);
  }
  result.linked = await storeLinks(check, withGaps(askedAbout(links)));
  return result;
}

/** Lines that stay open carry the mark of a subscription's product, not of a charge. */
async function openLines(
  check: Check,
  connection: Connection,
  marked: readonly MarkedLine[],
): Promise<Map<Marker, OpenLineCharge[]>> {
  const standing = marked.filter(({ document }) => isStanding(document.kind));
  if (standing.length === 0) return new Map();
  const scope = { tenantId: check.tenantId, accountId: connection.account.id };
  return chargesOnOpenLines({
    reader: await check.store.read(check.tenantId),
    crypto: check.crypto,
    scope,
    marked: standing,
  });
}

/** Every mark that our charges could have made on this account. */
function portionsByMarker(
  check: Check,
  connection: Connection,
  reader: Reader,
): Map<Marker, Found> {
  const scope = { tenantId: check.tenantId, accountId: connection.account.id };
  const byMarker = new Map<Marker, Found>();
  for (const charge of reader.list('charge')) {
    const customerId = reader.get('order', charge.orderId)?.customerId ?? null;
    if (customerId === null) continue;
    const all = { charge, customerId, isFromSubscription: false };
    for (let generation = 1; generation <= generationsMax; generation += 1)
      for (const sign of signs) {
        const portion: Portion = { instalment: 0, generation, sign };
        byMarker.set(lineMarker(check.crypto, scope, charge.key, portion), { ...all, portion });
      }
  }
  for (const { key, charge, customerId } of billedBeforeTheirOrders(reader)) {
    const marker = lineMarker(check.crypto, scope, key, wholePortion);
    const found = { charge, customerId, portion: wholePortion, isFromSubscription: true };
    if (!byMarker.has(marker)) byMarker.set(marker, found);
  }
  return byMarker;
}

function linkOf(options: {
  check: Check;
  connection: Connection;
  document: Document;
  line: DocumentLine;
  marker: Marker;
  found: Found;
}): Link {
  const { check, connection, document, line, marker, found } = options;
  const { charge, customerId, portion, isFromSubscription } = found;
  const isOther = isFromSubscription && line.amount.amountMinor !== charge.amount.amountMinor;
  const isGone = document.state === 'voided' || document.state === 'deleted';
  return {
    id: portionId(charge.key, portion),
    connectionId: connection.id,
    chargeKey: charge.key,
    ...portion,
    orderId: charge.orderId,
    customerId,
    subscriptionId: charge.subscriptionId,
    productKey: productKeyOf(charge),
    period: charge.period,
    revision: isOther ? otherAmount : charge.revision,
    documentId: document.id,
    documentKind: document.kind,
    documentNumber: document.number,
    lineId: line.id,
    marker,
    amount: line.amount,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    ...(line.tax === null ? {} : { tax: line.tax }),
    state: isGone ? 'freed' : 'live',
    intentId: null,
    runId: null,
    by: { kind: 'app' },
    at: check.at,
  };
}

/** The newest line of a charge that went with its document counts as billed until a person answers. */
function askedAbout(links: ReadonlyMap<string, Link>): Map<string, Link> {
  const newest = new Map<string, number>();
  for (const { chargeKey, generation } of links.values())
    newest.set(chargeKey, Math.max(generation, newest.get(chargeKey) ?? 0));
  return new Map(
    [...links].map(([id, link]) => {
      const isAsked = link.sign === 1 && link.generation === newest.get(link.chargeKey);
      return [id, isAsked ? { ...link, state: 'live' } : link];
    }),
  );
}

/** A found generation had earlier ones; where their lines are gone they count as freed. */
function withGaps(links: ReadonlyMap<string, Link>): Link[] {
  const whole = new Map(links);
  for (const link of links.values())
    for (let generation = 1; generation <= link.generation; generation += 1) {
      const portion: Portion = { instalment: 0, generation, sign: 1 };
      const id = portionId(link.chargeKey, portion);
      if (!whole.has(id)) whole.set(id, { ...link, ...portion, id, state: 'freed' });
    }
  return [...whole.values()];
}

async function storeLinks(check: Check, links: readonly Link[]): Promise<number> {
  let stored = 0;
  for (let start = 0; start < links.length; start += recordsPerCommit) {
    const batch = links.slice(start, start + recordsPerCommit);
    stored += await check.store.transact(check.tenantId, (tx) => {
      const news = batch.filter((link) => !isKnown(tx, link));
      for (const link of news) tx.put('link', link);
      return news.filter(({ state }) => state === 'live').length;
    });
  }
  return stored;
}

/** What is linked stays as it is, except that a new connection of the same account takes it over. */
function isKnown(tx: Transaction, link: Link): boolean {
  const stored = tx.get('link', link.id);
  return stored !== null && (stored.state === 'freed' || isAlive(tx, stored.connectionId, link));
}
const isAlive = (tx: Transaction, connectionId: ConnectionId, link: Link): boolean =>
  connectionId === link.connectionId || tx.get('connection', connectionId)?.state === 'active';

/** Marks the connection as adopted and says what was found, in one transaction. */
export function finishAdoption(tx: Transaction, connection: Connection, adopted: Adopted): void {
  const current = tx.get('connection', connection.id) ?? connection;
  tx.put('connection', { ...current, marksAdopted: true });
  if (adopted.linked + adopted.unknown === 0) return;
  tx.log({
    actor: { kind: 'app' },
    action: 'adopted',
    result: adopted.twice > 0 ? 'asks' : 'ok',
    connectionId: connection.id,
    customerId: null,
    subject: connection.account.name,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: {
      linked: String(adopted.linked),
      unknown: String(adopted.unknown),
      twice: String(adopted.twice),
    },
    details: null,
  });
}
