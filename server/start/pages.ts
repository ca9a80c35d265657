import { createSessionReplay } from '../access/replay.ts';
import type { Session } from '../access/sessions.ts';
import { AppError } from '../domain/errors.ts';
import { createApp } from '../http/app.ts';
import { connectionView } from '../http/present/connection.ts';
import { apiRoutes, pageMounts } from '../http/routes/index.ts';
import { createCallbackDesk } from '../sync/callbacks.ts';
import type { Access } from './access.ts';
import { createConnecting } from './connecting.ts';
import { createDesk } from './desk.ts';
import type { Ground } from './ground.ts';
import type { createInstalling } from './installing.ts';
import type { Work } from './work.ts';

/** Everything that answers a request, over the parts that do the work. */
export function createPages(
  ground: Ground,
  {
    access,
    work,
    installing,
  }: { access: Access; work: Work; installing: ReturnType<typeof createInstalling> },
) {
  const { env, store, clock, ids, logger, registry, assets } = ground;
  const { publicUrl } = env;
  const { audit, limits, secrets, sessions, vault, verifier } = access;
  const { context, engine, events, hint, marketplaces } = work;
  const { lifecycle, releases } = installing;
  const connector = registry.system;
  const desk = createDesk(ground, work);
  const { flows, credentials } = createConnecting(ground, { secrets, work });
  const connectedView = async (session: Session, connectionId: string) => {
    const connection = (await store.read(session.tenantId)).get('connection', connectionId);
    if (connection === null) throw new AppError('request.not-found');
    return connectionView(desk, session.tenantId, connection, '');
  };
  return createApp({
    publicUrl,
    proxyHops: env.proxyHops,
    clock,
    ids,
    logger,
    sessions,
    limits,
    audit,
    routes: apiRoutes({
      desk,
      marketplace: {
        store,
        vault,
        clock,
        entry: registry.entryOf,
        manifest: (entry) => registry.adapterOf(entry).manifest,
        open: ({ installation, ...given }) => marketplaces.openWith(installation, given),
        budget: (installation) => desk.budgetOf(installation.tenantId),
        connected: ({ tenantId }) => {
          marketplaces.forget(tenantId);
          context.publish(tenantId, ['connection', 'log'], null);
          engine.wakeTenant(tenantId);
        },
      },
      flows: { flows, audit, connector, connectionView: connectedView },
      credentials: { access: credentials, connectionView: connectedView },
      stream: { events, sessions, clock },
      disconnect: { store, vault, releases, audit },
      audit: { trail: audit, clock, store },
    }),
    mounts: pageMounts({
      session: { verifier, replay: createSessionReplay({ clock }), sessions, store, limits, audit },
      lifecycle: { verifier, lifecycle, limits, audit },
      connect: { flows, assets, publicUrl },
      embed: { assets, marketplaces: env.marketplaces, publicUrl },
      wellKnown: { publicUrl },
      health: {
        notReady: async () => ((await assets('index.html')) === null ? ['the built page'] : []),
        refuses: () => store.health().refuses,
      },
      callbacks: {
        take: createCallbackDesk({
          store,
          clock,
          addresses: work.callbackAddresses,
          connector,
          openSession: (tenantId, connectionId) =>
            work.sessions.open(tenantId, connectionId, null, 'background'),
          hint,
        }),
        limits,
        audit,
      },
      hints: {
        connector,
        key: (systemId) => env.systems[systemId]?.webhookKey ?? null,
        changed: hint,
        limits,
        audit,
      },
    }),
  });
}
