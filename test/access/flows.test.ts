import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createFlowWorld, sessionOf } from '../kit/flow-world.ts';

const answer = { systemId: 'xero', code: 'code-1', error: null, parameter: () => null };

test('the whole way: start, begin, callback, complete, choose', async () => {
  const [world, ada] = [await createFlowWorld(), await sessionOf('ada')];
  const { flowId, cookie, shown, state } = await world.begin(ada);
  expect(shown).toMatchObject({ tenant: 'Bluegum IT', marketplace: 'Example Market', user: 'Ada' });
  expect(await world.flows.callback({ ...answer, state, cookie })).toBe('returned');
  expect(world.asked).toHaveLength(0);
  expect(await world.flows.complete(ada, flowId)).toMatchObject({
    state: 'choose',
    accounts: [{ id: 'org-1', name: 'Demo Company' }],
  });
  const [asked] = world.asked;
  const expected = createHash('sha256')
    .update(asked?.verifier ?? '')
    .digest('base64url');
  expect(asked?.challenge).toBe(expected);
  expect(await world.flows.choose(ada, flowId, 'org-1')).toBe('connection-1');
  expect(await world.flows.choose(ada, flowId, 'org-1')).toBe('connection-1');
  expect(world.linked).toHaveLength(1);
});

test('T30, V2.3.1, V10.1.2: what one person began, another browser or person cannot finish', async () => {
  const [world, ada, eve] = [
    await createFlowWorld(),
    await sessionOf('ada'),
    await sessionOf('eve'),
  ];
  const { flowId, state, cookie } = await world.begin(eve);
  // Eve mails the vendor's address to a victim: the victim's browser has no cookie of the flow.
  expect(await world.flows.callback({ ...answer, state, cookie: null })).toBe('refused');
  expect(await world.flows.callback({ ...answer, state, cookie })).toBe('expired');
  expect((await world.flows.complete(eve, flowId)).state).toBe('failed');
  const guessed = await world.begin(eve);
  const other = { ...answer, state: guessed.state, cookie };
  expect(await world.flows.callback(other)).toBe('refused');
  const second = await world.begin(ada);
  await world.flows.callback({ ...answer, state: second.state, cookie: second.cookie });
  await expect(world.flows.complete(eve, second.flowId)).rejects.toThrow('request.not-found');
  const elsewhere = await sessionOf('ada', 'host-2');
  await expect(world.flows.complete(elsewhere, second.flowId)).rejects.toThrow('request.not-found');
  expect(world.asked).toHaveLength(0);
  expect(world.linked).toHaveLength(0);
});

test('T29, V2.3.1, V10.1.2, V10.2.1: a state works once, a launch secret once and for a minute', async () => {
  const [world, ada] = [await createFlowWorld(), await sessionOf('ada')];
  const { state, cookie, flowId, launchSecret } = await world.begin(ada);
  await expect(world.flows.begin({ flowId, launchSecret })).rejects.toThrow('connect.expired');
  expect(await world.flows.callback({ ...answer, state, cookie })).toBe('returned');
  expect(await world.flows.callback({ ...answer, state, cookie })).toBe('expired');
  expect(await world.flows.callback({ ...answer, state: null, cookie })).toBe('expired');
  expect(await world.flows.callback({ ...answer, state: 'guess', cookie })).toBe('expired');
  const late = await world.flows.start(ada, { systemId: 'xero' });
  await world.clock.advance(60_000);
  await expect(world.flows.begin(late)).rejects.toThrow('connect.expired');
});

test('T16: a flow ends with its installation', async () => {
  const [world, ada] = [await createFlowWorld(), await sessionOf('ada')];
  const { state, cookie } = await world.begin(ada);
  world.endInstallation();
  expect(await world.flows.callback({ ...answer, state, cookie })).toBe('refused');
});

test('one flow is open at a time, five in ten minutes, each ten minutes long', async () => {
  const [world, ada] = [await createFlowWorld(), await sessionOf('ada')];
  const first = await world.begin(ada);
  const second = await world.begin(ada);
  const { state, cookie } = first;
  expect(await world.flows.callback({ ...answer, state, cookie })).toBe('expired');
  for (let turn = 3; turn <= 5; turn += 1) await world.flows.start(ada, { systemId: 'xero' });
  await expect(world.flows.start(ada, { systemId: 'xero' })).rejects.toThrow('request.too-many');
  await world.clock.advance(10 * 60_000);
  const old = { state: second.state, cookie: second.cookie };
  expect(await world.flows.callback({ ...answer, ...old })).toBe('expired');
  expect(() => world.flows.state(ada, second.flowId)).toThrow('request.not-found');
});

test('an organisation of another tenant, none at all, and a refusal are told apart', async () => {
  const [world, ada] = [await createFlowWorld(), await sessionOf('ada')];
  const { flowId, state, cookie } = await world.begin(ada);
  await world.flows.callback({ ...answer, state, cookie });
  await world.flows.complete(ada, flowId);
  world.elsewhere.add('org-1');
  await expect(world.flows.choose(ada, flowId, 'org-1')).rejects.toThrow('connect.in-use');
  await expect(world.flows.choose(ada, flowId, 'org-9')).rejects.toThrow('request.not-found');
  const refused = await world.begin(ada);
  const no = { ...answer, code: null, error: 'access_denied' };
  await world.flows.callback({ ...no, state: refused.state, cookie: refused.cookie });
  expect(world.flows.state(ada, refused.flowId).failure?.code).toBe('connect.refused');
  const empty = await createFlowWorld({ accounts: [] });
  const begun = await empty.begin(ada);
  await empty.flows.callback({ ...answer, state: begun.state, cookie: begun.cookie });
  const result = await empty.flows.complete(ada, begun.flowId);
  expect(result.failure?.code).toBe('connect.no-organisation');
});
