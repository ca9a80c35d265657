import { compareText } from '../../domain/compare-text.ts';
import type { Connection } from '../../domain/connection.ts';
import { type CalendarDate, later } from '../../domain/dates.ts';
import { type DocumentLine, isOpen } from '../../domain/document.ts';
import { lastDayOf } from '../../domain/month.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';

export type Snapshot = RecordOf<'snapshot'>;
export interface MarkedLine {
  snapshot: Snapshot;
  line: DocumentLine;
}

/** The later of what is locked in the system and the last month that was closed here. */
export function closedThroughOf(reader: Reader, { id, account }: Connection): CalendarDate | null {
  const days = reader
    .list('monthClosing')
    .flatMap(({ connectionId, month }) => (connectionId === id ? [lastDayOf(month)] : []));
  if (account.lockedUntil !== null) days.push(account.lockedUntil);
  return days.length === 0 ? null : days.reduce(later);
}

/**
 * What is dated in a closed month stays as it is, though the system would let it be changed. A contract
 * is dated by its beginning, and goes on.
 */
export const inClosedBooks = (snapshot: Snapshot, through: CalendarDate | null): Snapshot => {
  const { document } = snapshot;
  const isClosed =
    through !== null &&
    document.state !== 'running' &&
    document.date !== null &&
    document.date <= through;
  return isClosed && document.locked === null
    ? { ...snapshot, document: { ...document, locked: 'period' } }
    : snapshot;
};

/** Our documents of each company, newest first. */
export function snapshotsByCompany(snapshots: readonly Snapshot[]): Map<string, Snapshot[]> {
  const byCompany = Map.groupBy(
    snapshots.filter(({ ours }) => ours),
    ({ document }) => document.companyId,
  );
  for (const list of byCompany.values()) list.sort(newestFirst);
  return byCompany;
}

/** Indexed on the first question only: systems that get a line a charge never ask it. */
export function markedLineFinder(
  snapshots: readonly Snapshot[],
): (marker: string) => MarkedLine | null {
  let byMarker: Map<string, MarkedLine> | null = null;
  return (marker) => {
    byMarker ??= new Map(
      snapshots
        .filter(({ document }) => isOpen(document.state) && document.locked === null)
        .flatMap((snapshot) =>
          snapshot.document.lines.flatMap((line) =>
            line.marker === null ? [] : [[line.marker, { snapshot, line }] as const],
          ),
        ),
    );
    return byMarker.get(marker) ?? null;
  };
}

const newestFirst = (a: Snapshot, b: Snapshot): number =>
  compareText(b.document.date ?? '', a.document.date ?? '') ||
  compareText(b.document.number ?? '', a.document.number ?? '') ||
  compareText(b.document.id, a.document.id);
