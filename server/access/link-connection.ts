import * as v from 'valibot';
import type { Account, Connection } from '../domain/connection.ts';
import { instant } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import { type ConnectionId, connectionIdSchema, type TenantId } from '../domain/ids.ts';
import { plainEntry } from '../domain/log-entry.ts';
import type { Clock, Ids } from '../domain/ports/machine.ts';
import type { Store, Transaction } from '../domain/ports/store.ts';
import { defaultSettings } from '../domain/settings.ts';
import type { ConnectionSecrets } from './connection-secrets.ts';
import type { GivenAccess, LinkRequest } from './flows.ts';
import { isCurrent } from './installations.ts';
import { createTurns } from './turns.ts';

interface LinkServices {
  store: Store;
  clock: Clock;
  ids: Ids;
  secrets: ConnectionSecrets;
  /** Reads the account with the tokens just given, before anything is stored. */
  accountOf(request: LinkRequest): Promise<Account>;
  /** Whether another tenant has this account connected. */
  isLinkedElsewhere(linked: {
    tenantId: TenantId;
    systemId: string;
    accountId: string;
  }): Promise<boolean>;
}

/**
 * Stores what a finished connect flow gave: a new connection, or the same one again. Only the same
 * account continues a connection; another organisation is a connection of its own. An account is linked
 * by one request after the other: two at once, of one tenant or of two, would bill everything twice.
 */
export function createLink({
  store,
  clock,
  ids,
  secrets,
  accountOf,
  isLinkedElsewhere,
}: LinkServices): (request: LinkRequest) => Promise<ConnectionId> {
  const inTurn = createTurns<string>();
  return async (request) => {
    const account = await accountOf(request);
    return inTurn(`${request.systemId} ${account.id}`, () => link(request, account));
  };

  async function link(request: LinkRequest, account: Account): Promise<ConnectionId> {
    const { session, systemId, access } = request;
    const { tenantId } = session;
    if (await isLinkedElsewhere({ tenantId, systemId, accountId: account.id }))
      throw new AppError('connect.in-use', { facts: { account: account.name } });
    const reader = await store.read(tenantId);
    const own = reader.list('connection').filter((connection) => connection.systemId === systemId);
    const asked =
      request.connectionId === null
        ? null
        : (own.find(({ id }) => id === request.connectionId) ?? null);
    if (asked !== null && asked.account.id !== account.id) throw new AppError('connect.mismatch');
    const known = asked ?? own.find((connection) => connection.account.id === account.id) ?? null;
    const id = known?.id ?? v.parse(connectionIdSchema, ids.next());
    const puts = await sealed(tenantId, { id, systemId }, access);
    await store.transact(tenantId, (tx) => {
      // Removed, or removed and installed anew, while the person chose: nothing is kept.
      if (!isCurrent(tx, session)) throw new AppError('access.disabled');
      const current = tx.get('connection', id);
      const isFirst = tx
        .list('connection')
        .every((connection) => connection.id === id || connection.state === 'disconnected');
      const linked = {
        account,
        state: 'active' as const,
        failure: null,
        connectedBy: session.actor,
        connectedAt: instant(clock.nowMs()),
        vendorConnectionId: request.account.vendorConnectionId,
        ownApp:
          access.kind === 'tokens' && access.ownApp ? { clientId: access.client.clientId } : null,
        marksAdopted: false,
        grants: [],
        loosened: [],
      };
      const fresh: Connection = {
        id,
        systemId,
        ...linked,
        settings: defaultSettings,
        settingsSaved: false,
        billFrom: null,
        billsNewCustomers: isFirst,
        paused: null,
        totalsInclude: null,
        lastWriteAt: null,
      };
      tx.put('connection', current === null ? fresh : { ...current, ...linked });
      for (const put of puts) put(tx);
      tx.log(
        plainEntry({
          actor: session.actor,
          action: current === null ? 'connected' : 'reconnected',
          connectionId: id,
          subject: account.name,
          facts: { system: systemId },
        }),
      );
    });
    return id;
  }

  async function sealed(
    tenantId: TenantId,
    connection: Pick<Connection, 'id' | 'systemId'>,
    access: GivenAccess,
  ): Promise<((tx: Transaction) => void)[]> {
    if (access.kind === 'credentials')
      return [await secrets.sealCredentials(tenantId, connection, access.credentials)];
    const tokens = await secrets.seal(tenantId, connection, access.tokens);
    return access.ownApp
      ? [tokens, await secrets.sealClient(tenantId, connection, access.client)]
      : [tokens];
  }
}
