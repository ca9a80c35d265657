import type { Connection } from '../../domain/connection.ts';
import { dateAt, millisecondsOf } from '../../domain/dates.ts';
import { snoozedTasks } from '../../sync/task-care.ts';
import type { Desk } from '../desk.ts';
import { mayApproveHere } from '../may-approve.ts';
import { nameOf } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';

/** How long after a connect the settings still open by themselves. */
const settingsOpenMaxMs = 60 * 60_000;

/** The frame of every screen: who and where, which connections there are, whether all is running. */
export const shellRoutes = (desk: Desk): AnyRoute[] => [
  route('GET /v1/shell', { role: 'viewer' }, async ({ session }) => {
    const { context } = desk;
    const reader = await context.store.read(session.tenantId);
    const installation = reader.get('installation', session.installationId);
    const connections = reader.list('connection').filter(({ state }) => state !== 'disconnected');
    const tasks = reader.list('task');
    const nowMs = context.clock.nowMs();
    const snoozedIn = ({ id, account }: Connection): ReadonlySet<string> =>
      snoozedTasks(reader, id, dateAt(nowMs, account.timeZone));
    const fresh = connections.find(
      ({ settingsSaved, connectedAt }) =>
        !settingsSaved && context.clock.nowMs() - millisecondsOf(connectedAt) < settingsOpenMaxMs,
    );
    return {
      user: { ...session.user, role: session.role },
      tenant: {
        name: installation?.name ?? '',
        marketplace: desk.marketplaceName(installation?.marketplaceId ?? ''),
      },
      marketplaceConnected: reader.get('marketplaceAccess', 'marketplace') !== null,
      systems: desk.systems.map(({ manifest }) => ({
        id: manifest.id,
        name: manifest.name,
        words: manifest.words,
        madeIn: manifest.invoicing?.madeIn ?? null,
        inPlace: installation?.modules.includes(manifest.id) ?? false,
      })),
      connections: connections.map((connection) => ({
        id: connection.id,
        systemId: connection.systemId,
        name: connection.account.name,
        state: connection.state,
        paused:
          connection.paused === null
            ? null
            : { by: nameOf(connection.paused.by), at: connection.paused.at },
        needs: tasks.filter(
          (task) =>
            task.connectionId === connection.id &&
            !snoozedIn(connection).has(task.id) &&
            (task.state === 'needs-action' || task.state === 'failed'),
        ).length,
        settingsSaved: connection.settingsSaved,
        mayApprove: mayApproveHere(connection, session),
        corrects: desk.context.connector(connection.systemId).manifest.kind === 'perOrder',
      })),
      openSettings: session.role === 'admin' ? (fresh?.id ?? null) : null,
    };
  }),
];
