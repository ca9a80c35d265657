import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../server/domain/ports/machine.ts';
import { readEnvironment } from '../../server/env.ts';
import { machine } from '../../server/machine.ts';
import { start } from '../../server/start.ts';
import type { RunningApp, StartOptions } from '../../server/start-options.ts';
import { createJudge } from '../contract/judge.ts';
import { appEnv } from '../sandbox/app-env.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { appConfig } from '../sandbox/marketplace/config.ts';
import { createWorld, type World } from '../sandbox/world.ts';
import { type Mortal, mortal } from './mortal.ts';
import { createVisitor, type Visitor } from './visitor.ts';

/** The day on which the worlds of tests begin; time flows from there. */
const startMs = Date.UTC(2026, 10, 23, 1, 0, 0);

/** The whole app and its world in one process, driven as the page drives it. */
export interface Road extends Visitor {
  app: RunningApp;
  /** Where the app keeps its data. */
  folder: string;
  /** Stops the app properly and starts it again on the same folder, after `between` on what it left. */
  restart(between?: () => Promise<void>): Promise<void>;
  /** Abandons the app in the middle, as a kill does; it stays away until `begin`. */
  crash(): Promise<void>;
  /** Starts the app again on what a crash left, and signs in. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

export async function openRoad(
  options: {
    seed?: number;
    size?: 'small' | 'full';
    change?: (given: StartOptions, world: World) => StartOptions;
  } = {},
): Promise<Road> {
  const clock = createSandboxClock({ startMs });
  const world = createWorld({ seed: options.seed ?? 1, size: options.size ?? 'small', clock });
  const cache = join(process.cwd(), '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'road-'));
  const env = readEnvironment({
    ...appEnv(world, { port: 4600, dataDirectory: folder, isDev: false }),
    LOG_LEVEL: 'silent',
  });
  const { apiBase } = appConfig(world.urls);
  const judge = createJudge({ ...world.urls.systems, cloudblue: apiBase });
  const appClock: Clock = {
    nowMs: clock.nowMs,
    waitUntil: (ms, signal) => waitUntil(clock, ms, signal),
  };
  const given: StartOptions = {
    ...machine(env),
    clock: appClock,
    fetch: async (request) => {
      await judge.hear(request);
      return world.fetch(request);
    },
    listen: false,
    onFatal: (error) => {
      throw error;
    },
  };
  let life: Mortal | null = null;
  const startApp = async (): Promise<RunningApp> => {
    const chosen = options.change?.(given, world) ?? given;
    life = mortal(chosen);
    const app = await start({ ...chosen, ...life.ports });
    world.connectApp({ fetch: app.fetch });
    return app;
  };
  let app = await startApp();
  const visitor = createVisitor(world, (request) => app.fetch(request));
  return {
    ...visitor,
    folder,
    get app() {
      return app;
    },
    restart: async (between) => {
      await app.stop();
      await between?.();
      app = await startApp();
      await visitor.signIn();
    },
    crash: async () => {
      await life?.die();
      // The lock names this very process: whoever held it belongs to an earlier start of the machine.
      const path = join(folder, 'writer.lock');
      const held = await readFile(path, 'utf8');
      await writeFile(path, held.replace(/"bootId":"[^"]*"/, '"bootId":"before"'));
    },
    begin: async () => {
      app = await startApp();
      await visitor.signIn();
    },
    close: async () => {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
      // Whatever a journey sent to a vendor keeps to the vendor's description.
      const problems = judge.problems();
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}

function waitUntil(
  clock: ReturnType<typeof createSandboxClock>,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (signal?.aborted !== true && clock.nowMs() < ms) {
        timer = setTimeout(look, Math.min(ms - clock.nowMs(), 2 ** 31 - 1));
        return;
      }
      end();
      signal?.removeEventListener('abort', look);
      resolve();
    };
    const end = clock.onJump(look);
    signal?.addEventListener('abort', look, { once: true });
    look();
  });
}
