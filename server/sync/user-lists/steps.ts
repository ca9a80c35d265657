import type { Connection } from '../../domain/connection.ts';
import { AppError } from '../../domain/errors.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Check } from '../check/context.ts';
import { endFailure, noteFailure } from '../check/failures.ts';
import { dailyMs, hourlyMs } from '../check/limits.ts';
import { cursorId } from '../check/names.ts';
import type { Step } from '../check/steps.ts';
import { noteFeature, unlessLacking } from '../read-back/lacks.ts';
import { placeLists, takeListsAway } from './place-lists.ts';

const name = 'users';
/** Bookmarks: nothing of ours is there; the marketplace did not tell all; all stands as it told. */
const bookmarks = { away: 'away', again: 'again', placed: 'placed' } as const;

/**
 * Lists of users on the documents of a connection, once a day and last, so that whatever becomes of them nothing that is
 * billed waits for it. Switched off, those that are there are taken away once. Nothing of a list is stored or logged.
 */
export async function userListSteps(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Promise<Step[]> {
  const lists = session.userLists;
  if (lists === undefined) return [];
  const reader = await check.store.read(check.tenantId);
  const position = reader.get('cursor', cursorId(connection.id, name))?.position ?? null;
  const at = { check, connection, lists };
  if (!connection.settings.exportUsers) {
    if (position === null || position === bookmarks.away) return [];
    return [
      { name, everyMs: 0, work: () => withRight(at, () => takeListsAway(at), bookmarks.away) },
    ];
  }
  const marketplace = await check.openMarketplace(check.tenantId, check.purpose);
  const tell = marketplace?.users?.bind(marketplace);
  if (tell === undefined) return [];
  const everyMs =
    position === bookmarks.placed ? dailyMs : position === bookmarks.again ? hourlyMs : 0;
  return [
    { name, everyMs, work: () => withRight(at, () => placeLists(at, tell), bookmarks.placed) },
  ];
}

/** The marketplace's fault is noted on its side and tried again; a right that lacks is shown, and no fault. */
async function withRight(
  { check, connection }: { check: Check; connection: Connection },
  work: () => Promise<void>,
  done: string,
): Promise<string> {
  try {
    const found = await unlessLacking(check.manifest(connection.systemId), name, async () => {
      await work();
      return done;
    });
    await check.store.transact(check.tenantId, (tx) =>
      noteFeature(tx, connection, { feature: name, isThere: found !== null, at: check.at }),
    );
    await endFailure(check, 'marketplace', name);
    return found ?? bookmarks.again;
  } catch (error) {
    if (!(error instanceof AppError && error.code.startsWith('marketplace.'))) throw error;
    await noteFailure({ check, side: 'marketplace', step: name, error });
    return bookmarks.again;
  }
}
