import type { Document } from '../domain/document.ts';
import type { Intent } from '../domain/intent.ts';
import { isOfOpenLine, type Link, lineOfLink, portionId, wholePortion } from '../domain/link.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { Transaction } from '../domain/ports/store.ts';

/** A line that the system answered without its mark; it is written, but cannot be pointed at. */
export const lineUnfound = 'not-found-in-answer';

/** The record that a charge stands on a line, as the system answered it. */
export function linkOf(intent: Intent, line: PlanLine, document: Document, at: Link['at']): Link {
  const there = lineOfPlan(document, line);
  return {
    id: portionId(line.chargeKey, line.portion),
    connectionId: intent.connectionId,
    chargeKey: line.chargeKey,
    ...line.portion,
    orderId: line.orderId,
    customerId: intent.plan?.customerId ?? '',
    subscriptionId: line.subscriptionId,
    productKey: line.productKey,
    period: line.period,
    revision: line.revision,
    documentId: document.id,
    documentKind: document.kind,
    documentNumber: document.number,
    lineId: there?.id ?? lineUnfound,
    marker: line.marker,
    ...stepOf(line),
    amount: line.amount,
    quantity: line.content.quantity,
    unitPrice: line.content.unitPrice,
    ...(there?.tax == null ? {} : { tax: there.tax }),
    state: 'live',
    intentId: intent.id,
    runId: intent.runId,
    by: intent.by,
    at,
  };
}

/** The line that a planned one became; one that a person linked is known by its id alone. */
export const lineOfPlan = (
  { lines }: Pick<Document, 'lines'>,
  { marker, stands }: Pick<PlanLine, 'marker' | 'stands'>,
): Document['lines'][number] | undefined =>
  lines.find((line) => line.marker === marker) ??
  (stands?.lineId == null
    ? undefined
    : lines.find((line) => line.id === stands.lineId && line.marker === null));

/** What the line does to an open one: as that line itself, or beside it. */
function stepOf({ marker, content, stands, sets }: PlanLine): Pick<Link, 'step'> {
  const at = sets ?? (stands === undefined ? null : { ...stands, marker, content });
  if (at === null) return {};
  const { quantity, unitPrice } = at.content;
  return { step: { marker: at.marker, from: at.from, quantity, unitPrice } };
}

/** Orders whose charges an answer may have set free: their task may be gone already. */
export const ordersSetFree = (tx: Transaction, intents: readonly Intent[]): string[] => [
  ...new Set(
    intents.flatMap(({ frees, plan }) => [
      ...frees.flatMap((id) => tx.get('link', id)?.orderId ?? []),
      ...(plan?.lines ?? []).flatMap(({ portion, orderId }) =>
        portion.sign === -1 ? [orderId] : [],
      ),
    ]),
  ),
];

/** An undone line's charge may be billed again, under its next generation. */
export function freeLink(tx: Transaction, id: string): void {
  const link = tx.get('link', id);
  if (link !== null) tx.put('link', { ...link, state: 'freed' });
}

/** An open line that was brought back is billed by its newest step: the earlier ones carry nothing any more. */
export function freeEarlierSteps(tx: Transaction, link: Link): void {
  if (!isOfOpenLine(link) || link.sign === -1) return;
  for (let generation = 1; generation < link.generation; generation += 1) {
    const id = portionId(link.chargeKey, { ...wholePortion, generation });
    const earlier = tx.get('link', id);
    if (earlier?.state === 'live' && earlier.documentId === link.documentId) freeLink(tx, id);
  }
}

/**
 * An open line is billed as it stands after all its steps, whichever charge moved it; so is one of which
 * the system says quantity or price.
 */
export function asItStands(
  link: Link,
  document: Document,
  { isSystems }: { isSystems: boolean },
): Link {
  const line = lineOfLink(document.lines, link);
  return !isSystems || line === undefined ? link : { ...link, ...figuresOf(line) };
}

/** Earlier charges of an open line that this write moved: they stand on it as it is now. */
export function openLineLinks(tx: Transaction, { element }: Intent, document: Document): Link[] {
  const moved = new Set<string>(element.lineMarkers);
  if (moved.size === 0) return [];
  return tx.list('link').flatMap((link): Link[] => {
    const line = moved.has(link.marker) ? lineOfLink(document.lines, link) : undefined;
    const isHere = link.state === 'live' && link.documentId === document.id;
    return line === undefined || !isHere ? [] : [{ ...link, ...figuresOf(line) }];
  });
}

const figuresOf = ({ amount, quantity, unitPrice }: Document['lines'][number]) => ({
  amount,
  quantity,
  unitPrice,
});
