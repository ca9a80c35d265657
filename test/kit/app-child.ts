import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const readyMaxMs = 30_000;

/** The app as an operator starts it, with nothing but an environment. */
export interface AppChild {
  /** Everything it wrote so far, to both of its outputs. */
  output(): string;
  ready(): Promise<void>;
  /** Its exit code. */
  ended: Promise<number | null>;
  /** Asks it to stop; how long that took and with which code. */
  stop(): Promise<{ tookMs: number; code: number | null }>;
  kill(): void;
}

/** `node server/main.ts`. The test's own environment is not passed on. */
export function startApp(environment: Record<string, string>): AppChild {
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => output,
    ended,
    ready: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`not ready in time: ${output}`)),
          readyMaxMs,
        );
        const look = () => {
          if (!/^ready /m.test(output)) return;
          clearTimeout(timer);
          resolve();
        };
        child.stdout?.on('data', look);
        void ended.then((code) => {
          clearTimeout(timer);
          reject(new Error(`ended at its start (${code}): ${output}`));
        });
        look();
      }),
    stop: async () => {
      const startedMs = performance.now();
      child.kill('SIGTERM');
      const code = await ended;
      return { tookMs: performance.now() - startedMs, code };
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
