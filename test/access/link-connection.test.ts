import { expect, test } from 'vitest';
import { createConnectionSecrets } from '../../server/access/connection-secrets.ts';
import { createLink } from '../../server/access/link-connection.ts';
import { instant } from '../../server/domain/dates.ts';
import { createAccessWorld } from '../kit/access-world.ts';

const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: instant(0), scope: '' };
const client = { clientId: 'id', clientSecret: 'secret' };
const account = { id: 'org-1', name: 'Demo Company', vendorConnectionId: 'vc-1' };
const full = {
  id: 'org-1',
  name: 'Demo Company',
  baseCurrency: 'AUD',
  country: 'AU',
  timeZone: 'Australia/Sydney',
  taxBasis: 'exclusive',
  lockedUntil: null,
  demo: true,
  shortCode: null,
} as const;

async function linkedWorld() {
  const world = await createAccessWorld();
  await world.install();
  await world.tell('installed', { claims: { tid: 'reseller-2', iid: 'inst-2', seq: 1 } });
  await world.tell('enabled', { claims: { tid: 'reseller-2', iid: 'inst-2', seq: 2 } });
  const session = await world.sessions.find(await world.bearer());
  const other = await world.sessions.find(
    await world.bearer({ tid: 'reseller-2', iid: 'inst-2', sid: 'host-session-2' }),
  );
  let ids = 0;
  const secrets = createConnectionSecrets({ ...world, operatorClient: () => null });
  const link = createLink({
    ...world,
    ids: { next: () => `connection-${++ids}` },
    secrets,
    accountOf: async ({ account: { id } }) => ({ ...full, id }),
    isLinkedElsewhere: async ({ tenantId, accountId }) => {
      const others = (await world.store.tenants()).filter((each) => each !== tenantId);
      const linked = await Promise.all(
        others.map(async (each) => (await world.store.read(each)).list('connection')),
      );
      return linked.flat().some(({ account: { id } }) => id === accountId);
    },
  });
  const request = {
    session,
    systemId: 'xero',
    connectionId: null,
    access: { kind: 'tokens', client, ownApp: false, tokens } as const,
    account,
  };
  return { ...world, secrets, link, request, session, other, tell: world.tell.bind(world) };
}

test('the first connection bills new customers, another account is a new one, the same is renewed', async () => {
  const { link, request, store, secrets, session } = await linkedWorld();
  const id = await link(request);
  expect(await link({ ...request, access: { ...request.access, ownApp: true } })).toBe(id);
  await link({ ...request, account: { ...account, id: 'org-2' } });
  const reader = await store.read(session.tenantId);
  expect(reader.list('connection')).toMatchObject([
    { account: { id: 'org-1' }, billsNewCustomers: true, ownApp: { clientId: 'id' } },
    { account: { id: 'org-2' }, billsNewCustomers: false, ownApp: null },
  ]);
  const [connection] = reader.list('connection');
  if (!connection) throw new Error('not connected');
  expect((await secrets.read(session.tenantId, connection))?.refreshToken).toBe('r');
  expect(await secrets.client(session.tenantId, connection)).toEqual(client);
});

test('T17: a tile taken away, or the app removed, disconnects and deletes the secrets', async () => {
  const { link, request, store, released, session, tell } = await linkedWorld();
  const id = await link(request);
  await tell('installed', { body: { modules: ['other'] } });
  const reader = await store.read(session.tenantId);
  expect(reader.list('connection')).toMatchObject([{ id, state: 'disconnected' }]);
  expect(reader.list('secret')).toEqual([]);
  expect(released).toEqual([[id]]);
  await link(request);
  await tell('uninstalled');
  await expect(link(request)).rejects.toThrow('access.disabled');
  expect(released).toHaveLength(2);
  expect((await store.read(session.tenantId)).list('connection')).toMatchObject([
    { state: 'disconnected' },
  ]);
});

test('V2.3.4: one account asked for many times at once becomes one connection', async () => {
  const { link, request, store, session } = await linkedWorld();
  const ids = await Promise.all(Array.from({ length: 20 }, () => link(request)));
  expect(new Set(ids).size).toBe(1);
  expect((await store.read(session.tenantId)).list('connection')).toHaveLength(1);
});

test('V2.3.4: of two tenants that ask for one account at once, one gets it', async () => {
  const { link, request, store, session, other } = await linkedWorld();
  const asked = await Promise.allSettled(
    [session, other].map((each) => link({ ...request, session: each })),
  );
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(asked[1]).toMatchObject({ reason: { code: 'connect.in-use' } });
  expect((await store.read(other.tenantId)).list('connection')).toEqual([]);
  expect((await store.read(other.tenantId)).list('secret')).toEqual([]);
});
