import { expect, test } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { date } from '../../server/domain/dates.ts';
import { autotaskConnector, createAutotaskWorld } from '../connectors/autotask-world.ts';
import { connectWiseConnector, createConnectWiseWorld } from '../connectors/connectwise-world.ts';
import { createXeroWorld, xeroConnector } from '../connectors/xero-world.ts';
import { fuzzConnector, fuzzCredentialConnector } from './connector.ts';

const fuzzed = ['xero', 'autotask', 'connectwise'];
fuzzConnector({
  name: 'Xero',
  connector: xeroConnector,
  world: createXeroWorld,
  day: date('2026-11-01'),
});

fuzzCredentialConnector({
  name: 'Autotask',
  connector: autotaskConnector,
  world: createAutotaskWorld,
});

fuzzCredentialConnector({
  name: 'ConnectWise',
  connector: connectWiseConnector,
  world: createConnectWiseWorld,
});

test('every system that is registered is fuzzed', () => {
  expect(fuzzed.toSorted()).toEqual(Object.keys(connectors).toSorted());
});
