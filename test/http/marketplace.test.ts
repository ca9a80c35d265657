import { expect, test } from 'vitest';
import { readCredentials } from '../../server/access/marketplace-credentials.ts';
import type { Session } from '../../server/access/sessions.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { Marketplace } from '../../server/domain/ports/marketplace.ts';
import { createApp } from '../../server/http/app.ts';
import { createRateLimits } from '../../server/http/limits.ts';
import { marketplaceRoutes } from '../../server/http/routes/marketplace.ts';
import { routeAccessBattery } from '../batteries/route-access.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { silentLogger } from '../kit/test-crypto.ts';

const manifest = {
  id: 'cloudblue',
  name: 'Example',
  capabilities: { users: false, usage: true, webhooks: false, costs: true },
  callsPerMinute: 60,
  callsPerDay: 5_000,
  methods: [
    {
      id: 'native',
      name: 'User and password',
      fields: [
        { id: 'user', name: 'User', help: '', secret: false, optional: false },
        { id: 'password', name: 'Password', help: '', secret: true, optional: false },
        { id: 'code', name: 'Code', help: '', secret: false, optional: true },
      ],
    },
    {
      id: 'oidc',
      name: 'OAuth 2.0',
      fields: [
        { id: 'password', name: 'Password', help: '', secret: true, optional: false },
        {
          ...{ id: 'address', name: 'Token address', help: '', secret: false, optional: false },
          isAddress: true,
        },
      ],
    },
  ],
};
const nothing = { records: [], unreadable: [] };

async function marketplaceWorld() {
  const world = await createAccessWorld();
  await world.install();
  const connected: Session[] = [];
  const open = ({
    credentials,
  }: {
    credentials: Readonly<Record<string, string>>;
  }): Marketplace => ({
    test: async () => {
      if (credentials.password !== 'right') throw new AppError('marketplace.credentials');
    },
    customers: async () => nothing,
    products: async () => nothing,
    orders: async () => nothing,
    order: async () => nothing,
    subscriptions: async () => nothing,
    subscription: async () => nothing,
  });
  const routes = marketplaceRoutes({
    ...world,
    entry: () => world.entry,
    manifest: () => manifest,
    open,
    budget: async () => ({ perMinute: 60, perDay: 5_000, usedToday: 1 }),
    connected: (session) => void connected.push(session),
  });
  const app = createApp({
    publicUrl,
    proxyHops: 0,
    clock: world.clock,
    ids: { next: () => 'request' },
    logger: silentLogger,
    sessions: world.sessions,
    limits: createRateLimits({ clock: world.clock }),
    audit: { record: () => {} },
    mounts: [],
    routes,
  });
  const authorization = `Bearer ${await world.bearer()}`;
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(`${publicUrl}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: Object(await response.json()) };
  };
  return { ...world, call, connected, routes };
}

const { routes } = await marketplaceWorld();
routeAccessBattery('the marketplace routes', routes);

const save = (fields: Record<string, string>) => ({ method: 'native', fields });

test('V8.2.3, V15.3.1: access data that works is kept in the vault and never shown again', async () => {
  const world = await marketplaceWorld();
  const fields = { user: 'api@example.com', password: 'right' };
  const saved = await world.call('PUT', '/v1/marketplace', save(fields));
  expect(saved).toMatchObject({
    status: 200,
    body: { connected: true, method: 'native', savedBy: 'Ada', lacks: ['users', 'webhooks'] },
  });
  expect(JSON.stringify(saved.body)).not.toContain('right');
  const [session] = world.connected;
  if (!session) throw new Error('not told');
  const [installation] = (await world.store.read(session.tenantId)).list('installation');
  if (!installation) throw new Error('not installed');
  expect(await readCredentials(world.vault, installation)).toEqual(fields);
});

test('access data that does not work, is incomplete or unknown changes nothing', async () => {
  const world = await marketplaceWorld();
  const put = (body: unknown) => world.call('PUT', '/v1/marketplace', body);
  expect(await put(save({ user: 'a', password: 'wrong' }))).toMatchObject({
    status: 422,
    body: { code: 'marketplace.credentials' },
  });
  for (const body of [
    save({ user: 'a' }),
    save({ user: 'a', password: 'right', canary: 'x' }),
    { method: 'canary', fields: {} },
  ]) {
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('canary');
  }
  expect((await world.call('GET', '/v1/marketplace')).body).toMatchObject({
    connected: false,
    method: null,
  });
  expect((await world.call('POST', '/v1/marketplace/test')).body.code).toBe(
    'marketplace.not-connected',
  );
  expect(world.connected).toHaveLength(0);
});

test.each([
  'https://identity.api.xero.com/connect/token',
  'https://psa.example.com/private',
  'http://169.254.169.254/latest',
  'https://api.example.com.evil.example/token',
  'https://api.example.com@evil.example/token',
  'https://[::ffff:a9fe:a9fe]/',
  'http://api.example.com/token',
  'file:///etc/passwd',
  'token',
])(
  'T6, V13.2.4: access data is sent to no address but the marketplace’s own: %s is refused',
  async (address) => {
    const world = await marketplaceWorld();
    const fields = { password: 'right', address };
    expect(await world.call('PUT', '/v1/marketplace', { method: 'oidc', fields })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', facts: { field: 'Token address' } },
    });
    expect(world.connected).toHaveLength(0);
    const own = { password: 'right', address: ' https://api.example.com/realms/r/token ' };
    const taken = await world.call('PUT', '/v1/marketplace', { method: 'oidc', fields: own });
    expect(taken.status).toBe(200);
  },
);

test('T39: access data with letters that nobody sees is refused by the name of its field', async () => {
  const world = await marketplaceWorld();
  const fields = { user: 'a\r\nX-Admin: 1', password: 'right' };
  expect(await world.call('PUT', '/v1/marketplace', save(fields))).toMatchObject({
    status: 400,
    body: { facts: { field: 'User' } },
  });
});
