import { runStandingBattery } from '../batteries/standing-connector.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

runStandingBattery({
  name: 'ConnectWise',
  connector: connectWiseConnector,
  world: createConnectWiseWorld,
});
