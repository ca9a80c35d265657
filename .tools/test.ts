// `npm test`: every check, cheapest first, ending with Vitest's closing lines. `--long` runs the long
// batteries too; `--budget SECONDS` bounds what each battery with a choice of length may take.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const long = process.argv.includes('--long');
const at = process.argv.indexOf('--budget');
const budget = at === -1 ? undefined : process.argv[at + 1];

const steps: [name: string, command: string, args: string[]][] = [
  ['format and lint', 'biome', ['check', '.']],
  ['types', 'tsc', ['--noEmit']],
  ['tests', 'vitest', ['run', '--reporter=dot']],
];

for (const [name, command, args] of steps) {
  console.log(`\n${name}: ${command} ${args.join(' ')}`);
  const { status } = spawnSync(`node_modules/.bin/${command}`, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      // The app is started some sixty times: what was stripped of its types and compiled once is kept.
      NODE_COMPILE_CACHE: resolve('.cache/compiled'),
      ...(long ? { LONG: '1' } : {}),
      ...(budget === undefined ? {} : { BUDGET_SECONDS: budget }),
    },
  });
  if (status !== 0) process.exit(status ?? 1);
}
