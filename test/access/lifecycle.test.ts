import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lifecycleEvents } from '../../server/access/lifecycle-events.ts';
import { judge } from '../../server/access/lifecycle-rules.ts';
import { Secret } from '../../server/access/vault.ts';
import { type AccessWorld, createAccessWorld, tenantOf } from '../kit/access-world.ts';
import { runs } from '../kit/length.ts';

const tenant = tenantOf('reseller-1');
const installations = async (world: AccessWorld) =>
  (await world.store.read(tenant)).list('installation');
const statesOf = async (world: AccessWorld) =>
  (await installations(world)).map(({ state }) => state);

test('an install, its switches and its end', async () => {
  const world = await createAccessWorld();
  for (const [event, state, epoch] of [
    ['installed', 'installed', 1],
    ['enabled', 'enabled', 1],
    ['disabled', 'disabled', 2],
    ['enabled', 'enabled', 2],
    ['uninstalled', 'uninstalled', 3],
  ] as const) {
    expect((await world.tell(event)).status).toBe(200);
    expect(await installations(world)).toMatchObject([{ state, epoch }]);
  }
  expect((await world.tell('redact')).status).toBe(200);
  expect(await installations(world)).toMatchObject([{ state: 'purged', name: '', apiBase: '' }]);
  expect((await world.tell('redact')).status).toBe(200);
});

test('T17: after a redaction nothing of before comes back, and a new install starts empty', async () => {
  const world = await createAccessWorld();
  const body = JSON.stringify(world.lifecycleBody('installed'));
  const claims = world.lifecycleClaims('installed', body, { eid: 'first' });
  const recorded = await world.keys.sign(claims, { typ: 'mkt-lifecycle+jwt' });
  expect((await world.post('/lifecycle/installed', recorded, body)).status).toBe(200);
  await world.tell('uninstalled');
  await world.tell('redact');
  expect((await world.post('/lifecycle/installed', recorded, body)).status).toBe(409);
  // A late retry: the same event, another token.
  expect((await world.tell('installed', { claims: { eid: 'first', seq: 1 } })).status).toBe(409);
  for (const event of ['enabled', 'disabled', 'installed'])
    expect((await world.tell(event)).status).toBe(409);
  expect(await statesOf(world)).toEqual(['purged']);
  const reader = await world.store.read(tenant);
  expect([...reader.list('secret'), ...reader.list('tenantKey')]).toEqual([]);
  expect((await world.store.log(tenant, { before: null, limit: 10 })).entries).toEqual([]);
  expect((await world.tell('installed', { claims: { iid: 'inst-2' } })).status).toBe(200);
  expect(await statesOf(world)).toEqual(['purged', 'installed']);
});

test('T10: a lifecycle token works once, also fifty times at once', async () => {
  const world = await createAccessWorld();
  const body = JSON.stringify(world.lifecycleBody('installed'));
  const token = await world.keys.sign(world.lifecycleClaims('installed', body), {
    typ: 'mkt-lifecycle+jwt',
  });
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => world.post('/lifecycle/installed', token, body)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
});

test('T11: a retry of an event has one effect and the same answer', async () => {
  const world = await createAccessWorld();
  const claims = { eid: 'once', seq: 7 };
  for (let tries = 1; tries <= 3; tries += 1)
    expect((await world.tell('installed', { claims })).status).toBe(200);
  expect((await world.store.log(tenant, { before: null, limit: 10 })).entries).toHaveLength(1);
});

test('T14: a live installation is never replaced', async () => {
  const world = await createAccessWorld();
  await world.install();
  const other = { claims: { iid: 'inst-2', prev: 'inst-1' } };
  expect((await world.tell('installed', other)).status).toBe(409);
  expect((await world.tell('installed', { claims: { seq: 1 } })).status).toBe(409);
  await world.tell('uninstalled');
  const stranger = { claims: { iid: 'inst-2', prev: 'somebody' } };
  expect((await world.tell('installed', stranger)).status).toBe(409);
  expect((await world.tell('installed', other)).status).toBe(200);
  expect(await statesOf(world)).toEqual(['uninstalled', 'installed']);
});

test.each([
  'https://user:pass@api.example.com/simpleapi',
  'https://api.example.com/simpleapi?all=1',
  'https://api.example.com/simpleapi#part',
  'https://api.example.com\\@evil.example',
  'javascript:alert(1)',
])('T6: the API’s address %s is none that a path can be put behind', async (apiBase) => {
  const world = await createAccessWorld();
  expect((await world.tell('installed', { body: { apiBase } })).status).toBe(401);
  expect(await installations(world)).toEqual([]);
});

test('T6, V1.3.6: an API that the operator did not allow is refused', async () => {
  const world = await createAccessWorld();
  for (const apiBase of [
    'https://evil.example/api',
    'https://api.example.com.evil.example',
    'http://169.254.169.254/',
  ])
    expect((await world.tell('installed', { body: { apiBase } })).status).toBe(409);
  expect(await installations(world)).toEqual([]);
});

test('a further tile changes the tiles only', async () => {
  const world = await createAccessWorld();
  await world.install();
  const body = { modules: ['xero', 'other'], apiBase: 'https://api.example.com/elsewhere' };
  expect((await world.tell('installed', { body })).status).toBe(200);
  expect(await installations(world)).toMatchObject([
    {
      state: 'enabled',
      epoch: 1,
      modules: ['xero', 'other'],
      apiBase: 'https://api.example.com/simpleapi',
    },
  ]);
});

test('T15: disabled and uninstalled at once always end uninstalled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.boolean(), async (firstDisabled, disabledLater) => {
      const world = await createAccessWorld();
      await world.install();
      const disabled = () => world.tell('disabled', { claims: { seq: disabledLater ? 101 : 100 } });
      const uninstalled = () =>
        world.tell('uninstalled', { claims: { seq: disabledLater ? 100 : 101 } });
      await Promise.all(firstDisabled ? [disabled(), uninstalled()] : [uninstalled(), disabled()]);
      expect(await statesOf(world)).toEqual(['uninstalled']);
    }),
    runs(40),
  );
});

test('T17, V7.4.1, V7.4.5: an uninstall ends sessions at once and leaves no secret that opens', async () => {
  const world = await createAccessWorld();
  await world.install();
  const token = await world.bearer();
  const [installation] = await installations(world);
  if (!installation) throw new Error('not installed');
  const owner = { ...installation, installationId: installation.id };
  const name = { provider: 'xero', record: 'c1', field: 'tokens' };
  const sealed = await world.vault.seal(owner, name, new Secret('canary'));
  await world.store.transact(tenant, (tx) => world.vault.put(tx, sealed));
  await world.tell('uninstalled');
  await expect(world.sessions.find(token)).rejects.toThrow('access.unauthenticated');
  const reader = await world.store.read(tenant);
  expect([...reader.list('secret'), ...reader.list('tenantKey')]).toEqual([]);
  await expect(world.store.transact(tenant, (tx) => world.vault.put(tx, sealed))).rejects.toThrow(
    'work.busy',
  );
});

test('the state machine is total', () => {
  const fact = { installationId: 'a', seq: 1, previous: null };
  for (const event of lifecycleEvents)
    expect(judge([], { ...fact, event }).status).toBe(
      event === 'installed' || event === 'redact' ? 'accepted' : 'conflict',
    );
});
