import { Hono } from 'hono';
import { createJournal } from '../journal.ts';
import { createLateCommits } from '../late-commits.ts';
import { personRequest } from '../people/request.ts';
import type { Player } from '../player.ts';
import { createSeededRandom } from '../random.ts';
import { wait } from '../wait.ts';
import { createFaultSwitches } from './faults.ts';
import { createCalls } from './gate/calls.ts';
import { API_BASE, gate } from './gate/gate.ts';
import { createIdempotency } from './gate/idempotency.ts';
import { createRateLimits } from './gate/rate-limits.ts';
import { createAccess } from './oauth/access.ts';
import { authorize, consent } from './oauth/authorize.ts';
import { deleteConnection, listConnections } from './oauth/connections.ts';
import { discovery, jwks } from './oauth/identity.ts';
import { revocation, token } from './oauth/token.ts';
import { USERS, type XeroUser } from './oauth/users.ts';
import { pages } from './pages/routes.ts';
import { act } from './person/actions.ts';
import { createPerson } from './person/person.ts';
import type { Person } from './person/types.ts';
import { guidFrom } from './seed/ids.ts';
import { type SeedNames, seedOrganisations } from './seed/organisations.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';
import type { World, XeroClientRegistration } from './world.ts';

export type { XeroUser } from './oauth/users.ts';
export type { LineChange, Person } from './person/types.ts';
export type { XeroClientRegistration } from './world.ts';

export interface XeroOptions {
  clock: { nowMs(): number };
  seed: number;
  /** Where this player is reached: its pages and online invoices live below it. */
  baseUrl: string;
  clients: XeroClientRegistration[];
  /** What the marketplace calls its customers and products, so that some match here; asked again at each reset. */
  names: SeedNames | (() => SeedNames);
  /** Where changes are told, when the subscription is switched on, and what carries them; nothing is told without. */
  webhook?: { url: string; deliver(request: Request): Promise<Response> };
  /** Waits in real time for slow and hanging answers; ends early when the signal aborts. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
}

export interface XeroOrganisationView {
  tenantId: string;
  name: string;
  baseCurrency: string;
  timezone: string;
}

export interface XeroPlayer extends Player {
  /** The bookkeeper: what people do on Xero's own pages. */
  person: Person;
  /** API calls since the last reset, by method and path with ids replaced. */
  calls(): Record<string, number>;
  organisations(): XeroOrganisationView[];
  users(): readonly XeroUser[];
  webhooks: Webhooks;
}

/**
 * A player of Xero: login, identity and API under one address with the vendor's own paths, written from Xero's public
 * descriptions. Sources are cited at each rule.
 */
export function createXero(options: XeroOptions): XeroPlayer {
  const webhooks = createWebhooks({
    url: options.webhook?.url ?? '',
    deliver: options.webhook?.deliver ?? (() => Promise.reject(new Error('nobody listens'))),
    baseUrl: options.baseUrl,
    isConnected: (tenantId) =>
      [...world.access.connections.values()].some((connection) => connection.tenantId === tenantId),
  });
  let world = build(options, options.seed, webhooks);
  const settle = () =>
    world.late.settle(options.clock.nowMs(), (dueMs, apply) => world.at(dueMs, apply));
  const person = createPerson(() => world);
  const app = new Hono();
  app.use(async (_context, next) => {
    settle();
    await next();
  });
  app.get('/identity/connect/authorize', (context) => authorize(context, world));
  app.post('/identity/connect/consent', (context) => consent(context, world));
  app.get('/.well-known/openid-configuration', (context) =>
    context.json(discovery(options.baseUrl)),
  );
  app.get('/.well-known/openid-configuration/jwks', (context) => context.json(jwks()));
  app.post('/connect/token', (context) => token(context, world));
  app.post('/connect/revocation', (context) => revocation(context, world));
  for (const path of ['/connections', '/Connections']) {
    app.get(path, (context) => listConnections(context, world));
    app.delete(`${path}/:id`, (context) => deleteConnection(context, world));
  }
  app.all(`${API_BASE}/*`, (context) => gate(context, world));
  app.post('/sandbox/person', (context) => personRequest(context, (fields) => act(person, fields)));
  app.route(
    '/',
    pages(() => world),
  );
  // A hanging request that the caller gave up rejects, as fetch itself does.
  app.onError((error) => {
    throw error;
  });
  return {
    name: 'xero',
    fetch: (request) => app.fetch(request),
    journal: () => {
      settle();
      return world.journal.entries();
    },
    faults: () => world.faults.views(),
    setFault: (name, fault) => world.faults.set(name, fault),
    reset: ({ seed }) => {
      world = build(options, seed, webhooks);
    },
    person,
    calls: () => world.calls.view(),
    organisations: () =>
      [...world.organisations.values()].map(({ tenantId, name, baseCurrency, timezone }) => ({
        tenantId,
        name,
        baseCurrency,
        timezone,
      })),
    users: () => USERS,
    webhooks,
  };
}

function build(
  options: XeroOptions,
  seed: number,
  webhooks: Webhooks,
): World & { at(ms: number, apply: () => void): void } {
  const random = createSeededRandom(seed);
  const traces = createSeededRandom(seed + 1);
  const guid = () => guidFrom(random);
  const journal = createJournal();
  let momentMs: number | undefined;
  const nowMs = () => momentMs ?? options.clock.nowMs();
  const names = typeof options.names === 'function' ? options.names() : options.names;
  const organisations = seedOrganisations({ random, guid, nowMs: nowMs(), names });
  return {
    nowMs,
    at: (ms, apply) => {
      momentMs = ms;
      try {
        apply();
      } finally {
        momentMs = undefined;
      }
    },
    baseUrl: options.baseUrl,
    clients: options.clients,
    organisations: new Map(
      organisations.map((organisation) => [organisation.tenantId, organisation]),
    ),
    guid,
    traceId: () => guidFrom(traces),
    hex: (length) => traces.hex(length),
    journal,
    record: (entry) => {
      journal.record({ atMs: nowMs(), ...entry });
      webhooks.heard(entry, nowMs());
    },
    faults: createFaultSwitches(),
    access: createAccess(),
    limits: createRateLimits(),
    idempotency: createIdempotency(),
    late: createLateCommits(),
    calls: createCalls(),
    sleep: options.sleep ?? wait,
  };
}
