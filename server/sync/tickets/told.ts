import type { Connection } from '../../domain/connection.ts';
import type { Problem } from '../../domain/mail.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { problemsOf } from '../mail/problems.ts';

/** A problem as a ticket names it: the same id as long as it lasts, however many it is about. */
export interface Told {
  id: string;
  problem: Problem;
  /** The connection it is about; another one's where that opens no tickets itself. */
  about: Connection;
}

/**
 * What a connection's tickets are about: its own problems, and of the first one that opens tickets also
 * those of connections that do not. Its own broken access it cannot tell by a ticket. What concerns the
 * marketplace is told once.
 */
export function toldByTicket(reader: Reader, own: Connection): Told[] {
  const opens = (id: string): boolean => reader.get('ticketing', id)?.on === true;
  const connections = reader.list('connection').filter(({ state }) => state !== 'disconnected');
  const first = connections
    .filter(({ id }) => opens(id))
    .map(({ id }) => id)
    .sort()[0];
  const others = first === own.id ? connections.filter(({ id }) => !opens(id)) : [];
  const told = new Map<string, Told>();
  for (const about of [own, ...others])
    for (const problem of problemsOf(reader, about)) {
      const { kind, code } = problem;
      if (about.id === own.id && kind === 'connection') continue;
      if (kind === 'marketplace' && first !== own.id) continue;
      const isShared = kind === 'marketplace' || kind === 'reading';
      const id = [own.id, ...(isShared ? [] : [about.id]), kind, code ?? ''].join(' ');
      if (!told.has(id)) told.set(id, { id, problem, about });
    }
  return [...told.values()];
}
