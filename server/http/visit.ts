import type { Session } from '../access/sessions.ts';
import { type Instant, instant, millisecondsOf } from '../domain/dates.ts';
import type { EngineContext } from '../sync/context.ts';

/** Looks closer together than this are one visit. */
const visitMaxMs = 30 * 60_000;

/** When this person looked last, before the visit that is going on; null the first time. */
export async function noteVisit(
  { store, clock }: Pick<EngineContext, 'store' | 'clock'>,
  session: Session,
): Promise<Instant | null> {
  const nowMs = clock.nowMs();
  const { id, name } = session.user;
  const visit = (await store.read(session.tenantId)).get('visit', id);
  const goesOn = visit !== null && nowMs - millisecondsOf(visit.at) < visitMaxMs;
  // A commit for each look would be waste: a visit is written down when it begins, and once a while.
  const isNamed = visit?.name === name;
  if (isNamed && goesOn && nowMs - millisecondsOf(visit.at) < visitMaxMs / 2)
    return visit.previousAt;
  const previousAt = goesOn ? visit.previousAt : (visit?.at ?? null);
  await store.transact(session.tenantId, (tx) =>
    tx.put('visit', { id, name, at: instant(nowMs), previousAt }),
  );
  return previousAt;
}
