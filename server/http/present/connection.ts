import type { Connection } from '../../domain/connection.ts';
import { dateAt, firstOfNextMonth } from '../../domain/dates.ts';
import type { TenantId } from '../../domain/ids.ts';
import { lackedRights } from '../../sync/read-back/lacks.ts';
import { mayHaveLists } from '../../sync/user-lists/bookmark.ts';
import type { Desk } from '../desk.ts';
import type { ConnectionView } from '../views/connection.ts';
import { failureView } from './failure.ts';
import { nameOf } from './money.ts';

export async function connectionView(
  desk: Desk,
  tenantId: TenantId,
  connection: Connection,
  requestId: string,
): Promise<ConnectionView> {
  const { context } = desk;
  const reader = await context.store.read(tenantId);
  const connector = context.connector(connection.systemId);
  const circuit = reader.get('circuit', connection.id);
  const checked = reader.get('cursor', `${connection.id}:documents`)?.checkedAt ?? null;
  return {
    id: connection.id,
    systemId: connection.systemId,
    systemName: connector.manifest.name,
    accountName: connection.account.name,
    demo: connection.account.demo,
    baseCurrency: connection.account.baseCurrency,
    timeZone: connection.account.timeZone,
    state: connection.state,
    failure:
      connection.failure === null ? null : failureView(connection.failure, requestId, connector),
    connectedBy: nameOf(connection.connectedBy),
    connectedAt: connection.connectedAt,
    ownApp: connection.ownApp !== null,
    typedAccess: connector.auth === 'credentials',
    paused:
      connection.paused === null
        ? null
        : { by: nameOf(connection.paused.by), at: connection.paused.at },
    billFrom: connection.billFrom,
    billFromProposal: firstOfNextMonth(dateAt(context.clock.nowMs(), connection.account.timeZone)),
    lastCheckAt: checked,
    nextCheckAt: desk.checkState(tenantId).nextAt,
    checking: desk.checkState(tenantId).running,
    limits: desk.limitsOf(tenantId, connection.id) ?? {
      minuteRemaining: null,
      dayRemaining: null,
      blockedUntil: null,
    },
    resting:
      circuit === null
        ? null
        : {
            since: circuit.openedAt,
            until: circuit.until,
            failures: circuit.failures,
            reason: failureView(circuit.failure, requestId, connector),
          },
    marketplaceBudget: await desk.budgetOf(tenantId),
    lacks: lackedRights(reader, connection, connector.manifest),
    userLists: mayHaveLists(reader, connection.id),
  };
}
