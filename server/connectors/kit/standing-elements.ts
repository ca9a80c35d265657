import { type CalendarDate, date } from '../../domain/dates.ts';
import type { StandingKind } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import { canonical } from '../../domain/json.ts';
import type { DocumentWrite, LineChange } from '../../domain/ports/write.ts';
import { markersOf } from './elements.ts';

/** How a system with standing documents says what a write asks for. */
export interface StandingForm<LineBody extends object> {
  kind: StandingKind;
  /** Several documents are written in one go, as many as the manifest says; else each by itself. */
  together: boolean;
  /** Lines of a lower rank are written first. */
  rankOf(line: LineChange): number;
  /** `fallbackDate` is for a one-off line that names no day. */
  lineBody(line: LineChange, fallbackDate: CalendarDate): LineBody;
  /** A new document with all its lines. */
  documentBody(open: NonNullable<DocumentWrite['open']>, lines: LineBody[]): object;
}

/**
 * A new document is one element with all its lines; on a standing one each line is an element. They share
 * the document's reference, and are finished or undone together. Throws `system.bug` for what no standing
 * document takes.
 */
export function standingElements<LineBody extends object>(
  write: DocumentWrite,
  { kind, together, rankOf, lineBody, documentBody }: StandingForm<LineBody>,
): Element[] {
  if (write.documentKind !== kind || write.send || write.allocate !== null)
    throw new AppError('system.bug');
  const { ref, open, before } = write;
  const lines = [...write.lines].sort((a, b) => rankOf(a) - rankOf(b));
  if (open !== null)
    return [
      {
        ref,
        kind: 'document-create',
        batch: together ? `${kind}, new` : `${kind} ${open.marker}`,
        body: canonical(
          documentBody(
            open,
            lines.map((line) => lineBody(line, open.date)),
          ),
        ),
        documentId: null,
        touchedAt: null,
        marker: open.marker,
        lineMarkers: lines.flatMap(markersOf),
      },
    ];
  if (before === null) throw new AppError('system.bug');
  return lines.map((line) => ({
    ref,
    kind: 'document-change',
    batch: together ? kind : `${kind} ${before.id}`,
    body: canonical(lineBody(line, before.date ?? date('1970-01-01'))),
    documentId: before.id,
    touchedAt: before.updatedAt,
    marker: before.marker ?? '',
    lineMarkers: markersOf(line),
  }));
}
