import { AppError } from './domain/errors.ts';
import type { Clock } from './domain/ports.ts';
import { EnvironmentError, readEnvironment } from './env.ts';
import { errorTexts, filled } from './http/error-texts.ts';
import { machine, withMarketplacesFile } from './machine.ts';
import { start } from './start.ts';
import type { RunningApp } from './start-options.ts';

/** Timers of Node count in 31 bits; a longer wait is taken in steps. */
const timerMaxMs = 2 ** 31 - 1;
const stopMaxMs = 5_000;

const clock: Clock = {
  nowMs: () => Date.now(),
  waitUntil: async (ms, signal) => {
    while (Date.now() < ms && signal?.aborted !== true)
      await waitFor(Math.min(ms - Date.now(), timerMaxMs), signal);
  },
};

await run();

async function run(): Promise<void> {
  try {
    const env = readEnvironment(await withMarketplacesFile(process.env));
    const app = await start({ ...machine(env), clock, listen: true });
    console.log(`ready ${app.url}`);
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop(app));
  } catch (error) {
    console.error(
      error instanceof EnvironmentError
        ? error.message
        : `The app could not start: ${reasonOf(error)}`,
    );
    process.exit(1);
  }
}

/** In sentences: what the store says of its files, the catalogue's words for a code, or what it is. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError && error.message === error.code)
    return `${filled(errorTexts[error.code].message, error.facts)} ${errorTexts[error.code].next}`;
  return error instanceof Error ? error.message : 'unknown reason';
}

/** At most five seconds; what is still in flight stays an unknown intent and is looked up at the start. */
async function stop(app: RunningApp): Promise<void> {
  const limit = new AbortController();
  await Promise.race([app.stop(), clock.waitUntil(Date.now() + stopMaxMs, limit.signal)]);
  limit.abort();
  process.exit(0);
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
