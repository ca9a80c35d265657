// A thread that simulates the seeds it is given, one after another; null ends it.
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import type { Told } from './many.ts';
import { simulate } from './simulate.ts';

const { withTraces } = v.parse(v.object({ withTraces: v.boolean() }), workerData);
const seedSchema = v.nullable(v.number());

parentPort?.on('message', async (message: unknown) => {
  const seed = v.parse(seedSchema, message);
  if (seed === null) return parentPort?.close();
  const { moves, steps, crashes, overtaken, broken, hash, trace } = await simulate(seed);
  const isTold = withTraces || broken !== null;
  parentPort?.postMessage({
    seed,
    moves,
    steps,
    crashes,
    overtaken,
    broken,
    hash,
    trace: isTold ? [...trace] : [],
  } satisfies Told);
});
