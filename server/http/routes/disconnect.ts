import type { Audit } from '../../access/audit.ts';
import { disconnectConnections } from '../../access/disconnect.ts';
import type { Releases } from '../../access/release.ts';
import type { Vault } from '../../access/vault.ts';
import { AppError } from '../../domain/errors.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Desk } from '../desk.ts';
import { connectionView } from '../present/connection.ts';
import { type AnyRoute, route } from '../route.ts';

export interface DisconnectServices {
  store: Store;
  vault: Vault;
  releases: Releases;
  audit: Audit;
}

/** Ends a connection on both sides. What it billed stays known; mappings wait for a reconnect. */
export const disconnectRoutes = (
  desk: Desk,
  { store, vault, releases, audit }: DisconnectServices,
): AnyRoute[] => [
  route(
    'DELETE /v1/connections/:connectionId',
    { role: 'admin', stepUp: true, callsOut: true },
    async ({ session, params, requestId }) => {
      const connection = (await store.read(session.tenantId)).get(
        'connection',
        params.connectionId,
      );
      if (connection === null || connection.state === 'disconnected')
        throw new AppError('request.not-found');
      const release = await releases.prepare(session.tenantId, [connection]);
      await store.transact(session.tenantId, (tx) => {
        const current = tx.get('connection', connection.id);
        if (current !== null) disconnectConnections(tx, [current], { actor: session.actor, vault });
      });
      audit.record({
        action: 'disconnect',
        outcome: 'ok',
        marketplaceId: null,
        tenantId: session.tenantId,
        installationId: session.installationId,
        actor: session.user.id,
        object: connection.account.name,
        requestId,
      });
      await release();
      desk.context.publish(session.tenantId, ['connection', 'log'], connection.id);
      return connectionView(
        desk,
        session.tenantId,
        { ...connection, state: 'disconnected' },
        requestId,
      );
    },
  ),
];
