// The app's own process in the sandbox world: the only file of the sandbox that takes anything from the server. It starts
// the app as production does, from the same variables, on a clock that follows the world's.
import { readEnvironment } from '../../server/env.ts';
import { machine } from '../../server/machine.ts';
import { marketplaces } from '../../server/marketplaces/index.ts';
import { start } from '../../server/start.ts';
import { tellingMarketplace } from '../kit/telling-marketplace.ts';
import { followedClock } from './followed-clock.ts';

const clock = followedClock(process);
const running = await start({
  ...machine(readEnvironment(process.env)),
  clock,
  adapters: [...marketplaces, tellingMarketplace],
  listen: true,
});

process.once('SIGTERM', async () => {
  await running.stop();
  process.exit(0);
});
// The world is gone, however it ended: so is its app.
process.once('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', url: running.url });
