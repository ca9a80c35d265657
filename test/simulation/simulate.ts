import { type Business, beginBusiness } from './begin.ts';
import { BrokenLaw } from './broken-law.ts';
import { contend } from './contend.ts';
import { heal } from './heal.ts';
import { assertLaws } from './laws/index.ts';
import { ordersElsewhere, recordsOf } from './laws/records-of.ts';
import { standingOf } from './laws/standing/held.ts';
import { readStored } from './laws/stored.ts';
import { pickMove } from './moves/index.ts';
import { completeAll } from './moves/orders.ts';
import { openScenes, type Scene } from './scene.ts';
import { beginStanding } from './standing/begin.ts';

export interface Simulated {
  seed: number;
  /** What people, systems and the weather did. */
  moves: number;
  /** Everything that happened: a request came, an answer, a deadline. Never twice is looked at after each. */
  steps: number;
  crashes: number;
  /** Edits made too late to be seen before a write: the window that DESIGN.md 3 names. */
  overtaken: number;
  portCalls: number;
  /** Null where every law held. */
  broken: { law: string; found: string } | null;
  hash: string;
  trace: readonly string[];
}

const movesMin = 20;
const movesMax = 45;

/** One whole story from one number: install, a business with everything that goes wrong, healing, the laws. */
export async function simulate(seed: number): Promise<Simulated> {
  const scenes = await openScenes(seed);
  const [scene] = scenes;
  let moves = 0;
  let broken: Simulated['broken'] = null;
  try {
    const businesses: [Scene, Business][] = [];
    for (const each of scenes) businesses.push([each, await begin(each, businesses)]);
    const count = scene.chance.moves.integer(movesMin, movesMax) * scenes.length;
    for (; moves < count; moves += 1) await makeMove(...scene.chance.moves.pick(businesses));
    for (const each of scenes) completeAll(each);
    for (const each of businesses) await heal(...each);
    scene.assertUnbroken();
    await judge(scene, businesses);
    await contend(scene);
    scene.assertUnbroken();
  } catch (error) {
    broken =
      error instanceof BrokenLaw
        ? { law: error.law, found: error.message }
        : {
            law: 'no-error',
            found: error instanceof Error ? (error.stack ?? error.message) : 'thrown',
          };
    scene.trace.note(`BROKEN ${broken.law}`);
  } finally {
    scene.close();
  }
  const { trace } = scene;
  return {
    seed,
    moves,
    steps: scene.timeline.steps(),
    crashes: scene.crashes(),
    overtaken: scene.overtaken(),
    portCalls: scene.life().calls(),
    broken,
    hash: trace.hash(),
    trace: trace.lines(),
  };
}

/** Of one reseller's connections each bills some customers; the first ones are there already. */
function begin(scene: Scene, before: readonly [Scene, Business][]): Promise<Business> {
  if (scene.standing === null) return beginBusiness(scene);
  const own = before.filter(([{ reseller }]) => reseller === scene.reseller);
  return beginStanding(
    scene,
    own.map(([, business]) => business),
  );
}

async function makeMove(scene: Scene, business: Business): Promise<void> {
  const move = pickMove(scene);
  scene.trace.note(`${move.name} (${scene.life().calls()} port calls)`);
  await move.run(scene, business);
  await scene.recover();
  scene.assertUnbroken();
}

async function judge(scene: Scene, businesses: readonly [Scene, Business][]): Promise<void> {
  const waited = async <T>(work: Promise<T>): Promise<T> => {
    const found = await scene.timeline.until(work, () => false);
    if (found === undefined) throw new Error('the store does not open any more');
    return found;
  };
  const disk = await scene.stop();
  disk.onCall = () => null;
  const nowMs = scene.timeline.nowMs();
  for (const [own, business] of businesses) {
    const { world, organisation, baseCurrency, reseller, xero } = own;
    const { tenantId, reader, log } = await waited(
      readStored(disk.fork(), reseller.tenantId, nowMs),
    );
    assertLaws({
      tenantId,
      nowMs,
      reader: businesses.length === 1 ? reader : recordsOf(reader, business.connectionId),
      log,
      keptElsewhere: ordersElsewhere(reader, business.connectionId),
      world,
      organisation,
      baseCurrency,
      resellerId: reseller.tenantId,
      business,
      xero,
      lines: xero.markedLines(),
      standing: await waited(standingOf(own)),
      today: new Date(nowMs).toISOString().slice(0, 10),
    });
  }
}
