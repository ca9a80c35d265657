import { afterEach, expect } from 'vitest';
import { runConnectorBattery } from '../batteries/connector.ts';
import { createXeroWorld, type XeroWorld, xeroConnector } from './xero-world.ts';

let worlds: XeroWorld[] = [];
const world = () => {
  const made = createXeroWorld();
  worlds.push(made);
  return made;
};

// Every request of the battery keeps to Xero's own description.
afterEach(() => {
  const violations = worlds.flatMap((made) => made.violations);
  worlds = [];
  expect(violations).toEqual([]);
});

runConnectorBattery({ name: 'Xero', connector: xeroConnector, world });
