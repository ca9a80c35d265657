import { AppError } from './domain/errors.ts';
import { EnvironmentError, readEnvironment } from './env.ts';
import { errorTexts, filled } from './http/error-texts.ts';
import { machine, machineClock, withMarketplacesFile } from './machine.ts';
import { start } from './start.ts';
import type { RunningApp } from './start-options.ts';

const stopMaxMs = 5_000;

await run();

async function run(): Promise<void> {
  try {
    const env = readEnvironment(await withMarketplacesFile(process.env));
    const app = await start({ ...machine(env), clock: machineClock, listen: true });
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
    return `${filled(errorTexts[error.code].message, error.facts)} ${errorTexts[error.code].next} (${error.code})`;
  return error instanceof Error ? error.message : 'unknown reason';
}

/** At most five seconds; what is still in flight stays an unknown intent and is looked up at the start. */
async function stop(app: RunningApp): Promise<void> {
  const limit = new AbortController();
  await Promise.race([app.stop(), machineClock.waitUntil(Date.now() + stopMaxMs, limit.signal)]);
  limit.abort();
  process.exit(0);
}
