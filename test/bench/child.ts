import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

export interface Child {
  /** What stood behind `ready` on its output. */
  said: string;
  /** Real milliseconds from the start of the process until it said that it is ready. */
  readyMs: number;
  /** Resident memory now. */
  memoryBytes(): Promise<number>;
  /** Its answer to a message. */
  ask(message: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** A Node process that says `ready` on its output, and ends on SIGTERM. */
export async function startNode(options: {
  args: readonly string[];
  env: Record<string, string>;
  cwd?: string;
}): Promise<Child> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...options.args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const ended = once(child, 'exit');
  const said = await Promise.race([ready(child), ended.then(() => null)]);
  if (said === null) throw new Error('the process ended at its start');
  const readyMs = performance.now() - startedMs;
  return {
    said,
    readyMs,
    memoryBytes: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    },
    ask: (message) =>
      new Promise((resolve, reject) => {
        child.once('message', resolve);
        child.send(message, (error) => {
          if (error !== null) reject(error);
        });
      }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function ready({ stdout }: ChildProcess): Promise<string | null> {
  if (stdout === null) return null;
  for await (const line of createInterface({ input: stdout }))
    if (line.startsWith('ready ')) return line.slice('ready '.length);
  return null;
}
