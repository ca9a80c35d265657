// `npm start` and `npm run dev`: the sandbox world with the app in it.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appEnv } from './app-env.ts';
import { createAppProcess } from './app-process.ts';
import { createSandboxClock } from './clock.ts';
import { startDev } from './dev.ts';
import { GATEWAY } from './marketplace/config.ts';
import { withReloads } from './reloads.ts';
import { assertFree, chooseAddresses, DEFAULT_PORT, PortTaken, serveWorld } from './serve.ts';
import { createWorld } from './world.ts';

const port = Number(process.env.PORT ?? DEFAULT_PORT);
const isDev = process.argv.includes('--dev');

try {
  if (!Number.isInteger(port) || port < 1 || port > 65_500)
    throw new PortTaken('PORT must be a number from 1 to 65500.');
  const addresses = await chooseAddresses(port);
  await assertFree('127.0.0.1', port);
  const clock = createSandboxClock();
  // Every operator sets their own limits. These let a newcomer's first reading through in seconds.
  Object.assign(GATEWAY, { callsPerMinute: 1_200, callsPerDay: 20_000 });
  const world = createWorld({ seed: 1, size: 'full', clock, urls: addresses.urls });
  const reloads = isDev ? withReloads(world) : null;
  const close = await serveWorld(reloads?.world ?? world, addresses);
  const folder = dataDirectory();
  const app = createAppProcess({
    clock,
    env: () => appEnv(world, { port, dataDirectory: folder, isDev }),
  });
  world.connectApp({ control: app });
  let endDev = async (): Promise<void> => {};
  endOn(['SIGINT', 'SIGTERM', 'SIGHUP'], async () => {
    await endDev();
    await app.stop();
    await close();
  });
  await app.start();
  if (reloads !== null) endDev = await startDev(app, reloads);
  console.log(`ready ${addresses.urls.marketplace}/`);
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The sandbox could not start.');
  process.exit(1);
}

/** A fresh folder for each start, unless one is given; Kill and Start of the app keep it. */
function dataDirectory(): string {
  const given = process.env.LEDGERPORT_SANDBOX_DATA;
  const parent = fileURLToPath(new URL('../../.cache/sandbox-data', import.meta.url));
  mkdirSync(given ?? parent, { recursive: true });
  return given ?? mkdtempSync(join(parent, 'run-'));
}

function endOn(signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void {
  let isEnding = false;
  for (const signal of signals)
    process.on(signal, async () => {
      if (isEnding) process.exit(1);
      isEnding = true;
      await stop();
      process.exit(0);
    });
}
