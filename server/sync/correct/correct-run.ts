import type { Instant } from '../../domain/dates.ts';
import type { Failure } from '../../domain/errors.ts';
import type { Run } from '../../domain/intent.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { connectionOf } from '../connection-of.ts';
import { continueRun, type Left } from '../continue-run.ts';
import type { Job } from '../job.ts';
import { linkStateOf } from '../plan/links.ts';
import { type PlanWorld, worldOf } from '../plan/world.ts';
import { recoverIntents } from '../recover.ts';
import { sendDocuments } from '../send.ts';
import { isUndoRef } from '../undo/answer.ts';
import { holdCharges, holdId, leftToTakeBack } from '../undo/undo-run.ts';
import { trialOn } from '../what-if/trial.ts';
import { writeOf } from '../write-plan.ts';
import { billingAgain, contentOf, plansAgain } from './foresee.ts';

/**
 * Takes lines back and writes them where the corrected mapping says, as a person confirmed both. What
 * is left follows from the links alone, so it goes on after a limit or a kill. Charges that were taken
 * back and could not be written anew stay held and ask: nothing is lost in between.
 */
export async function correctRun(job: Job, run: Run): Promise<Instant | null> {
  await recoverIntents(job);
  await holdCharges(job, run);
  const again = plansOnce(job, run);
  return continueRun(job, run.id, {
    leftOf: (reader, part, world) =>
      isUndoRef(part.ref)
        ? leftToTakeBack(reader, run, part, world)
        : leftToWrite(reader, run, part, again(reader)),
    afterWriting: async (_job, now) => {
      await letGoOfBilled(job, run);
      return (await sendDocuments(job, now)) ?? stillWaits(now);
    },
  });
}

interface Again {
  world: PlanWorld;
  plans: ReadonlyMap<string, Plan>;
}

/** A plan anew is written as it was seen, once everything that it replaces is taken back. */
function leftToWrite(
  reader: Reader,
  run: Run,
  { ref, seen }: Run['parts'][number],
  { world, plans }: Again,
): Left {
  const plan = plans.get(ref);
  if (plan !== undefined && contentOf(world, plan) === seen)
    return {
      write: writeOf(world, plan),
      plan,
      frees: [],
      before: plan.target.kind === 'existing' ? plan.target.seen : null,
    };
  const parts = reader.get('run', run.id)?.parts ?? [];
  return parts.some(isUnsettledTakeBack) ? 'later' : 'stale';
}

const isUnsettledTakeBack = ({ ref, state }: Run['parts'][number]): boolean =>
  isUndoRef(ref) && ['waiting', 'delayed', 'writing', 'unknown'].includes(state);

/** Plans of what is taken back and not written anew, made once for each look at the store. */
function plansOnce(
  { context, tenantId, connection: { id } }: Job,
  run: Run,
): (reader: Reader) => Again {
  let made: { reader: Reader; again: Again } | null = null;
  return (reader) => {
    if (made?.reader === reader) return made.again;
    const links = run.takesBack
      .flatMap((linkId) => reader.get('link', linkId) ?? [])
      .filter(({ chargeKey }) => linkStateOf(reader, chargeKey).live === null);
    // Held against every other run, but not against this one.
    const trial = trialOn(reader);
    for (const linkId of run.takesBack) trial.remove('decision', holdId(context.crypto, linkId));
    const connection = connectionOf(reader, id);
    const { manifest } = context.connector(connection.systemId);
    const { crypto, clock } = context;
    const world = billingAgain(
      worldOf({ reader: trial, tenantId, connection, manifest, crypto, nowMs: clock.nowMs() }),
      reader,
      links,
    );
    const plans = new Map(plansAgain(world, links).map((plan) => [plan.ref, plan]));
    made = { reader, again: { world, plans } };
    return made.again;
  };
}

/** A charge that stands on its new line is held no longer. */
async function letGoOfBilled({ context, tenantId }: Job, run: Run): Promise<void> {
  await context.store.transact(tenantId, (tx) => {
    for (const linkId of run.takesBack) {
      const link = tx.get('link', linkId);
      const live = link === null ? null : linkStateOf(tx, link.chargeKey).live;
      if (live !== null && live.id !== linkId)
        tx.remove('decision', holdId(context.crypto, linkId));
    }
  });
}

/** While nobody knows what became of taking back, what replaces it waits for that answer. */
const stillWaits = ({ parts }: Run): Failure | null => {
  const lost = parts.find((part) => isUnsettledTakeBack(part) && part.state !== 'waiting');
  const waits = parts.some(({ ref, state }) => !isUndoRef(ref) && state === 'waiting');
  return lost === undefined || !waits
    ? null
    : (lost.failure ?? {
        code: 'system.answer',
        said: null,
        retry: { kind: 'later', at: null },
        reference: null,
      });
};
