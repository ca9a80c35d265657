import type { ConnectionId } from '../domain/ids.ts';
import type { Intent } from '../domain/intent.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Actor } from '../domain/tenant.ts';
import { reassess, reassessTasks, type WithinWrite } from './reassess.ts';
import { partOf, setParts } from './run-parts.ts';
import { freeLink, ordersSetFree } from './written-lines.ts';

/**
 * Writes whose outcome nobody could tell and that no task asks about: an undo, a posting, an e-mail,
 * the creation of a company or item.
 */
export const unclearWithoutTask = (reader: Reader, connectionId: ConnectionId): Intent[] =>
  reader
    .list('intent')
    .filter((intent) => intent.connectionId === connectionId && intent.state === 'unclear')
    .filter(({ plan }) => !(plan?.taskIds ?? []).some((id) => reader.get('task', id) !== null));

/**
 * A person looked in the system and says what became of it. It happened: it is settled as such. It
 * did not: it may be written again, and a run that ended because of it is taken up.
 */
export function answerUnclear(
  within: WithinWrite,
  intent: Intent,
  { happened, by }: { happened: boolean; by: Actor },
): void {
  const { context, tx, tenantId, connection } = within;
  tx.remove('intent', intent.id);
  if (happened) for (const id of intent.frees) freeLink(tx, id);
  // Charges are planned and confirmed anew; what has no plan goes on in its own run.
  const goesOn = !happened && intent.plan === null;
  const state = happened ? 'written' : goesOn ? 'waiting' : 'blocked';
  setParts(tx, [{ ...partOf(intent), state, failure: null }]);
  const run = tx.get('run', intent.runId);
  if (goesOn && run !== null) tx.put('run', { ...run, endedAt: null, attempts: 0 });
  reassess(within, intent.plan?.taskIds ?? [], ordersSetFree(tx, [intent]));
  reassessTasks(context, tx, tenantId, connection.id, ({ groups }) =>
    groups.some(({ needs }) => needs.some(({ subject }) => subject === intent.id)),
  );
  tx.log({
    actor: by,
    action: 'decided',
    result: 'ok',
    connectionId: connection.id,
    customerId: intent.plan?.customerId ?? null,
    subject: intent.lookAt ?? intent.element.ref,
    taskId: null,
    orderId: null,
    documentId: intent.element.documentId,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { kind: 'outcome-unclear' },
    details: { happened, write: intent.element.kind, ref: intent.element.ref },
  });
}
