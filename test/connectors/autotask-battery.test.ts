import { runStandingBattery } from '../batteries/standing-connector.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';

runStandingBattery({
  name: 'Autotask',
  connector: autotaskConnector,
  world: createAutotaskWorld,
});
