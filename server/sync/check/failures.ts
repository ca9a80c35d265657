import { AppError, type Failure, failureOf } from '../../domain/errors.ts';
import type { LogAction } from '../../domain/log-entry.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { Check, Side } from './context.ts';
import { failedNoteId, waitNoteId } from './names.ts';

/** After these the whole side stops for this check; after others only the step that failed. */
const sideWide: ReadonlySet<string> = new Set([
  'marketplace.credentials',
  'marketplace.unreachable',
  'marketplace.limited',
  'marketplace.quota',
  'marketplace.not-connected',
  'system.unreachable',
  'system.limited',
  'system.quota',
  'system.reconnect',
  'system.scope',
  'system.disconnected',
  'system.maintenance',
  'system.volume',
  'system.not-connected',
  'system.timeout',
  'system.resting',
]);
export const stopsSide = ({ code }: Failure): boolean => sideWide.has(code);

/** A failing store is not a failed source: nothing can be noted, the check ends. */
export const isStoreFault = (error: unknown): boolean =>
  error instanceof AppError && error.code.startsWith('store.');

/** Whether the other side asked us to stay away; a person's own check asks anyway. */
export function mustWait(reader: Reader, check: Check, side: Side): boolean {
  const note = reader.get('note', waitNoteId(side));
  return note !== null && check.purpose === 'background' && note.at > check.at;
}

/**
 * Notes a failure of one step: shown as long as it lasts, logged once for each distinct one, and
 * with the time before which the side is left alone. Throws what is the store's own fault.
 */
export async function noteFailure(options: {
  check: Check;
  side: Side;
  step: string;
  error: unknown;
}): Promise<Failure> {
  const { check, side, step, error } = options;
  if (isStoreFault(error)) throw error;
  const failure = failureOf(error);
  if (failure.code === 'internal') check.logger.error('check step failed', { side, step, error });
  await check.store.transact(check.tenantId, (tx) => {
    const id = failedNoteId(side, step);
    const isNew = tx.get('note', id)?.text !== failure.code;
    if (isNew) tx.put('note', { id, at: check.at, text: failure.code });
    if (failure.retry.kind === 'later' && failure.retry.at !== null)
      tx.put('note', { id: waitNoteId(side), at: failure.retry.at, text: failure.code });
    if (isNew) logFailure({ tx, side, step, failure });
    if (failure.retry.kind === 'reconnect') markBroken(tx, side, failure);
  });
  return failure;
}

function logFailure(options: {
  tx: Transaction;
  side: Side;
  step: string;
  failure: Failure;
}): void {
  const { tx, side, step, failure } = options;
  tx.log({
    actor: { kind: 'app' },
    action: actionOf(side, failure),
    result: failure.retry.kind === 'later' ? 'waits' : 'failed',
    connectionId: side === 'marketplace' ? null : side,
    customerId: null,
    subject: step,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure,
    facts: { step },
    details: null,
  });
}

function actionOf(side: Side, { retry }: Failure): LogAction {
  if (retry.kind !== 'reconnect') return 'check-failed';
  return side === 'marketplace' ? 'marketplace-failed' : 'connection-broken';
}

/** What only a person can mend is marked where the person looks. */
function markBroken(tx: Transaction, side: Side, failure: Failure): void {
  if (side === 'marketplace') {
    const access = tx.get('marketplaceAccess', 'marketplace');
    if (access !== null) tx.put('marketplaceAccess', { ...access, state: 'broken', failure });
    return;
  }
  const connection = tx.get('connection', side);
  if (connection?.state === 'active')
    tx.put('connection', { ...connection, state: 'broken', failure });
}

/** What failed in a step without a bookmark of its own works again. */
export async function endFailure(check: Check, side: Side, step: string): Promise<void> {
  const id = failedNoteId(side, step);
  if ((await check.store.read(check.tenantId)).get('note', id) === null) return;
  await check.store.transact(check.tenantId, (tx) => tx.remove('note', id));
}

/** Inside the transaction that stores a success: the failure's notes are no longer true. */
export function clearFailure(tx: Transaction, side: Side, step: string): void {
  for (const id of [failedNoteId(side, step), waitNoteId(side)])
    if (tx.get('note', id) !== null) tx.remove('note', id);
  if (side !== 'marketplace') return;
  const access = tx.get('marketplaceAccess', 'marketplace');
  if (access?.state === 'broken')
    tx.put('marketplaceAccess', { ...access, state: 'active', failure: null });
}
