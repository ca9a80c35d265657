// npm run kill -- [--kills N] [--terms N] [--seed S]
import { parseArgs } from 'node:util';
import { type Kill, liveAndDie } from './life.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    terms: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const times = (signal: Kill['signal'], count: string) =>
  Array.from({ length: Number(count) }, () => signal);
const startedMs = performance.now();
console.log(`the moments are those of --seed ${seed}`);
const kills = await liveAndDie({
  seed,
  signals: [...times('SIGKILL', values.kills), ...times('SIGTERM', values.terms)],
  told: ({ signal, atMs, hitWrite, faults }, number) => {
    const found = faults.length === 0 ? 'right' : faults.join('; ');
    console.log(`${number} ${signal} after ${atMs} ms${hitWrite ? ', in a write' : ''}: ${found}`);
  },
});
const wrong = kills.filter(({ faults }) => faults.length > 0).length;
const hits = kills.filter(({ hitWrite }) => hitWrite).length;
const seconds = Math.round((performance.now() - startedMs) / 1000);
console.log(
  `${kills.length} ends of the process, ${hits} in a write, ${seconds} s, ${wrong} wrong`,
);
process.exit(wrong === 0 ? 0 : 1);
