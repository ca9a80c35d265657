import type { Run } from '../../domain/intent.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { canUndo } from '../../sync/undo/undo-run.ts';
import type { Desk } from '../desk.ts';
import type { RunView } from '../views/runs.ts';
import { failureView } from './failure.ts';
import { moneyView, nameOf, totalsView } from './money.ts';

export function runView(
  { context }: Pick<Desk, 'context'>,
  reader: Reader,
  run: Run,
  requestId: string,
): RunView {
  const systemId = reader.get('connection', run.connectionId)?.systemId ?? '';
  return {
    id: run.id,
    kind: run.kind,
    by: nameOf(run.by),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    total: run.parts.length,
    done: run.parts.filter(({ state }) => state !== 'waiting' && state !== 'writing').length,
    parts: run.parts.map((part) => ({
      ref: part.ref,
      customerName: reader.get('customer', part.customerId)?.name ?? '',
      state: part.state,
      documentId: part.documentId,
      documentNumber: part.documentNumber,
      documentUrl: part.documentUrl,
      amount: part.amount === null ? null : moneyView(part.amount),
      taskIds: part.taskIds,
      failure:
        part.failure === null
          ? null
          : failureView(part.failure, requestId, context.connector(systemId)),
    })),
    awaits:
      run.awaits === null
        ? null
        : { ...run.awaits, totals: totalsView(run.parts.flatMap(({ amount }) => amount ?? [])) },
    second: run.second === null ? null : { ...run.second, by: nameOf(run.second.by) },
    canUndo: canUndo(reader, run),
  };
}
