import { expect, it } from 'vitest';
import { runStandingBattery } from '../batteries/standing-connector.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';
import { keepsToTheDescription } from './keeps-to.ts';

const operations = [
  'DELETE /Contracts/{parentId}/Charges/{id}',
  'GET /BillingCodes/entityInformation',
  'GET /Companies/entityInformation',
  'GET /ContractCharges/entityInformation',
  'GET /ContractCharges/entityInformation/fields',
  'GET /ContractServiceAdjustments/entityInformation',
  'GET /ContractServiceUnits/entityInformation',
  'GET /ContractServices/entityInformation',
  'GET /Contracts/entityInformation',
  'GET /Currencies/entityInformation',
  'GET /Products/entityInformation',
  'GET /Services/entityInformation',
  'GET /ThresholdInformation',
  'GET /ZoneInformation',
  'POST /BillingCodes/query',
  'POST /Companies',
  'POST /Companies/query',
  'POST /ContractCharges/query',
  'POST /ContractServiceAdjustments',
  'POST /ContractServiceUnits/query',
  'POST /ContractServices/query',
  'POST /Contracts',
  'POST /Contracts/query',
  'POST /Contracts/{parentId}/Charges',
  'POST /Contracts/{parentId}/Services',
  'POST /Currencies/query',
  'POST /Products/query',
  'POST /Services',
  'POST /Services/query',
];

runStandingBattery({
  name: 'Autotask',
  connector: autotaskConnector,
  world: keepsToTheDescription({
    vendor: 'autotask',
    world: createAutotaskWorld,
    operations,
  }),
});

it('leads to a contract on the host that the zone told', async () => {
  const { fetch, clock, client, credentials } = createAutotaskWorld();
  const limiter = autotaskConnector.limiter(clock);
  const account = await autotaskConnector.connect({
    fetch,
    clock,
    client,
    limiter,
    purpose: 'person',
    credentials,
  });
  expect(autotaskConnector.documentUrl(account, { id: '77', kind: 'contract' })).toBe(
    'http://autotask.test/Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenContract&ContractID=77',
  );
  const { webUrl: _, ...before } = account;
  expect(autotaskConnector.documentUrl(before, { id: '77', kind: 'contract' })).toMatch(
    /^https:\/\/ww\.autotask\.net\//,
  );
});
