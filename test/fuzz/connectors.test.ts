import { expect, test } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { date } from '../../server/domain/dates.ts';
import { createXeroWorld, xeroConnector } from '../connectors/xero-world.ts';
import { fuzzConnector } from './connector.ts';

const fuzzed = ['xero'];
fuzzConnector({
  name: 'Xero',
  connector: xeroConnector,
  world: createXeroWorld,
  day: date('2026-11-01'),
});

test('every system that is registered is fuzzed', () => {
  expect(fuzzed).toEqual(Object.keys(connectors));
});
