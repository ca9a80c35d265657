import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';

/** What a worker tells of one seed; the trace only of a seed that broke a law, or where it was asked for. */
export const toldSchema = v.object({
  seed: v.number(),
  moves: v.number(),
  steps: v.number(),
  crashes: v.number(),
  overtaken: v.number(),
  broken: v.nullable(v.object({ law: v.string(), found: v.string() })),
  hash: v.string(),
  trace: v.array(v.string()),
});
export type Told = v.InferOutput<typeof toldSchema>;

export interface Many {
  from: number;
  count: number;
  /** No seed is begun after so long, once so many were. */
  budgetMs: number;
  atLeast: number;
  workers?: number;
  withTraces: boolean;
  /** Ends at the first that broke a law. */
  isFirstEnough: boolean;
}

const workersMax = Math.max(1, availableParallelism());
/** Most of what is made lives for one event: with room for it, it is never looked at again (an eighth of the time). */
const youngMegabytes = 128;

/**
 * Simulates seeds on several threads, each a whole world of its own, and gives what they told in the
 * order of the seeds: those from the first one on without a gap.
 */
export async function simulateMany(many: Many): Promise<Told[]> {
  const { from, count, budgetMs, atLeast, isFirstEnough, withTraces, workers = 2 } = many;
  const startedMs = performance.now();
  const told = new Map<number, Told>();
  let next = from;
  let isEnough = false;
  const takeNext = (): number | null => {
    const isLate = performance.now() - startedMs > budgetMs && next >= from + atLeast;
    if (isEnough || isLate || next >= from + count) return null;
    next += 1;
    return next - 1;
  };
  await Promise.all(
    Array.from({ length: Math.min(workers, workersMax, count) }, () =>
      work({
        takeNext,
        withTraces,
        onTold: (one) => {
          told.set(one.seed, one);
          if (isFirstEnough && one.broken !== null) isEnough = true;
        },
      }),
    ),
  );
  return [...told.values()].sort((a, b) => a.seed - b.seed);
}

function work(options: {
  takeNext: () => number | null;
  withTraces: boolean;
  onTold: (told: Told) => void;
}): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { withTraces: options.withTraces },
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  return new Promise((resolve, reject) => {
    const give = (): void => worker.postMessage(options.takeNext());
    worker.on('message', (message: unknown) => {
      options.onTold(v.parse(toldSchema, message));
      give();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`)),
    );
    give();
  });
}
