import type { Connection } from '../../domain/connection.ts';
import { AppError } from '../../domain/errors.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Check } from '../check/context.ts';
import { endFailure, noteFailure } from '../check/failures.ts';
import type { Step } from '../check/steps.ts';
import { noteFeature, unlessLacking } from '../read-back/lacks.ts';
import type { At } from './at.ts';
import {
  type Bookmark,
  bookmarkIn,
  bookmarkText,
  isAway,
  users as name,
  type Standing,
  worse,
} from './bookmark.ts';
import { againEveryMs, placedEveryMs, refusedEveryMs } from './limits.ts';
import { type Piece, placeLists, takeListsAway } from './place-lists.ts';

/**
 * Lists of users on the documents of a connection, once a day, a piece a check, after all else, so that whatever becomes
 * of them nothing that is billed waits for it. Switched off, or no longer told, those that are there are taken away once.
 * Nothing of a list is stored or logged.
 */
export async function userListSteps(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Promise<Step[]> {
  const lists = session.userLists;
  if (lists === undefined) return [];
  const reader = await check.store.read(check.tenantId);
  const bookmark = bookmarkIn(reader, connection.id);
  const { exportUsers } = connection.settings;
  if (!exportUsers && isAway(bookmark)) return [];
  const marketplace = exportUsers
    ? await check.openMarketplace(check.tenantId, check.purpose)
    : null;
  if (exportUsers && marketplace === null) return [];
  const tell = marketplace?.users?.bind(marketplace);
  if (tell === undefined && isAway(bookmark)) return [];
  const at = { check, connection, lists };
  const work =
    tell === undefined
      ? () => pieceOf(at, bookmark, 'away', (after) => takeListsAway(at, after))
      : () => pieceOf(at, bookmark, 'placed', (after) => placeLists(at, tell, after));
  return [{ name, everyMs: everyMsOf(bookmark, check, tell === undefined), work }];
}

/** A person who checks has mended something, so what failed is tried at once. */
function everyMsOf(
  { standing, after }: Bookmark,
  { purpose }: Pick<Check, 'purpose'>,
  goesAway: boolean,
): number {
  if (after !== null) return 0;
  if (standing === 'placed' && !goesAway) return placedEveryMs;
  if (purpose === 'person') return 0;
  if (standing === 'refused') return refusedEveryMs;
  return standing === 'again' ? againEveryMs : 0;
}

/**
 * One piece; the position after it. The marketplace's fault is noted on its side and tried again; a right that lacks is
 * shown, and no fault.
 */
async function pieceOf(
  { check, connection }: At,
  { standing, after }: Bookmark,
  done: 'away' | 'placed',
  work: (after: string | null) => Promise<Piece>,
): Promise<string> {
  try {
    const piece = await unlessLacking(check.manifest(connection.systemId), name, () => work(after));
    await check.store.transact(check.tenantId, (tx) =>
      noteFeature(tx, connection, { feature: name, isThere: piece !== null, at: check.at }),
    );
    if (piece === null) return 'again';
    await noteUntold(check, piece.failed);
    const came = standingOf(piece.failed, done);
    return bookmarkText({
      standing: after === null ? came : worse(standing, came),
      after: piece.last,
    });
  } catch (error) {
    if (!isMarketplaces(error)) throw error;
    await noteFailure({ check, side: 'marketplace', step: name, error });
    return 'again';
  }
}

async function noteUntold(check: Check, failed: readonly AppError[]): Promise<void> {
  const error = failed.find(isMarketplaces);
  if (error === undefined) await endFailure(check, 'marketplace', name);
  else await noteFailure({ check, side: 'marketplace', step: name, error });
}

function standingOf(failed: readonly AppError[], done: 'away' | 'placed'): Standing {
  if (failed.length === 0) return done;
  return failed.every(({ retry }) => retry.kind === 'never') ? 'refused' : 'again';
}

const isMarketplaces = (error: unknown): boolean =>
  error instanceof AppError && error.code.startsWith('marketplace.');
