import { type Document, type Line, readChanges } from '../bookkeeper/xero-journal.ts';
import type { Ready } from './ready-road.ts';

/** What stands in Xero now, followed through its journal, newest state of each document. */
export function documentsIn({ road, organisation }: Ready): Document[] {
  const latest = new Map<string, Document>();
  for (const { after } of readChanges(road.world.systems.xero.journal(), organisation))
    latest.set(after.id, after);
  return [...latest.values()];
}

/** The documents that count: neither deleted nor voided. */
export const standingIn = (ready: Ready): Document[] =>
  documentsIn(ready).filter(({ status }) => status !== 'DELETED' && status !== 'VOIDED');

/** Our marks on the lines that stand, sorted; one that is there twice is there twice. */
export const marksIn = (ready: Ready): string[] =>
  standingIn(ready)
    .flatMap(({ lines }) => lines.flatMap(markOf))
    .sort();

export const markOf = ({ description }: Line): string[] =>
  /\[(LP[0-9A-HJKMNP-TV-Z]{16})\]\s*$/.exec(description ?? '')?.slice(1, 2) ?? [];

/** How often Xero was asked to make or change an invoice or credit note. */
export const writesTo = ({ road }: Pick<Ready, 'road'>): number =>
  Object.entries(road.world.systems.xero.calls())
    .filter(([call]) => /^(PUT|POST) .*\/(Invoices|CreditNotes)/.test(call))
    .reduce((sum, [, count]) => sum + count, 0);
