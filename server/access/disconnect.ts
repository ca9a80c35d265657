import type { Connection } from '../domain/connection.ts';
import { plainEntry } from '../domain/log-entry.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { Actor } from '../domain/tenant.ts';
import type { Vault } from './vault.ts';

/**
 * Ends connections inside a transaction: state, secrets, Action log. What they billed stays known.
 * Ending them at the vendor is the caller's, after the commit.
 */
export function disconnectConnections(
  tx: Transaction,
  connections: readonly Connection[],
  { actor, vault }: { actor: Actor; vault: Vault },
): void {
  for (const connection of connections) {
    tx.put('connection', { ...connection, state: 'disconnected', failure: null });
    vault.removeAll(tx, { record: connection.id });
    tx.log(
      plainEntry({
        actor,
        action: 'disconnected',
        connectionId: connection.id,
        subject: connection.account.name,
        facts: { system: connection.systemId },
      }),
    );
  }
}
