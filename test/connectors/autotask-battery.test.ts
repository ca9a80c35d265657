import { expect, it } from 'vitest';
import { runStandingBattery } from '../batteries/standing-connector.ts';
import { autotaskConnector, createAutotaskWorld } from './autotask-world.ts';

runStandingBattery({
  name: 'Autotask',
  connector: autotaskConnector,
  world: createAutotaskWorld,
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
