import { type Instant, instant } from '../../domain/dates.ts';
import type { Run } from '../../domain/intent.ts';
import type { Link } from '../../domain/link.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { continueRun, type Left } from '../continue-run.ts';
import type { Job } from '../job.ts';
import { linkStateOf } from '../plan/links.ts';
import type { PlanWorld } from '../plan/world.ts';
import { recoverIntents } from '../recover.ts';
import type { Confirmed } from '../run.ts';
import { documentOfRef, isUndoRef, undoRef } from './answer.ts';
import { type TakeBack, takeBacks } from './take-back.ts';

/** Whether anything that a run wrote still stands, and nobody is about to take it back. */
export function canUndo(reader: Reader, run: Run): boolean {
  if (run.kind === 'undo' || run.kind === 'closing' || run.endedAt === null) return false;
  const links = reader
    .list('link')
    .filter(
      (link) =>
        link.runId === run.id &&
        link.state === 'live' &&
        (link.sign === -1 || linkStateOf(reader, link.chargeKey).live?.id === link.id),
    );
  const busy = beingTakenBack(reader);
  return links.length > 0 && !links.some(({ id }) => busy.has(id));
}

/** Lines that an undo under way is about. */
export const beingTakenBack = (reader: Reader): ReadonlySet<string> =>
  new Set(
    reader.list('run').flatMap(({ endedAt, takesBack }) => (endedAt === null ? takesBack : [])),
  );

/** What was confirmed of a document: how it gives the lines back, and the document as it was seen. */
export const partsOf = (found: readonly TakeBack[]): Confirmed[] =>
  found.flatMap((one) =>
    one.how.can
      ? [
          {
            ref: undoRef(one.documentId),
            seen: seenOf(one, one.how.how),
            customerId: one.customerId,
            taskIds: [],
            amount: one.amount,
          },
        ]
      : [],
  );

const seenOf = ({ snapshot }: TakeBack, how: string): string => `${how} ${snapshot?.hash ?? ''}`;

/**
 * Takes lines back as a person confirmed it. What is left follows from the links alone, so it goes on
 * after a limit or a kill; a document that changed since is left alone and said so. The charges are
 * held until a person bills them again.
 */
export async function undoRun(job: Job, undo: Run): Promise<Instant | null> {
  await recoverIntents(job);
  await holdCharges(job, undo);
  return continueRun(job, undo.id, {
    leftOf: (reader, part, world) => leftToTakeBack(reader, undo, part, world),
  });
}

/** What of a confirmed document is still to be taken back. */
export function leftToTakeBack(
  reader: Reader,
  undo: Run,
  { ref, seen }: Pick<Run['parts'][number], 'ref' | 'seen'>,
  world: PlanWorld,
): Left {
  const [left] = takeBacks(world, linksLeft(reader, undo, documentOfRef(ref)));
  if (left === undefined) return 'written';
  if (!left.how.can) return 'blocked';
  return seenOf(left, left.how.how) === seen ? left.how.step : 'stale';
}

const linksLeft = (reader: Reader, { takesBack }: Run, documentId: string): Link[] =>
  takesBack.flatMap((id) => {
    const link = reader.get('link', id);
    return link !== null && link.state === 'live' && link.documentId === documentId ? [link] : [];
  });

/** The decision that holds a line's charge after it was taken back. */
export const holdId = (crypto: Pick<Crypto, 'hash'>, linkId: string): string =>
  crypto.hash(`undone\n${linkId}`).slice(0, 32);

/** What a person undid is held, automatic included, until a person bills it again. */
export async function holdCharges(
  { context, tenantId, connection }: Job,
  undo: Run,
): Promise<void> {
  const waiting = undo.parts.filter(
    ({ ref, state }) => isUndoRef(ref) && (state === 'waiting' || state === 'delayed'),
  );
  if (waiting.length === 0) return;
  await context.store.transact(tenantId, (tx) => {
    const links = waiting.flatMap(({ ref }) => linksLeft(tx, undo, documentOfRef(ref)));
    for (const link of links)
      tx.put('decision', {
        id: holdId(context.crypto, link.id),
        connectionId: connection.id,
        scope: { kind: 'charge', key: link.chargeKey, revision: link.revision },
        value: { kind: 'hold', reason: 'undone' },
        by: undo.by,
        at: instant(context.clock.nowMs()),
      });
  });
}
