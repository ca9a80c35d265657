// The app itself on a port, for the access bench: everything as in production, but for a marketplace
// whose keys are handed over, and rates that a bench must be able to pass.

import { getRequestListener } from '@hono/node-server';
import { readEnvironment } from '../../server/env.ts';
import { machine, machineClock } from '../../server/machine.ts';
import { start } from '../../server/start.ts';
import { noRates } from '../kit/no-rates.ts';
import { serveRounds } from './rival/inject.ts';

const jwks: unknown = JSON.parse(process.env.BENCH_JWKS ?? '');
const env = readEnvironment(process.env);
const app = await start({
  ...machine(env),
  clock: machineClock,
  fetch: async () => Response.json(jwks),
  limits: noRates,
  listen: true,
});
serveRounds(getRequestListener(app.fetch));
console.log(`ready ${app.url}`);
process.on('SIGTERM', () => void app.stop().then(() => process.exit(0)));
