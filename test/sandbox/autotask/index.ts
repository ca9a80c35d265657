import { Hono } from 'hono';
import { createCalls } from '../calls.ts';
import { createJournal } from '../journal.ts';
import { createLateCommits } from '../late-commits.ts';
import { personRequest } from '../people/request.ts';
import type { Player } from '../player.ts';
import { createSeededRandom } from '../random.ts';
import { wait } from '../wait.ts';
import { createPostedPeriods } from './billing/posted.ts';
import { createFaultSwitches } from './faults.ts';
import { addressOf } from './gate/address.ts';
import { gate } from './gate/gate.ts';
import { createLimits } from './gate/limits.ts';
import { pages } from './pages/routes.ts';
import { act } from './person/actions.ts';
import { createPerson } from './person/person.ts';
import type { Person } from './person/types.ts';
import { type SeedNames, seed as seedTables } from './seed/index.ts';
import { createTables } from './tables.ts';
import type { World } from './world.ts';

export type { Person } from './person/types.ts';

export interface AutotaskOptions {
  clock: { nowMs(): number };
  seed: number;
  /** Where this player is reached: discovery, zones and pages live below it. */
  baseUrl: string;
  /** The tracking identifier of a listed vendor, which works in every tenant (help: API tracking identifier). */
  vendorTrackingId: string;
  /** What the marketplace calls its customers and products, so that some match here; asked again at each reset. */
  names: SeedNames | (() => SeedNames);
  /** Waits in real time for slow and hanging answers; ends early when the signal aborts. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
}

export interface AutotaskUser {
  userName: string;
  secret: string;
  /** The tracking identifier made together with this API user, for who brings their own integration. */
  trackingId: string;
}

export interface AutotaskPlayer extends Player {
  /** The reseller's people: what they do on Autotask's own pages. */
  person: Person;
  /** API calls since the last reset, by method and path with ids replaced. */
  calls(): Record<string, number>;
  users(): readonly AutotaskUser[];
  /** The tenant: one database. */
  organisations(): { name: string; zone: number }[];
}

const FIRST_ZONE = 5;

/**
 * A player of Autotask PSA: zone discovery and the REST API v1.0 with the vendor's own paths and forms, written from its help
 * pages and what clients of the live API saw. Sources are cited at each rule.
 */
export function createAutotask(options: AutotaskOptions): AutotaskPlayer {
  let world = build(options, options.seed);
  const settle = () =>
    world.late.settle(options.clock.nowMs(), (dueMs, apply) => world.at(dueMs, apply));
  const person = createPerson(() => world);
  const app = new Hono();
  app.use(async (_context, next) => {
    settle();
    await next();
  });
  app.post('/sandbox/person', (context) => personRequest(context, (fields) => act(person, fields)));
  app.use(async (context, next) => {
    const address = addressOf(new URL(context.req.url).pathname);
    return address ? gate(context, world, address) : next();
  });
  app.route(
    '/',
    pages(() => world),
  );
  // A hanging request that the caller gave up rejects, as fetch itself does.
  app.onError((error) => {
    throw error;
  });
  return {
    name: 'autotask',
    fetch: (request) => app.fetch(request),
    journal: () => {
      settle();
      return world.journal.entries();
    },
    faults: () => world.faults.views(),
    setFault: (name, fault) => world.faults.set(name, fault),
    reset: ({ seed }) => {
      world = build(options, seed);
    },
    person,
    calls: () => world.calls.view(),
    users: () =>
      world.apiUsers.map(({ userName, secret }) => ({
        userName,
        secret,
        trackingId: world.ownTrackingId,
      })),
    organisations: () => [{ name: world.name, zone: world.zone }],
  };
}

interface Built extends World {
  at(ms: number, apply: () => void): void;
  /** Made together with the API user. */
  ownTrackingId: string;
}

function build(options: AutotaskOptions, seed: number): Built {
  const random = createSeededRandom(seed);
  const journal = createJournal();
  let momentMs: number | undefined;
  const nowMs = () => momentMs ?? options.clock.nowMs();
  const names = typeof options.names === 'function' ? options.names() : options.names;
  const tables = createTables();
  const lookups = seedTables(tables, { random, names, nowMs: nowMs() });
  const secret = `sandbox-${random.hex(16)}`;
  const ownTrackingId = `SANDBOX${random.hex(12).toUpperCase()}`;
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
    ownTrackingId,
    baseUrl: options.baseUrl,
    name: 'Wattle Cloud',
    zone: FIRST_ZONE,
    apiUsers: [
      {
        userName: 'ledgerport-api@wattle.example',
        secret,
        resourceId: lookups.apiResourceId,
        isActive: true,
      },
    ],
    trackingIds: [options.vendorTrackingId, ownTrackingId],
    hidesCosts: false,
    personId: lookups.ownerId,
    tables,
    posted: createPostedPeriods(),
    journal,
    record: (entry) => journal.record({ atMs: nowMs(), ...entry }),
    faults: createFaultSwitches(),
    limits: createLimits(),
    late: createLateCommits(),
    calls: createCalls(),
    sleep: options.sleep ?? wait,
  };
}
