import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildApp {
  /** Real milliseconds from the start of the process until it said that it is ready. */
  readyMs: number;
  /** Resident memory now. */
  memoryBytes(): Promise<number>;
  stop(): Promise<void>;
}
const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** The app as an operator starts it, on a free port of this machine. */
export async function startChild(env: Record<string, string>): Promise<ChildApp> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: `${port}`, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const isReady = await Promise.race([saidReady(child.stdout), ended.then(() => false)]);
  if (!isReady) throw new Error('the app ended at its start');
  const readyMs = performance.now() - startedMs;
  return {
    readyMs,
    memoryBytes: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function saidReady(output: NodeJS.ReadableStream): Promise<boolean> {
  for await (const line of createInterface({ input: output }))
    if (line.startsWith('ready ')) return true;
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
