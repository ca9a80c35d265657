import { type Business, beginBusiness } from './begin.ts';
import { BrokenLaw } from './broken-law.ts';
import { contend } from './contend.ts';
import { heal } from './heal.ts';
import { assertLaws } from './laws/index.ts';
import { readStored } from './laws/stored.ts';
import { pickMove } from './moves/index.ts';
import { completeAll } from './moves/orders.ts';
import { openScenes, type Scene } from './scene.ts';

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
    for (const each of scenes) businesses.push([each, await beginBusiness(each)]);
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

async function makeMove(scene: Scene, business: Business): Promise<void> {
  const move = pickMove(scene);
  scene.trace.note(`${move.name} (${scene.life().calls()} port calls)`);
  await move.run(scene, business);
  await scene.recover();
  scene.assertUnbroken();
}

async function judge(scene: Scene, businesses: readonly [Scene, Business][]): Promise<void> {
  const disk = await scene.stop();
  disk.onCall = () => null;
  const nowMs = scene.timeline.nowMs();
  for (const [{ world, organisation, baseCurrency, reseller, xero }, business] of businesses) {
    const stored = await scene.timeline.until(
      readStored(disk.fork(), reseller.tenantId, nowMs),
      () => false,
    );
    if (stored === undefined) throw new Error('the store does not open any more');
    assertLaws({
      ...stored,
      world,
      organisation,
      baseCurrency,
      resellerId: reseller.tenantId,
      business,
      xero,
      lines: xero.markedLines(),
      today: new Date(nowMs).toISOString().slice(0, 10),
    });
  }
}
