import * as v from 'valibot';
import { credentialsName, readCredentials } from '../../access/marketplace-credentials.ts';
import type { MarketplaceEntry } from '../../access/marketplaces.ts';
import { Secret, type Vault } from '../../access/vault.ts';
import { marketplaceAccessSchema } from '../../domain/connection.ts';
import { hasControls } from '../../domain/controls.ts';
import { instant } from '../../domain/dates.ts';
import { AppError, failureOf } from '../../domain/errors.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Marketplace, MarketplaceManifest } from '../../domain/ports/marketplace.ts';
import type { Reader, Store } from '../../domain/ports/store.ts';
import type { Installation } from '../../domain/tenant.ts';
import { marketplaceBody } from '../bodies.ts';
import { errorView } from '../reply.ts';
import { type AnyRoute, route, type Session } from '../route.ts';
import type { BudgetView, MarketplaceView } from '../views/marketplace.ts';

export interface MarketplaceRouteServices {
  store: Store;
  vault: Vault;
  clock: Clock;
  entry(installation: Installation): MarketplaceEntry;
  /** The manifest of the entry's adapter. */
  manifest(entry: MarketplaceEntry): MarketplaceManifest;
  /** One tenant's marketplace with these credentials, within its budget. */
  open(options: {
    installation: Installation;
    method: string;
    credentials: Readonly<Record<string, string>>;
  }): Marketplace;
  budget(installation: Installation): Promise<BudgetView>;
  /** Told after new credentials are stored: what waited for them may start. */
  connected(session: Session): void;
}

/** How a tenant's marketplace is read: see, save (only what works), test. */
export function marketplaceRoutes(services: MarketplaceRouteServices): AnyRoute[] {
  const { store, vault, clock } = services;

  return [
    route('GET /v1/marketplace', { role: 'viewer' }, async ({ session, requestId }) =>
      view(session, requestId),
    ),
    route(
      'PUT /v1/marketplace',
      { role: 'admin', stepUp: true, callsOut: true, audit: 'settings', body: marketplaceBody },
      async ({ session, body, requestId }) => {
        const installation = installationOf(await store.read(session.tenantId), session);
        const entry = services.entry(installation);
        requireFields(services.manifest(entry), body);
        requireOwnAddresses(entry, services.manifest(entry), body);
        const { method, fields: credentials } = body;
        await services.open({ installation, method, credentials }).test();
        const sealed = await vault.seal(
          { ...installation, installationId: installation.id },
          credentialsName,
          new Secret(JSON.stringify(credentials)),
        );
        await store.transact(session.tenantId, (tx) => {
          vault.put(tx, sealed);
          tx.put('marketplaceAccess', {
            id: 'marketplace',
            method: v.parse(marketplaceAccessSchema.entries.method, method),
            state: 'active',
            failure: null,
            savedAt: instant(clock.nowMs()),
            savedBy: session.actor,
          });
          tx.log(
            plainEntry({
              actor: session.actor,
              action: 'marketplace-connected',
              subject: services.entry(installation).name,
            }),
          );
        });
        services.connected(session);
        return view(session, requestId);
      },
    ),
    route(
      'POST /v1/marketplace/test',
      { role: 'operator', callsOut: true },
      async ({ session, requestId }) => {
        const installation = installationOf(await store.read(session.tenantId), session);
        await testAccess(session, installation);
        return view(session, requestId);
      },
    ),
  ];

  /** Tries the stored credentials and keeps what came of it; a failure is shown, not thrown. */
  async function testAccess(session: Session, installation: Installation): Promise<void> {
    const access = (await store.read(session.tenantId)).get('marketplaceAccess', 'marketplace');
    const credentials = await readCredentials(vault, installation);
    if (!access || !credentials) throw new AppError('marketplace.not-connected');
    const failure = await services
      .open({ installation, method: access.method, credentials })
      .test()
      .then(() => null, failureOf);
    await store.transact(session.tenantId, (tx) => {
      const now = tx.get('marketplaceAccess', 'marketplace');
      if (now)
        tx.put('marketplaceAccess', { ...now, state: failure ? 'broken' : 'active', failure });
    });
  }

  async function view(session: Session, requestId: string): Promise<MarketplaceView> {
    const reader = await store.read(session.tenantId);
    const installation = installationOf(reader, session);
    const access = reader.get('marketplaceAccess', 'marketplace');
    const entry = services.entry(installation);
    const { methods, capabilities } = services.manifest(entry);
    const lacks = Object.entries(capabilities).flatMap(([name, has]) => (has ? [] : [name]));
    return {
      name: entry.name,
      connected: access?.state === 'active',
      failure: access?.failure ? errorView(access.failure, requestId) : null,
      method: access?.method ?? null,
      savedBy: access?.savedBy.kind === 'user' ? access.savedBy.name : null,
      savedAt: access?.savedAt ?? null,
      apiBase: installation.apiBase,
      methods: methods.map(({ id, name, fields }) => ({
        id,
        name,
        fields: fields.map((field) => ({ ...field })),
      })),
      lacks,
      budget: await services.budget(installation),
    };
  }
}

function installationOf(reader: Reader, session: Session): Installation {
  const installation = reader.get('installation', session.installationId);
  if (!installation) throw new AppError('access.disabled');
  return installation;
}

/** Exactly the fields that the method asks for. Names of unknown ones are not repeated. */
function requireFields(
  manifest: MarketplaceManifest,
  body: { method: string; fields: Readonly<Record<string, string>> },
): void {
  const method = manifest.methods.find(({ id }) => id === body.method);
  if (!method) throw new AppError('request.invalid', { facts: { field: 'method' } });
  const missing = method.fields.find(({ id, optional }) => !optional && !body.fields[id]);
  if (missing) throw new AppError('request.invalid', { facts: { field: missing.name } });
  const known = new Set(method.fields.map(({ id }) => id));
  if (Object.keys(body.fields).some((name) => !known.has(name)))
    throw new AppError('request.invalid', { facts: { field: 'fields' } });
  const unsendable = method.fields.find(({ id }) => hasControls(body.fields[id] ?? ''));
  if (unsendable) throw new AppError('request.invalid', { facts: { field: unsendable.name } });
}

/** An address among the fields is the marketplace's own: access data is sent to nobody else. */
function requireOwnAddresses(
  { apiOrigins }: Pick<MarketplaceEntry, 'apiOrigins'>,
  { methods }: MarketplaceManifest,
  body: { method: string; fields: Readonly<Record<string, string>> },
): void {
  const fields = methods.find(({ id }) => id === body.method)?.fields ?? [];
  for (const { id, name, isAddress } of fields) {
    if (isAddress !== true) continue;
    const origin = URL.parse(body.fields[id]?.trim() ?? '')?.origin ?? '';
    if (!apiOrigins.includes(origin))
      throw new AppError('request.invalid', { facts: { field: name } });
  }
}
