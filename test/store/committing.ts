import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process of its own that commits number after number until it is killed. */
export interface Committing {
  pid: number;
  /** Resolves when it has told of so many commits in this life. */
  told(commits: number): Promise<void>;
  /** Kills it without a goodbye; the last number it told. */
  kill(): Promise<number>;
}

export function startCommitting(folder: string): Committing {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const numbers: number[] = [];
  const lines = createInterface(child.stdout).on('line', (line) => numbers.push(Number(line)));
  return {
    pid: child.pid ?? 0,
    told: async (commits) => {
      while (numbers.length < commits)
        if ((await Promise.race([once(lines, 'line'), ended.then(() => null)])) === null)
          throw new Error(`it ended after ${numbers.length} commits`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      return numbers.at(-1) ?? 0;
    },
  };
}
