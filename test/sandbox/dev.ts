import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AppProcess } from './app-process.ts';
import type { Reloads } from './reloads.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Editors save a file in several steps. */
const quietMs = 150;

/**
 * `npm run dev`: the page is built again when `ui/` changes, the app starts again on the same data when
 * `server/` changes, and the marketplace's page loads its frame again after either.
 */
export async function startDev(app: AppProcess, reloads: Reloads): Promise<() => Promise<void>> {
  // Only here, so that `npm start` does not load the builder.
  const { build } = await import('vite');
  const built = await build({
    root: `${root}/ui`,
    configFile: `${root}/vite.config.ts`,
    logLevel: 'warn',
    build: { watch: {} },
  });
  if (!('on' in built)) throw new Error('the builder does not watch');
  await new Promise<void>((resolve) => {
    built.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code === 'ERROR' || event.code === 'END') resolve();
      if (event.code === 'END') reloads.tell();
    });
  });
  const stopWatching = onChange(`${root}/server`, async () => {
    await app.stop();
    await app.start();
    console.log('restarted after a change under server/');
    reloads.tell();
  });
  return async () => {
    stopWatching();
    await built.close();
  };
}

/** Runs the work once things are quiet; changes meanwhile make one more run. */
export function onChange(folder: string, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(work).catch((error: unknown) => {
        // A fault in the code being written: the next save tries again.
        console.error(error instanceof Error ? error.message : error);
      });
    }, quietMs);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
