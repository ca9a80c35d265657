import type { Connection } from '../../domain/connection.ts';
import type { Instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type {
  ConnectorManifest,
  Feature,
  OptionalRight,
} from '../../domain/ports/connector-manifest.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { isUsed } from '../../domain/used-feature.ts';

/** Present while the access of a connection lacks what one feature needs. */
const lacksNoteId = (connectionId: string, feature: Feature): string =>
  `lacks:${connectionId}:${feature}`;

/** The optional rights that are used and known to be missing, as a person finds and grants them. */
export const lackedRights = (
  reader: Reader,
  { id, settings }: Pick<Connection, 'id' | 'settings'>,
  { optionalRights = [] }: Pick<ConnectorManifest, 'optionalRights'>,
): OptionalRight[] =>
  optionalRights.filter(
    ({ feature }) =>
      isUsed(feature, settings) && reader.get('note', lacksNoteId(id, feature)) !== null,
  );

/** What a test of all of them found: those not named are there. */
export function noteLacks(
  tx: Transaction,
  connection: Pick<Connection, 'id'>,
  { optionalRights = [] }: Pick<ConnectorManifest, 'optionalRights'>,
  { lacked, at }: { lacked: readonly Feature[]; at: Instant },
): void {
  for (const { feature } of optionalRights)
    noteFeature(tx, connection, { feature, isThere: !lacked.includes(feature), at });
}

export function noteFeature(
  tx: Transaction,
  connection: Pick<Connection, 'id'>,
  { feature, isThere, at }: { feature: Feature; isThere: boolean; at: Instant },
): void {
  const id = lacksNoteId(connection.id, feature);
  const noted = tx.get('note', id);
  if (isThere && noted !== null) tx.remove('note', id);
  if (!isThere && noted === null) tx.put('note', { id, at, text: 'system.scope' });
}

/**
 * Reads what needs a right of its own. Without it the answer is null: one that is optional is never a
 * fault of the connection. A level that hides records instead of refusing them is found by asking first.
 */
export async function unlessLacking<T>(
  { optionalRights = [] }: Pick<ConnectorManifest, 'optionalRights'>,
  feature: Feature,
  read: () => Promise<T>,
  first: () => Promise<readonly Feature[]> = async () => [],
): Promise<T | null> {
  const isOptional = optionalRights.some((right) => right.feature === feature);
  try {
    return isOptional && (await first()).includes(feature) ? null : await read();
  } catch (error) {
    if (isOptional && error instanceof AppError && error.code === 'system.scope') return null;
    throw error;
  }
}
