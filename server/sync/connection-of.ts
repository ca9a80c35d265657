import type { Connection } from '../domain/connection.ts';
import { AppError } from '../domain/errors.ts';
import type { Reader } from '../domain/ports/store.ts';

/** The connection as stored; a connection that is gone cannot be worked for. */
export function connectionOf(tx: Pick<Reader, 'get'>, id: string): Connection {
  const connection = tx.get('connection', id);
  if (connection === null || connection.state === 'disconnected')
    throw new AppError('system.not-connected');
  return connection;
}
