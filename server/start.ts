import { createAuditTrail } from './access/audit-trail.ts';
import { createConnectionSecrets } from './access/connection-secrets.ts';
import { createCredentialAccess } from './access/credential-access.ts';
import { createEgress } from './access/egress.ts';
import { createFlowTable } from './access/flow-table.ts';
import { createFlows, type LinkRequest } from './access/flows.ts';
import { isCurrent } from './access/installations.ts';
import { createKeySet } from './access/key-set.ts';
import { openKeyring } from './access/keyring.ts';
import { createLifecycle } from './access/lifecycle.ts';
import { createLink } from './access/link-connection.ts';
import { readCredentials } from './access/marketplace-credentials.ts';
import type { MarketplaceEntry } from './access/marketplaces.ts';
import { createReleases } from './access/release.ts';
import { createSessionReplay } from './access/replay.ts';
import { keepRetention } from './access/retention.ts';
import { rotateMasterKeys } from './access/rotation.ts';
import { createSessions, type Session } from './access/sessions.ts';
import { createVault } from './access/vault.ts';
import { createVerifier } from './access/verify.ts';
import { connectors as connectorsBySystem } from './connectors/index.ts';
import { instant } from './domain/dates.ts';
import { AppError, retryReconnect } from './domain/errors.ts';
import type { ConnectionId, TenantId } from './domain/ids.ts';
import type { Connector } from './domain/ports/connector.ts';
import type { Limiter } from './domain/ports/limiter.ts';
import type { Installation } from './domain/tenant.ts';
import { createApp } from './http/app.ts';
import type { Desk } from './http/desk.ts';
import { createEvents } from './http/events.ts';
import { createRateLimits } from './http/limits.ts';
import { listen } from './http/listen.ts';
import { composeMail } from './http/mail/compose.ts';
import { appVersion, retentionDays } from './http/manifest.ts';
import { createNotices } from './http/notices.ts';
import { createPresence } from './http/presence.ts';
import { connectionView } from './http/present/connection.ts';
import { apiRoutes, pageMounts } from './http/routes/index.ts';
import { marketplaces as adapters } from './marketplaces/index.ts';
import type { RunningApp, StartOptions } from './start-options.ts';
import { openLowdbStore } from './store/lowdb/index.ts';
import { thisProcess } from './store/this-process.ts';
import { createAssessor } from './sync/assessor.ts';
import { createCallbackDesk, ownAddress } from './sync/callbacks.ts';
import type { CheckContext, Purpose } from './sync/check/context.ts';
import { forgetMarks } from './sync/check/forget-marks.ts';
import { createCircuits } from './sync/circuit.ts';
import type { EngineContext } from './sync/context.ts';
import { requireEnabled } from './sync/enabled.ts';
import { createEngine } from './sync/engine.ts';
import { createHints } from './sync/hints.ts';
import { createLeases, type Lease } from './sync/lease.ts';
import { createMarketplaces } from './sync/marketplaces.ts';
import { createAccessTokens } from './sync/tokens.ts';
import { createWake } from './sync/wake.ts';
import { wakeOwner } from './sync/wake-keys.ts';

/** Wires the app. Everything it needs from the world comes in `options`; nothing is global. */
export async function start(options: StartOptions): Promise<RunningApp> {
  const { env, clock, disk, crypto, ids, random, logger, assets } = options;
  const sandbox = env.marketplaces.some((entry) => entry.env === 'sandbox');
  const store = await openLowdbStore({
    folder: env.dataDir,
    disk,
    clock,
    crypto,
    process: thisProcess(),
    acceptBackup: env.acceptBackup,
    logMonths: env.logMonths,
    logger,
    onFatal: options.onFatal,
  });
  const keyring = await openKeyring({
    folder: env.dataDir,
    disk,
    store,
    crypto,
    masterKeys: env.masterKeys,
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });

  // ---- the systems and marketplaces there are
  const connectors = new Map<string, Connector>(
    Object.entries(connectorsBySystem).map(([id, create]) => [
      id,
      create(
        env.systems[id]?.urls ?? {},
        env.selfHosted.map(({ origin }) => origin),
      ),
    ]),
  );
  const connector = (systemId: string): Connector => {
    const found = connectors.get(systemId);
    if (found === undefined) throw new AppError('request.not-found');
    return found;
  };
  const entryOf = ({ marketplaceId }: Installation): MarketplaceEntry => {
    const entry = env.marketplaces.find(({ id }) => id === marketplaceId);
    if (entry === undefined) throw new AppError('access.disabled');
    return entry;
  };
  const adapterFor = (entry: MarketplaceEntry) => {
    const adapter = adapters.find(({ manifest }) => manifest.id === entry.adapter);
    if (adapter === undefined) throw new AppError('internal');
    return adapter;
  };
  const origins = [
    ...env.marketplaces.flatMap((entry) => [...entry.apiOrigins, new URL(entry.jwksUri).origin]),
    ...[...connectors.values()].flatMap(({ origins: own }) => own),
    ...env.selfHosted.map(({ origin }) => origin),
  ];
  const fetch = createEgress({ fetch: options.fetch, origins, sandbox });

  // ---- access
  const audit = createAuditTrail({
    folder: `${env.dataDir}/audit`,
    disk,
    clock,
    crypto,
    logger,
    masterKeys: env.masterKeys,
  });
  const sessions = createSessions({ store, clock, crypto });
  const vault = createVault({ store, crypto, masterKeys: env.masterKeys });
  const secrets = createConnectionSecrets({
    store,
    vault,
    operatorClient: (systemId) => env.systems[systemId]?.client ?? null,
  });
  const limits = createRateLimits({ clock, of: options.limits });
  const events = createEvents();
  const verifier = createVerifier({
    entries: env.marketplaces,
    clock,
    publicUrl: env.publicUrl,
    keySet: (entry) =>
      createKeySet({
        entry,
        fetch,
        clock,
        alert: (reason) => logger.warn('key-set', { marketplace: entry.id, reason }),
      }),
  });

  // ---- the engine
  const notices = createNotices({ store, events });
  const leases = createLeases({ store, clock, ids });
  const wake = createWake({ clock, logger, ownerOf: wakeOwner });
  const limiters = new Map<string, Limiter>();
  const limiterOf = (connectionId: string, systemId: string): Limiter => {
    const limiter = limiters.get(connectionId) ?? connector(systemId).limiter(clock);
    limiters.set(connectionId, limiter);
    return limiter;
  };
  const circuits = createCircuits({
    store,
    clock,
    random,
    changed: (tenantId, connectionId) =>
      notices.changed(tenantId, ['connection', 'log'], connectionId),
  });
  const accessTokens = createAccessTokens({ store, clock, fetch, leases, secrets, connector });
  const marketplaces = createMarketplaces({
    store,
    clock,
    crypto,
    fetch,
    adapterOf: (installation) => adapterFor(entryOf(installation)),
    callsOf: (installation) => entryOf(installation).calls,
    credentials: (installation) => readCredentials(vault, installation),
  });
  const openSession = async (
    tenantId: TenantId,
    connectionId: ConnectionId,
    lease: Lease | null,
    purpose: Purpose,
  ) => {
    const connection = (await store.read(tenantId)).get('connection', connectionId);
    if (connection === null || connection.state === 'disconnected')
      throw new AppError('system.not-connected');
    const system = connector(connection.systemId);
    const own = {
      account: connection.account,
      fetch,
      clock,
      purpose,
      limiter: circuits.guard(tenantId, connectionId, limiterOf(connectionId, connection.systemId)),
    };
    // Asked for every call: work that was under way when the installation was disabled ends here.
    const enabled = async () => requireEnabled(await store.read(tenantId));
    if (system.auth === 'credentials')
      return system.open({
        ...own,
        client: env.systems[connection.systemId]?.client ?? null,
        credentials: async () => {
          await enabled();
          const given = await secrets.credentials(tenantId, connection);
          if (given === null) throw new AppError('system.reconnect', { retry: retryReconnect });
          return given;
        },
      });
    return system.open({
      ...own,
      accessToken: async () => {
        await enabled();
        return accessTokens.valid(tenantId, connection, lease);
      },
    });
  };
  const context: EngineContext = {
    store,
    clock,
    crypto,
    ids,
    logger,
    leases,
    wake,
    connector,
    post: {
      store,
      clock,
      logger,
      mailer: options.mailer,
      compose: async (tenantId, connection, letter) => {
        const installation = (await store.read(tenantId))
          .list('installation')
          .find(({ state }) => state === 'enabled');
        const entry = installation === undefined ? null : entryOf(installation);
        const home = `c/${connection.id}`;
        return composeMail(
          {
            tenant: installation?.name ?? '',
            marketplace: entry?.name ?? '',
            system: connector(connection.systemId).manifest.name,
            account: connection.account.name,
            home,
            link: (screen) => screenLink(entry, connection.systemId, screen),
          },
          letter,
        );
      },
    },
    publish: (tenantId, what, connectionId) => notices.changed(tenantId, what, connectionId),
    openSession: (tenantId, connection, lease, purpose) =>
      openSession(tenantId, connection.id, lease, purpose),
    openMarketplace: async (tenantId, purpose) => {
      const opened = await marketplaces.open(tenantId, purpose);
      if (opened === null) throw new AppError('marketplace.not-connected');
      return opened;
    },
  };
  const checkContext: CheckContext = {
    store,
    clock,
    crypto,
    random,
    logger,
    version: appVersion,
    openMarketplace: (tenantId, purpose) => marketplaces.open(tenantId, purpose),
    openSession: (tenantId, connectionId, purpose) =>
      openSession(tenantId, connectionId, null, purpose),
    isStanding: (systemId) => connector(systemId).manifest.kind === 'standing',
    manifest: (systemId) => connector(systemId).manifest,
    assess: createAssessor({ clock, crypto, connector }),
    callbacks: { crypto, publicUrl: env.publicUrl },
    took: (tenantId) => context.publish(tenantId, ['tasks', 'mappings', 'log'], null),
  };
  const engine = createEngine(context, checkContext);
  const hint = createHints({ store, clock, wake, logger });

  // ---- http
  const desk: Desk = {
    context,
    engine,
    presence: createPresence({ clock }),
    systems: [...connectors.values()],
    marketplaceName: (marketplaceId) =>
      env.marketplaces.find(({ id }) => id === marketplaceId)?.name ?? '',
    budgetOf: async (tenantId) => {
      const installation = (await store.read(tenantId))
        .list('installation')
        .find(({ state }) => state === 'enabled');
      const view =
        installation === undefined ? null : await marketplaces.budget(installation).view();
      return {
        perMinute: view?.minuteMax ?? 0,
        perDay: view?.dayMax ?? 0,
        usedToday: view?.dayUsed ?? 0,
      };
    },
    limitsOf: (_tenantId, connectionId) => limiters.get(connectionId)?.view() ?? null,
    checkState: engine.checkState,
  };
  const releases = createReleases({
    secrets,
    fetch,
    connector,
    logger,
    clock,
    clientOf: (systemId) => env.systems[systemId]?.client ?? null,
    ownAddress: async (tenantId, { id }) => {
      const reader = await store.read(tenantId);
      return reader.get('callbackAddress', id) === null ? null : ownAddress(reader, crypto, id);
    },
  });
  const lifecycle = createLifecycle({
    store,
    clock,
    vault,
    sessions,
    audit,
    release: releases.prepare,
    forget: audit.forget,
    changed: (tenantId) => {
      marketplaces.forget(tenantId);
      engine.wakeTenant(tenantId);
    },
  });
  const link = createLink({
    store,
    clock,
    ids,
    secrets,
    accountOf: async ({ systemId, access, account }) => {
      if (access.kind === 'credentials') return access.details;
      const system = connector(systemId);
      if (system.auth !== 'oauth') throw new AppError('internal');
      return system
        .open({
          account: {
            id: account.id,
            name: account.name,
            baseCurrency: 'USD',
            country: '',
            timeZone: 'UTC',
            taxBasis: 'exclusive',
            lockedUntil: null,
            demo: false,
            shortCode: null,
          },
          accessToken: async () => access.tokens.accessToken,
          fetch,
          clock,
          limiter: system.limiter(clock),
          purpose: 'person',
        })
        .account();
    },
  });
  const connecting = {
    connector: (systemId: string) => connectors.get(systemId) ?? null,
    client: (systemId: string) => env.systems[systemId]?.client ?? null,
    isLinkedElsewhere: async ({ session, systemId, accountId }: LinkedQuestion) => {
      for (const tenantId of await store.tenants()) {
        if (tenantId === session.tenantId) continue;
        const linked = (await store.read(tenantId))
          .list('connection')
          .some(
            (connection) =>
              connection.systemId === systemId &&
              connection.account.id === accountId &&
              connection.state !== 'disconnected',
          );
        if (linked) return true;
      }
      return false;
    },
    link: async (request: LinkRequest) => {
      const id = await link(request);
      context.publish(request.session.tenantId, ['connection', 'log'], id);
      engine.wakeTenant(request.session.tenantId);
      return id;
    },
  };
  const connectedView = async (session: Session, connectionId: string) => {
    const connection = (await store.read(session.tenantId)).get('connection', connectionId);
    if (connection === null) throw new AppError('request.not-found');
    return connectionView(desk, session.tenantId, connection, '');
  };
  const flows = createFlows({
    table: createFlowTable({ clock }),
    clock,
    crypto,
    ids,
    fetch,
    publicUrl: env.publicUrl,
    ...connecting,
    names: async ({ tenantId, installationId }) => {
      const installation = (await store.read(tenantId)).get('installation', installationId);
      return {
        tenant: installation?.name ?? '',
        marketplace: installation === null ? '' : entryOf(installation).name,
      };
    },
    isCurrent: async (session) => isCurrent(await store.read(session.tenantId), session),
  });
  const app = createApp({
    publicUrl: env.publicUrl,
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
        entry: entryOf,
        manifest: (entry) => adapterFor(entry).manifest,
        open: ({ installation, method, credentials }) =>
          marketplaces.openWith(installation, { method, credentials }),
        budget: (installation) => desk.budgetOf(installation.tenantId),
        connected: (session) => {
          marketplaces.forget(session.tenantId);
          context.publish(session.tenantId, ['connection', 'log'], null);
          engine.wakeTenant(session.tenantId);
        },
      },
      flows: {
        flows,
        audit,
        connector: (systemId) => connectors.get(systemId) ?? null,
        connectionView: connectedView,
      },
      credentials: {
        access: createCredentialAccess({ ...connecting, clock, fetch }),
        connectionView: connectedView,
      },
      stream: { events, sessions, clock },
      disconnect: { store, vault, releases, audit },
      audit: { trail: audit, clock },
    }),
    mounts: pageMounts({
      session: { verifier, replay: createSessionReplay({ clock }), sessions, store, limits, audit },
      lifecycle: { verifier, lifecycle, limits, audit },
      connect: { flows, assets, publicUrl: env.publicUrl },
      embed: { assets, marketplaces: env.marketplaces, publicUrl: env.publicUrl },
      wellKnown: { publicUrl: env.publicUrl },
      health: {
        notReady: async () => ((await assets('index.html')) === null ? ['the built page'] : []),
        refuses: () => store.health().refuses,
      },
      callbacks: {
        take: createCallbackDesk({
          store,
          clock,
          crypto,
          connector: (systemId) => connectors.get(systemId) ?? null,
          openSession: (tenantId, connectionId) =>
            openSession(tenantId, connectionId, null, 'background'),
          hint,
        }),
        limits,
        audit,
      },
      hints: {
        connector: (systemId) => connectors.get(systemId) ?? null,
        key: (systemId) => env.systems[systemId]?.webhookKey ?? null,
        changed: hint,
        limits,
        audit,
      },
    }),
  });

  await releaseLeases(store);
  // The previous generation of a file may lack what was written last: it is found in the systems.
  if (env.acceptBackup)
    for (const tenant of await store.tenants()) await forgetMarks(store, tenant);
  await engine.resume();
  const stopping = new AbortController();
  const { signal } = stopping;
  const rotation = rotateMasterKeys({ store, vault, audit, keyring, clock, logger, signal });
  const retention = keepRetention({ store, lifecycle, clock, logger, retentionDays, signal });
  const server = options.listen ? await listen({ fetch: app.fetch, ids, ...env }) : null;
  logger.info('started', { url: env.publicUrl, tenants: (await store.tenants()).length });
  return {
    url: env.publicUrl,
    fetch: async (request) => app.fetch(request),
    stop: async () => {
      // Open streams would hold the server: their sessions end with it.
      for (const tenantId of await store.tenants()) sessions.endAll(tenantId);
      server?.close();
      stopping.abort();
      await Promise.all([wake.stop(), rotation, retention]);
      await audit.flush();
      await store.close();
    },
  };
}

/** Where a screen opens inside the marketplace's page; null where the operator named no such page. */
function screenLink(entry: MarketplaceEntry | null, module: string, screen: string): string | null {
  if (entry?.screenUrl === undefined) return null;
  return entry.screenUrl
    .replace('{module}', encodeURIComponent(module))
    .replace('{screen}', encodeURIComponent(screen));
}

interface LinkedQuestion {
  session: Session;
  systemId: string;
  accountId: string;
}

/** One process owns the embedded store: whatever lease is left belongs to one that ended. */
async function releaseLeases(store: Awaited<ReturnType<typeof openLowdbStore>>): Promise<void> {
  for (const tenantId of await store.tenants())
    await store.transact(tenantId, (tx) => {
      for (const lease of tx.list('lease')) tx.put('lease', { ...lease, until: instant(0) });
    });
}
