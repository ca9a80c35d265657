import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditOf } from '../kit/books.ts';
import { freePort } from '../kit/free-port.ts';
import { makeReady, type Ready } from '../kit/ready-road.ts';
import { createVisitor } from '../kit/visitor.ts';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { appEnv } from '../sandbox/app-env.ts';
import { type AppProcess, createAppProcess } from '../sandbox/app-process.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { FIRST_TENANT_ID } from '../sandbox/marketplace/config.ts';
import { createSeededRandom, type SeededRandom } from '../sandbox/random.ts';
import { chooseAddresses, serveWorld } from '../sandbox/serve.ts';
import { createWorld } from '../sandbox/world.ts';

/** Longer than a write may still arrive after its caller is gone. */
const lateCommitMs = 125_000;
/** A working day has some syncs, so that no system's limit of a day is met. */
const betweenMs = 3_600_000;
/** An answer takes a moment, as over a network: that is where a kill hurts. */
const writeMs = 250;
const ordersMax = 3;
/** Time goes on in such steps until the app has looked after what was cut off. */
const stepsMax = 20;
const stepWaitMs = 100;

export interface Kill {
  signal: 'SIGKILL' | 'SIGTERM';
  /** After the sync was asked for. */
  atMs: number;
  /** Documents were being written at that moment, so the answer was lost. */
  hitWrite: boolean;
  /** What was wrong afterwards; empty is right. */
  faults: string[];
}

/**
 * A reseller's app as a process of its own on the real disk, in a world on real sockets. It is ended
 * in the middle of a sync again and again; after each start the bookkeeper looks at what stands.
 */
export async function liveAndDie(options: {
  seed: number;
  signals: readonly Kill['signal'][];
  told?: (kill: Kill, number: number) => void;
}): Promise<Kill[]> {
  const random = createSeededRandom(options.seed);
  const { ready, app, close } = await begin();
  const kills: Kill[] = [];
  try {
    // How long one takes on this machine: every moment of it is as likely.
    await placeOrders(ready, random);
    const startedMs = performance.now();
    await ready.syncAll();
    const syncMs = Math.ceil(performance.now() - startedMs);
    for (const signal of options.signals) {
      const kill = await syncAndDie({ ready, app, random, signal, syncMs });
      kills.push(kill);
      options.told?.(kill, kills.length);
    }
    return kills;
  } finally {
    await close();
  }
}

async function begin() {
  const cache = join(process.cwd(), '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'kill-'));
  const port = await freePort();
  const addresses = await chooseAddresses(port);
  const clock = createSandboxClock();
  const world = createWorld({ seed: 1, size: 'small', clock, urls: addresses.urls });
  const closeWorld = await serveWorld(world, addresses);
  const app = createAppProcess({
    clock,
    env: {
      ...appEnv(world, { port, dataDirectory: folder, isDev: false }),
      LOG_LEVEL: 'silent',
    },
  });
  const close = async () => {
    await app.kill();
    await closeWorld();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await app.start();
    const billFrom = `${new Date(clock.nowMs()).toISOString().slice(0, 8)}01`;
    const visitor = createVisitor(world, (request) => fetch(request));
    const ready = await makeReady(visitor, { billFrom, settings: { invoice: 'per-order' } });
    world.systems.xero.setFault('slow', { method: 'PUT', path: 'Invoices', delayMs: writeMs });
    return { ready, app, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function syncAndDie(options: {
  ready: Ready;
  app: AppProcess;
  random: SeededRandom;
  signal: Kill['signal'];
  syncMs: number;
}): Promise<Kill> {
  const { ready, app, random, signal, syncMs } = options;
  const { road } = ready;
  const atMs = random.integer(0, syncMs);
  road.world.clock.advance({ ms: betweenMs });
  await placeOrders(ready, random);
  const before = writesTo(ready);
  const syncing = ready.syncAll().then(
    () => 'done' as const,
    () => 'cut off' as const,
  );
  await sleep(atMs);
  const hitWrite = writesTo(ready) > before && (await Promise.race([syncing, now])) === 'running';
  await (signal === 'SIGKILL' ? app.kill() : app.stop());
  await syncing;
  await app.start();
  await road.signIn();
  const faults = await faultsAfter(ready).catch((error: unknown) => [String(error)]);
  return { signal, atMs, hitWrite, faults };
}
const now = Promise.resolve('running' as const);

async function placeOrders(ready: Ready, random: SeededRandom): Promise<void> {
  const { customers, products } = ready.road.world.marketplace.market.account(FIRST_TENANT_ID);
  const buyers = [...customers.values()].filter(({ currency }) => currency === 'AUD');
  const sold = [...products.values()].filter(({ billingPeriod }) => billingPeriod.type === 'month');
  for (let left = random.integer(1, ordersMax); left > 0; left -= 1) {
    const { id, minimumQuantity, maximumQuantity } = random.pick(sold);
    await ready.order({
      action: 'place',
      customerId: random.pick(buyers).id,
      productId: id,
      quantity: random.integer(
        Math.max(1, Number(minimumQuantity)),
        Math.min(20, Number(maximumQuantity)),
      ),
    });
  }
}

/** Lets the app go on until nothing is left to do, then asks the bookkeeper. */
async function faultsAfter(ready: Ready): Promise<string[]> {
  const { road, params } = ready;
  const open = async () =>
    (await road.call('GET /v1/connections/:connectionId/runs', { params })).some(
      ({ endedAt }) => endedAt === null,
    );
  for (let steps = stepsMax; steps > 0 && (await open()); steps -= 1) {
    road.world.clock.advance({ ms: lateCommitMs });
    await sleep(stepWaitMs);
  }
  if (await open()) return ['a run does not end'];
  await ready.syncAll();
  const left = await ready.tasks('ready');
  const { differences, ok } = await auditOf(ready);
  const marks = marksIn(ready);
  return [
    ...(ok ? [] : [`the bookkeeper finds ${JSON.stringify(differences).slice(0, 1_000)}`]),
    ...(new Set(marks).size === marks.length ? [] : ['a mark stands on two lines']),
    ...left.map(({ orderNumber }) => `${orderNumber} is ready and was not written`),
  ];
}
