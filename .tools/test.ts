// `npm test`: every check, ending with Vitest's closing lines. Format and types are looked at while the
// first tests wait for their browser, and a fault in them ends the run at once. `--long` runs the long
// batteries too; `--budget SECONDS` bounds what each battery with a choice of length may take.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const long = process.argv.includes('--long');
const at = process.argv.indexOf('--budget');
const budget = at === -1 ? undefined : process.argv[at + 1];
const env = {
  ...process.env,
  // The app is started some sixty times: what was stripped of its types and compiled once is kept.
  NODE_COMPILE_CACHE: resolve('.cache/compiled'),
  ...(long ? { LONG: '1' } : {}),
  ...(budget === undefined ? {} : { BUDGET_SECONDS: budget }),
};

const tests = start('vitest', ['run', '--reporter=dot'], 'inherit');
const faults = await Promise.all([
  quietly('format and lint', 'biome', ['check', '.']),
  quietly('types', 'tsc', ['--noEmit']),
]);
const [code] = await tests.ended;
process.exit(faults.every((ok) => ok) ? (code ?? 1) : 1);

interface Started {
  child: ChildProcess;
  ended: Promise<[code: number | null]>;
}

function start(command: string, args: string[], stdio: 'inherit' | 'pipe'): Started {
  const child = spawn(`node_modules/.bin/${command}`, args, {
    stdio: ['ignore', stdio, stdio],
    env,
  });
  return { child, ended: once(child, 'exit').then(([status]) => [status]) };
}

/** Whether a check passed; what it says is shown only where it did not, after the tests were ended. */
async function quietly(name: string, command: string, args: string[]): Promise<boolean> {
  const { child, ended } = start(command, args, 'pipe');
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = await ended;
  if (code === 0) return true;
  tests.child.kill();
  await tests.ended;
  console.error(`\n${name}: ${command} ${args.join(' ')}\n${Buffer.concat(said)}`);
  return false;
}
