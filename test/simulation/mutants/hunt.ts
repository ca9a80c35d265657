import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import { withCompileCache } from '../with-compile-cache.ts';
import type { Mutant } from './mutant.ts';

/** What a mutant's hunt found: the first seed of all that shows it, and the law. Null where nothing. */
export interface Hunt {
  mutant: Mutant;
  found: { seed: number; law: string } | null;
}

const resultSchema = v.object({ seed: v.number(), law: v.string() });

/** Simulates seed after seed with the planted bug, in a process of its own, until a law breaks. */
export async function hunt(mutant: Mutant, { seeds }: { seeds: number }): Promise<Hunt> {
  const folder = import.meta.dirname;
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(folder, 'loader.ts'),
      join(folder, '../main.ts'),
      ...['--seeds', String(seeds), '--first', '--workers', '1'],
    ],
    {
      env: { ...withCompileCache(), SIMULATION_MUTANT: mutant.name },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const found = text.split('\n').find((line) => line.startsWith('{"seed"'));
  if (found !== undefined) return { mutant, found: v.parse(resultSchema, JSON.parse(found)) };
  if (code !== 0)
    throw new Error(`the hunt for ${mutant.name} ended with ${code}: ${text.slice(-500)}`);
  return { mutant, found: null };
}
