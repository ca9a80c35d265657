import type { Connection } from '../../domain/connection.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Run } from '../../domain/intent.ts';
import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { nextAutomatic } from '../../sync/automatic.ts';
import type { ExportsView } from '../views/dashboard.ts';
import { nameOf, totalsView } from './money.ts';

/** Runs that bring lines to the system; an undo and a closing do not. */
const exporting: readonly Run['kind'][] = ['manual', 'automatic', 'correction'];

/** When lines go to a system that makes the invoices itself, and what went last; null for others. */
export function exportsView(options: {
  reader: Reader;
  connection: Connection;
  manifest: ConnectorManifest;
  nowMs: number;
  nextCheckAt: Instant | null;
}): ExportsView | null {
  const { reader, connection, manifest, nowMs, nextCheckAt } = options;
  const madeIn = manifest.invoicing?.madeIn ?? null;
  if (madeIn === null) return null;
  const { automatic } = connection.settings;
  const [last] = reader
    .list('run')
    .filter(
      ({ connectionId, kind, awaits }) =>
        connectionId === connection.id && exporting.includes(kind) && awaits === null,
    )
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return {
    madeIn,
    mode: automatic.mode,
    minuteOfDay: automatic.mode === 'daily' ? automatic.minuteOfDay : null,
    next: nextAutomatic(reader, connection, nowMs, nextCheckAt),
    last: last === undefined ? null : lastOf(reader, last),
  };
}

function lastOf(reader: Reader, run: Run): NonNullable<ExportsView['last']> {
  const written = run.parts.filter(({ state }) => state === 'written');
  const isUnderWay = ({ state }: Run['parts'][number]) =>
    state === 'waiting' || state === 'writing' || state === 'delayed';
  return {
    runId: run.id,
    by: nameOf(run.by),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    documents: written.length,
    lines: reader.list('link').filter(({ runId }) => runId === run.id).length,
    money: totalsView(written.flatMap(({ amount }) => amount ?? [])),
    stopped: run.parts.filter((part) => part.state !== 'written' && !isUnderWay(part)).length,
  };
}
