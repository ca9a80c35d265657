import { Hono } from 'hono';
import { createCalls } from '../calls.ts';
import { createJournal } from '../journal.ts';
import { createLateCommits } from '../late-commits.ts';
import { personRequest } from '../people/request.ts';
import type { Player } from '../player.ts';
import { createSeededRandom } from '../random.ts';
import { wait } from '../wait.ts';
import { createInvoicings } from './billing/invoicings.ts';
import { createCallbackDesk } from './callbacks.ts';
import { createDocuments } from './documents.ts';
import { createFaultSwitches } from './faults.ts';
import { addressOf } from './gate/address.ts';
import { companyInfo } from './gate/discovery.ts';
import { gate } from './gate/gate.ts';
import { createLimits } from './gate/limits.ts';
import { pages } from './pages/routes.ts';
import { act } from './person/actions.ts';
import { createPerson } from './person/person.ts';
import type { Person } from './person/types.ts';
import { createRole } from './schema/rights.ts';
import { type SeedNames, seed as seedTables } from './seed/index.ts';
import { createTables } from './tables.ts';
import type { World } from './world.ts';

export type { Person } from './person/types.ts';

export interface ConnectWiseOptions {
  clock: { nowMs(): number };
  seed: number;
  /** Where this player is reached: discovery, the API and pages live below it. */
  baseUrl: string;
  /** The clientId that the developer network gave the integration. */
  clientId: string;
  /** What the marketplace calls its customers and products, so that some match here; asked again at each reset. */
  names: SeedNames | (() => SeedNames);
  /** Carries a callback to whoever registered for it. */
  deliver?(request: Request): Promise<Response>;
  /** Waits in real time for slow and hanging answers; ends early when the signal aborts. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
}

export interface ConnectWiseUser {
  /** The company id with which people and keys sign in. */
  companyId: string;
  publicKey: string;
  privateKey: string;
}

export interface ConnectWisePlayer extends Player {
  /** The reseller's people: what they do on ConnectWise's own pages. */
  person: Person;
  /** API calls since the last reset, by method and path with ids replaced. */
  calls(): Record<string, number>;
  /** The API member's keys. */
  users(): readonly ConnectWiseUser[];
  /** The tenant: one company id with its codebase. */
  organisations(): { name: string; companyId: string; codebase: string }[];
  /** Resolves when every callback that waits was sent. */
  callbacksSent(): Promise<void>;
}

/**
 * A player of ConnectWise PSA: company discovery and the REST API 3.0 with the vendor's own paths and forms, written from its
 * description, its guides and what clients of the live API saw. Sources are cited at each rule.
 */
export function createConnectWise(options: ConnectWiseOptions): ConnectWisePlayer {
  let world = build(options, { seed: options.seed, current: () => world });
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
    switch (address?.kind) {
      case undefined:
        return next();
      case 'companyInfo':
        return companyInfo(world, address.companyId);
      case 'callbackKey':
        return world.callbacks.key();
      case 'api':
        return gate(context, world, address);
      default:
        return address satisfies never;
    }
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
    name: 'connectwise',
    fetch: (request) => app.fetch(request),
    journal: () => {
      settle();
      return world.journal.entries();
    },
    faults: () => world.faults.views(),
    setFault: (name, fault) => world.faults.set(name, fault),
    reset: ({ seed }) => {
      world = build(options, { seed, current: () => world });
    },
    person,
    calls: () => world.calls.view(),
    users: () => [
      {
        companyId: world.companyId,
        publicKey: world.member.publicKey,
        privateKey: world.member.privateKey,
      },
    ],
    organisations: () => [
      { name: world.name, companyId: world.companyId, codebase: world.codebase },
    ],
    callbacksSent: () => world.callbacks.settled(),
  };
}

interface Built extends World {
  at(ms: number, apply: () => void): void;
}

function build(
  options: ConnectWiseOptions,
  { seed, current }: { seed: number; current(): World },
): Built {
  const random = createSeededRandom(seed);
  const journal = createJournal();
  let momentMs: number | undefined;
  const nowMs = () => momentMs ?? options.clock.nowMs();
  const names = typeof options.names === 'function' ? options.names() : options.names;
  const tables = createTables();
  const lookups = seedTables(tables, { random, names, nowMs: nowMs() });
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
    name: 'Wattle Cloud',
    companyId: 'wattlecloud',
    codebase: 'v2026_4',
    member: {
      memberId: lookups.apiMemberId,
      identifier: 'Ledgerport',
      publicKey: `Public${random.hex(10)}`,
      privateKey: `Private${random.hex(16)}`,
      isActive: true,
    },
    personId: lookups.personId,
    clientIds: [options.clientId],
    role: createRole(),
    tables,
    invoicings: createInvoicings(),
    documents: createDocuments(tables),
    callbacks: createCallbackDesk({
      world: current,
      signingKey: `signing-${random.hex(24)}`,
      deliver: options.deliver ?? fetch,
    }),
    journal,
    record: (entry) => journal.record({ atMs: nowMs(), ...entry }),
    faults: createFaultSwitches(),
    limits: createLimits(),
    late: createLateCommits(),
    calls: createCalls(),
    sleep: options.sleep ?? wait,
  };
}
