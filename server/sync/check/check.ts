import { type Instant, instant } from '../../domain/dates.ts';
import { AppError, type Failure } from '../../domain/errors.ts';
import type { ConnectionId, TenantId } from '../../domain/ids.ts';
import type { Random } from '../../domain/ports/machine.ts';
import { takeBlends } from '../blend/take-blends.ts';
import { takeMissing } from '../missing/take-missing.ts';
import { takeOwnCharges } from '../own/take-own.ts';
import { takeParts } from '../parts/take-parts.ts';
import { noteQueue, takeBacklog } from './backlog.ts';
import { type ConnectionPart, checkConnection } from './connection-side.ts';
import type { Check, CheckContext, Purpose } from './context.ts';
import { endFailure, mustWait, noteFailure } from './failures.ts';
import { judgeMonths } from './judge-months.ts';
import { checkEveryMs, jitterMs } from './limits.ts';
import { checkMarketplace } from './marketplace-side.ts';
import { rereadLists } from './reread-lists.ts';
import { retryPlanning } from './retry-planning.ts';

export interface SideResult {
  /** `skipped`: not connected, broken, or asked to wait. */
  status: 'ok' | 'failed' | 'skipped';
  failures: Failure[];
}
export interface CheckResult {
  marketplace: SideResult;
  connections: (SideResult & { connectionId: ConnectionId })[];
  /** 2,000 tasks are open: new orders wait outside, the cursor with them. */
  queueFull: boolean;
  /** When the next check is due, with its jitter. */
  nextAt: Instant;
}

/**
 * Looks at both sides and makes the tasks that follow (DESIGN.md 3). One side failing never stops
 * the other; what failed keeps its bookmark and is noted, never thrown. Only a failing store throws
 * (`store.*`). Running it twice, after a crash, or in another order gives the same tasks.
 */
export async function checkTenant(
  context: CheckContext,
  tenantId: TenantId,
  { purpose }: { purpose: Purpose },
): Promise<CheckResult> {
  const check: Check = { ...context, tenantId, purpose, at: instant(context.clock.nowMs()) };
  await rereadLists(check);
  // The systems' lists beside the marketplace: a long first reading must not keep forms waiting for
  // theirs. Documents after it, since marks are adopted by the charges that are known.
  const [{ allTaken, ...marketplace }, lists] = await Promise.all([
    marketplaceSide(check),
    connectionSides(check, 'lists'),
  ]);
  const documents = merged(lists, await connectionSides(check, 'documents'));
  const backlog = await takeStored(check, 'backlog', takeBacklog);
  const own = await takeStored(check, 'own-charges', takeOwnCharges);
  const parts = await takeStored(check, 'parts', takeParts);
  const blends = await takeStored(check, 'blends', takeBlends);
  marketplace.failures.push(...parts.failures, ...blends.failures);
  const missing = await takeStored(check, 'missing-charges', takeMissing);
  marketplace.failures.push(...backlog.failures, ...own.failures, ...missing.failures);
  const queueFull =
    !allTaken || !backlog.allTaken || !own.allTaken || !parts.allTaken || !missing.allTaken;
  await judgeMonths(check);
  await retryPlanning(check);
  await noteQueue(check, queueFull);
  const connections = merged(documents, await connectionSides(check, 'users'));
  const nextAt = instant(context.clock.nowMs() + pauseMs(context.random));
  return { marketplace, connections, queueFull, nextAt };
}

/** Work on what is stored already; a fault of it is noted like one of a reading. */
async function takeStored(
  check: Check,
  step: string,
  take: (check: Check) => Promise<boolean>,
): Promise<{ allTaken: boolean; failures: Failure[] }> {
  try {
    const allTaken = await take(check);
    await endFailure(check, 'marketplace', step);
    return { allTaken, failures: [] };
  } catch (error) {
    const failure = await noteFailure({ check, side: 'marketplace', step, error });
    return { allTaken: true, failures: [failure] };
  }
}

/** Five minutes, give or take the jitter. */
export const pauseMs = (random: Random): number =>
  checkEveryMs + Math.round((random.fraction() * 2 - 1) * jitterMs);

async function marketplaceSide(check: Check): Promise<SideResult & { allTaken: boolean }> {
  const skipped = { status: 'skipped' as const, failures: [], allTaken: true };
  const reader = await check.store.read(check.tenantId);
  const isBroken = reader.get('marketplaceAccess', 'marketplace')?.state === 'broken';
  if (mustWait(reader, check, 'marketplace')) return skipped;
  if (isBroken && check.purpose === 'background') return skipped;
  try {
    const marketplace = await check.openMarketplace(check.tenantId, check.purpose);
    if (marketplace === null) return skipped;
    const { failures, allTaken } = await checkMarketplace(check, marketplace);
    return { status: failures.length === 0 ? 'ok' : 'failed', failures, allTaken };
  } catch (error) {
    if (error instanceof AppError && error.code === 'marketplace.not-connected') return skipped;
    const failure = await noteFailure({ check, side: 'marketplace', step: 'open', error });
    return { status: 'failed', failures: [failure], allTaken: true };
  }
}

/** One after the other: a tenant has few, and the store's transactions of a tenant queue anyway. */
async function connectionSides(
  check: Check,
  part: ConnectionPart,
): Promise<CheckResult['connections']> {
  const results: CheckResult['connections'] = [];
  const reader = await check.store.read(check.tenantId);
  for (const connection of reader.list('connection')) {
    const connectionId = connection.id;
    if (connection.state !== 'active' || mustWait(reader, check, connectionId)) {
      results.push({ connectionId, status: 'skipped', failures: [] });
      continue;
    }
    const failures = await checkConnection(check, connection, part);
    results.push({ connectionId, status: failures.length === 0 ? 'ok' : 'failed', failures });
  }
  return results;
}

/** Both parts of each connection as one result. */
function merged(
  lists: CheckResult['connections'],
  documents: CheckResult['connections'],
): CheckResult['connections'] {
  return documents.map((one) => {
    const failures = [
      ...(lists.find(({ connectionId }) => connectionId === one.connectionId)?.failures ?? []),
      ...one.failures,
    ];
    return { ...one, failures, status: failures.length > 0 ? 'failed' : one.status };
  });
}
