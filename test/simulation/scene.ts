import { readEnvironment } from '../../server/env.ts';
import type { RunningApp } from '../../server/start-options.ts';
import { appEnv } from '../sandbox/app-env.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { TENANTS, type TenantConfig } from '../sandbox/marketplace/config.ts';
import { must } from '../sandbox/must.ts';
import type { SystemId } from '../sandbox/systems.ts';
import { createWorld, type World } from '../sandbox/world.ts';
import { SimulatedDisk } from '../store/simulated-disk.ts';
import { BrokenLaw } from './broken-law.ts';
import { castOf } from './cast.ts';
import { type Chance, createChance } from './chance.ts';
import { createDiskTrouble, type DiskTrouble } from './disk-trouble.ts';
import { markedOnce } from './laws/once.ts';
import { createLife, type Life } from './life.ts';
import { createNetwork, type Network } from './network.ts';
import { createPerson, type Person, Refused } from './person.ts';
import { refuseRealTimers } from './real-timers.ts';
import { readStanding, type StandingBooks } from './standing/books.ts';
import { watchStanding } from './standing/watch.ts';
import { installSynchronousCrypto } from './synchronous-crypto.ts';
import { Timeline } from './timeline.ts';
import { createTrace, type Trace } from './trace.ts';
import { watchLeases, watchRequests } from './watch.ts';
import { watchEdits } from './watch-edits.ts';
import { readXero, type XeroBooks } from './xero-books.ts';

const startMs = Date.UTC(2026, 10, 23, 1, 0, 0);
const startsMax = 40;
export const dataFolder = '/data';

/** The app ended while somebody waited for it. */
export class Crashed extends Error {}

/** One world, one app and the people, all on one timeline. */
export interface Scene {
  readonly seed: number;
  readonly chance: Chance;
  readonly world: World;
  readonly timeline: Timeline;
  readonly network: Network;
  readonly trace: Trace;
  /** Who this is about: one of the resellers of the marketplace, billing with one system. */
  readonly reseller: TenantConfig;
  readonly system: SystemId;
  /** No other system bills for this reseller. */
  readonly isAlone: boolean;
  readonly person: Person;
  readonly organisation: string;
  readonly baseCurrency: string;
  readonly xero: XeroBooks;
  /** What stands in the system where its lines stay open; null for Xero. */
  readonly standing: StandingBooks | null;
  /** Crashes and restarts so far. */
  crashes(): number;
  /** Edits that people made after the app's last look and that its write then undid. */
  overtaken(): number;
  life(): Life;
  readonly disk: DiskTrouble;
  /** Waits for the work; a crash meanwhile throws `Crashed`. */
  wait<T>(work: Promise<T>): Promise<T>;
  /** What a person asks; refusals and crashes are part of life and give undefined. */
  ask(what: string, work: () => Promise<unknown>): Promise<unknown>;
  pass(ms: number): Promise<void>;
  jump(ms: number): Promise<void>;
  /** Arms a crash some port calls from now. */
  crashSoon(calls: number): void;
  /** The clock of the app's machine is set wrong by so much, or right again; the others' go on. */
  setSkew(ms: number): void;
  /** After its next crash the app stays away so much longer. */
  sleepAtCrash(ms: number): void;
  /** Starts the app again where it ended, on what survived. */
  recover(): Promise<void>;
  stop(): Promise<SimulatedDisk>;
  /** Throws the first law that was broken. */
  assertUnbroken(): void;
  close(): void;
}

/** Each reseller's organisation, by its place among those of Xero. */
const organisationIndexes = [1, 2] as const;
/** Every so many seeds live with two resellers; their stories interleave. */
const seedsPerPair = 4;

/** One scene a reseller and system, all of one world and one app. */
export async function openScenes(seed: number): Promise<[Scene, ...Scene[]]> {
  const clock = createSandboxClock({ startMs, frozen: true });
  installSynchronousCrypto();
  refuseRealTimers();
  const world = createWorld({ seed, size: 'tiny', clock });
  const timeline = new Timeline(clock);
  const trace = createTrace(timeline.nowMs);
  const chance = createChance(seed);
  const network = createNetwork({ world, timeline, random: chance.network, trace });
  const organisations = world.systems.xero.organisations();
  const tenants = TENANTS.slice(0, seed % seedsPerPair === 0 ? 2 : 1);
  const resellers = tenants.flatMap((reseller, index) => {
    const { tenantId: organisation, baseCurrency } = must(
      organisations[organisationIndexes[index] ?? 0],
      'an organisation',
    );
    const xero = readXero(world, organisation);
    return castOf(seed).map((system, _place, { length }) => {
      const standing = readStanding(world, system);
      return {
        reseller,
        system,
        isAlone: length === 1,
        organisation,
        baseCurrency,
        xero,
        standing,
      };
    });
  });
  const psas = resellers.flatMap(({ standing }) => standing ?? []);
  const broken: BrokenLaw[] = [];
  const report = (law: string, found: string) => void broken.push(new BrokenLaw(law, found));
  const env = readEnvironment({
    ...appEnv(world, { port: 4600, dataDirectory: dataFolder, isDev: false }),
    LOG_LEVEL: 'silent',
  });
  let skewMs = 0;
  const appNowMs = (): number => timeline.nowMs() + skewMs;
  const seeLeases = watchLeases(appNowMs, report);
  const seeRequest = watchRequests({ world, disk: () => life.disk, nowMs: appNowMs, report });
  const watches = resellers.map(({ organisation }) =>
    watchEdits({ world, organisation, nowMs: timeline.nowMs, report }),
  );
  const seeStanding = watchStanding({
    world,
    books: psas,
    disk: () => life.disk,
    nowMs: timeline.nowMs,
    appNowMs,
    report,
  });
  network.onSend = (request, body) => {
    seeRequest(request, body);
    seeStanding(request, body);
    for (const edits of watches) edits.onSend(request, body);
  };

  timeline.afterStep = () => {
    for (const { xero } of resellers) {
      if (!xero.hasChanged()) continue;
      const [twice] = markedOnce(xero.markedLines());
      if (twice !== undefined) report('never-twice', twice);
    }
    for (const books of psas) {
      if (!books.hasChanged()) continue;
      for (const found of books.twice()) report('never-twice', found);
      for (const found of books.trespasses()) report('foreign-lines-stay', found);
    }
  };

  const trouble = createDiskTrouble();
  const born = (disk: SimulatedDisk): Life => {
    disk.onCall = (call) => {
      if (call.operation === 'syncFolder') seeLeases(disk, call.path);
      return trouble.meet(call);
    };
    return createLife({
      disk,
      env,
      timeline,
      chance,
      network,
      skewMs: () => skewMs,
      isTroubled: trouble.isMet,
      onError: (text) => report('no-error', text),
    });
  };
  let life = born(new SimulatedDisk());
  let crashes = 0;
  let sleepMs = 0;
  let app: RunningApp | null = null;
  const isOver = () => life.isOver();
  const wait = async <T>(work: Promise<T>): Promise<T> => {
    const answer = await timeline.until(work, isOver);
    if (isOver()) throw new Crashed('the app ended');
    if (answer === undefined) throw new Crashed('nothing came back');
    return answer;
  };
  const begin = async () => {
    app = await wait(life.start());
    world.connectApp({ fetch: app.fetch });
  };
  const reach = async (request: Request): Promise<Response> => {
    if (app === null || isOver()) throw new Crashed('no app');
    return app.fetch(request);
  };
  const people = resellers.map(({ reseller }) => createPerson(world, reseller, reach));

  const common: Omit<Scene, 'person' | keyof (typeof resellers)[number]> = {
    seed,
    chance,
    world,
    timeline,
    network,
    trace,
    crashes: () => crashes,
    overtaken: () => watches.reduce((sum, edits) => sum + edits.overtaken(), 0),
    life: () => life,
    disk: trouble,
    wait,
    ask: async (what, work) => {
      try {
        const answer = await wait(work().then((value) => ({ value })));
        trace.note(what);
        return answer.value;
      } catch (error) {
        if (!(error instanceof Refused) && !(error instanceof Crashed)) throw error;
        if (error instanceof Refused && error.status === 500)
          report('no-error', `${what}: ${error.message}`);
        trace.note(`${what}: ${error.message}`);
        return undefined;
      }
    },
    pass: (ms) => timeline.pass(ms, isOver),
    jump: async (ms) => {
      timeline.jump(ms);
      await timeline.quiet();
    },
    crashSoon: (calls) => life.crashAfter(calls),
    setSkew: (ms) => {
      skewMs = ms;
    },
    sleepAtCrash: (ms) => {
      sleepMs = ms;
    },
    recover: async () => {
      for (let starts = 0; life.isOver() || app === null; starts += 1) {
        if (starts > startsMax) throw new Error('the app does not start any more');
        if (life.isOver()) {
          crashes += 1;
          const survived = life.disk.crash(() => chance.crashes.integer(0, 99) / 100);
          rebooted(survived);
          trace.note(`CRASH after ${life.calls()} port calls`);
          await common.jump(chance.crashes.integer(100, 20_000) + sleepMs);
          sleepMs = 0;
          life = born(survived);
          app = null;
          for (const person of people) person.signOut();
          if (chance.crashes.chance(25)) life.crashAfter(chance.crashes.integer(1, 60));
        }
        try {
          await begin();
        } catch (error) {
          if (error instanceof Crashed) continue;
          // A disk that fails keeps the app from starting, which says so; somebody starts it again.
          if (!trouble.isMet() || !(error instanceof Error)) throw error;
          trace.note(`the app does not start: ${error.message}`);
          trouble.end();
          life.end();
        }
      }
    },
    stop: async () => {
      if (app !== null) await wait(app.stop().then(() => true));
      return life.disk;
    },
    assertUnbroken: () => {
      const [first] = broken;
      if (first !== undefined) throw first;
    },
    close: () => {
      life.end();
    },
  };
  await begin();
  const scenes = resellers.map((of, index) => ({
    ...common,
    ...of,
    person: must(people[index], 'a person'),
  }));
  return [must(scenes[0], 'a reseller'), ...scenes.slice(1)];
}

/** The machine itself was switched off: whoever the lock names belongs to an earlier start of it. */
function rebooted(disk: SimulatedDisk): void {
  const path = `${dataFolder}/writer.lock`;
  const held = disk.peek(path);
  if (held === null) return;
  const text = new TextDecoder().decode(held);
  disk.poke(path, new TextEncoder().encode(text.replace(/"bootId":"[^"]*"/, '"bootId":"before"')));
}
