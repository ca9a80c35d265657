import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SandboxClock } from './clock.ts';
import { APP_READY_TIMEOUT_MS, APP_STOP_TIMEOUT_MS, CLOCK_HEARD_TIMEOUT_MS } from './limits.ts';
import { isRecord } from './must.ts';
import type { AppControl } from './world.ts';

export interface AppProcess extends AppControl {
  /** Asks the app to stop, waits a little, then kills it. */
  stop(): Promise<void>;
}

/**
 * The app in a process of its own, so that it can be killed in the middle and started again on the data it left. It sends
 * `{type: 'ready'}` when it listens; it is sent `{type: 'clock', offsetMs, telling}` at the start and after each jump and
 * answers `{type: 'clock-heard', telling}`.
 */
export function createAppProcess(options: {
  clock: SandboxClock;
  /** The variables of one start; a function tells those of each anew. */
  env: Record<string, string> | (() => Record<string, string>);
  entry?: string;
}): AppProcess {
  const entry = options.entry ?? fileURLToPath(new URL('./app.ts', import.meta.url));
  let child: ChildProcess | undefined;
  let starts = 0;
  let tellings = 0;
  const isRunning = () =>
    child !== undefined && child.exitCode === null && child.signalCode === null;
  const tellTime = () => {
    if (!isRunning() || !child?.connected) return;
    tellings += 1;
    child.send({ type: 'clock', offsetMs: options.clock.offsetMs(), telling: tellings });
  };
  options.clock.onJump(tellTime);
  return {
    state: () => ({ running: isRunning(), pid: isRunning() ? (child?.pid ?? null) : null, starts }),
    start: async () => {
      if (isRunning()) return;
      starts += 1;
      const started = spawn(process.execPath, [entry], {
        env: {
          ...process.env,
          ...(typeof options.env === 'function' ? options.env() : options.env),
          LEDGERPORT_CLOCK_OFFSET_MS: String(options.clock.offsetMs()),
        },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child = started;
      await ready(started);
      tellTime();
    },
    kill: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
    clockHeard: async () => {
      if (!isRunning() || !child?.connected) return;
      const asked = child;
      tellTime();
      await heard(asked, tellings);
    },
  };
}

/** Waits for the answer to one telling; an app that dies or stands still ends the wait too. */
function heard(child: ChildProcess, telling: number): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      child.off('message', answer);
      child.off('exit', settle);
      resolve();
    };
    const timer = setTimeout(settle, CLOCK_HEARD_TIMEOUT_MS);
    const answer = (message: unknown) => {
      if (isRecord(message) && message.type === 'clock-heard' && message.telling === telling)
        settle();
    };
    child.on('message', answer);
    child.once('exit', settle);
  });
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(new Error('the app was not ready in time')),
      APP_READY_TIMEOUT_MS,
    );
    const settle = (error?: Error) => {
      clearTimeout(timer);
      child.off('message', heard);
      child.off('exit', gone);
      if (error) reject(error);
      else resolve();
    };
    const heard = (message: unknown) => {
      if (isRecord(message) && message.type === 'ready') settle();
    };
    const gone = (code: number | null) =>
      settle(new Error(`the app ended at its start (${code ?? 'killed'})`));
    child.on('message', heard);
    child.once('exit', gone);
  });
}

function ended(child: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), APP_STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}
