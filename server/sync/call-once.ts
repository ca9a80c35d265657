import { failureOf } from '../domain/errors.ts';
import type { Element } from '../domain/intent.ts';
import type { ConnectorSession } from '../domain/ports/session.ts';
import type { Outcome } from '../domain/ports/write.ts';

/** An error that got past the connector tells nothing about what the system did. */
export async function callOnce(
  session: ConnectorSession,
  batch: readonly Element[],
  idempotencyKey: string,
): Promise<Outcome[]> {
  try {
    return await session.write(batch, idempotencyKey);
  } catch (error) {
    return batch.map(() => ({ status: 'unknown', failure: failureOf(error) }));
  }
}
