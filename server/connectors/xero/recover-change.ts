import { millisecondsOf } from '../../domain/dates.ts';
import type { Document, DocumentState } from '../../domain/document.ts';
import type { Element, Intent } from '../../domain/intent.ts';
import type { Recovered } from '../../domain/ports/write.ts';
import { clockSkewMs } from './limits.ts';
import { vendorStatus } from './map.ts';
import { lineFor, sameLine, wantedOf } from './wanted.ts';

export const nothing = { document: null, company: null, item: null };
export const absent: Recovered = { status: 'absent' };
export const unclear = (lookAt: string): Recovered => ({ status: 'unclear', lookAt });
export const happened = (document: Document | null): Recovered => ({
  status: 'happened',
  ...nothing,
  document,
});

/** What became of a change of state: states only go forward, so a later one means it happened. */
export function afterState(element: Element, document: Document): Recovered {
  const { Status } = wantedOf(element);
  if (Status === vendorStatus(document.state)) return happened(document);
  const order: readonly DocumentState[] = ['draft', 'submitted', 'approved', 'paid'];
  const [stands, asked] = [
    order.indexOf(document.state),
    order.findIndex((state) => vendorStatus(state) === Status),
  ];
  if (stands >= 0 && asked >= 0 && stands > asked) return happened(document);
  return stands >= 0 ? absent : unclear(document.number ?? document.id);
}

/**
 * Happened when our lines say what was sent, or every new line is there (a person may have changed it
 * since). Absent only when nobody touched the document since our last look: a new line that is missing
 * from a touched one may never have come, or was taken off by a person, and then must not come back
 * unasked.
 */
export function afterLines({ element, sentAt }: Intent, document: Document): Recovered {
  const { LineItems } = wantedOf(element);
  const added = LineItems.filter(({ LineItemID }) => LineItemID === undefined);
  const present = added.filter((line) => lineFor(line, document) !== undefined);
  const ours = LineItems.filter((line) => lineFor(line, document)?.marker != null);
  const marked = document.lines.filter(({ marker }) => marker !== null);
  const asSent =
    ours.length === marked.length &&
    LineItems.every((line) => {
      const stands = lineFor(line, document);
      return stands !== undefined && (stands.marker === null || sameLine(line, stands));
    });
  if (asSent) return happened(document);
  if (added.length > 0 && present.length === added.length) return happened(document);
  return isUntouched({ element, sentAt }, document)
    ? absent
    : unclear(document.number ?? document.id);
}

/** By Xero's own clock; an intent that does not tell what it saw compares ours with Xero's. */
function isUntouched(
  { element: { touchedAt }, sentAt }: Pick<Intent, 'element' | 'sentAt'>,
  { updatedAt }: Document,
): boolean {
  return touchedAt === null
    ? millisecondsOf(updatedAt) + clockSkewMs < millisecondsOf(sentAt)
    : updatedAt === touchedAt;
}
