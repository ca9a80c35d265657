import { describe, expect, it } from 'vitest';
import { createSandboxClock } from './clock.ts';
import { CONTROL_TABLE } from './control/table.ts';
import { isRecord } from './must.ts';
import { createWorld, DEFAULT_URLS, type World } from './world.ts';

const { marketplace: MARKET, systems, app: APP } = DEFAULT_URLS;

function testWorld() {
  const world = createWorld({
    clock: createSandboxClock({ startMs: Date.parse('2026-11-23T09:00:00Z'), frozen: true }),
  });
  return { world, control: controlOf(world) };
}

function controlOf(world: World) {
  return async (path: string, body?: unknown) => {
    const response = await world.fetch(
      new Request(MARKET + path, {
        method: body === undefined ? 'GET' : 'POST',
        ...(body === undefined
          ? {}
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, json: await response.json() };
  };
}

describe('the world in one process', () => {
  it('gives a request to the player whose address it is, and refuses every other', async () => {
    const { world } = testWorld();
    expect((await world.fetch(new Request(`${MARKET}/.well-known/jwks.json`))).status).toBe(200);
    expect((await world.fetch(new Request(`${systems.xero}/connections`))).status).toBe(401);
    await expect(world.fetch(new Request('https://example.com/'))).rejects.toThrow(TypeError);
  });

  it('tells everything that a newcomer needs at /sandbox.json', async () => {
    const { control } = testWorld();
    const { json } = await control('/sandbox.json');
    expect(json.app.url).toBe(APP);
    expect(json.tenants.map(({ name }: { name: string }) => name)).toHaveLength(2);
    expect(json.systems[0]).toMatchObject({
      id: 'xero',
      client: { clientId: 'xero-sandbox-client', redirectUri: `${APP}/connect/callback/xero` },
    });
    expect(json.systems[1]).toMatchObject({
      id: 'autotask',
      url: systems.autotask,
      client: { clientId: 'autotask-sandbox-client' },
      users: [{ userName: expect.any(String), secret: expect.any(String) }],
      organisations: [{ name: 'Wattle Cloud', zone: 5 }],
    });
    expect(json.systems[2]).toMatchObject({
      id: 'connectwise',
      url: systems.connectwise,
      client: { clientId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) },
      users: [
        {
          companyId: 'wattlecloud',
          publicKey: expect.any(String),
          privateKey: expect.any(String),
        },
      ],
      organisations: [{ name: 'Wattle Cloud', companyId: 'wattlecloud', codebase: 'v2026_4' }],
      person: `${systems.connectwise}/sandbox/person`,
    });
    expect(json.control).toEqual(CONTROL_TABLE);
  });

  it('has companies in Autotask that the marketplace knows, and some that it does not', async () => {
    const { world } = testWorld();
    const { fetch, systems: players } = world;
    const [user] = players.autotask.users();
    const headers = {
      ApiIntegrationCode: world.clients.autotask.clientId,
      UserName: user?.userName ?? '',
      Secret: user?.secret ?? '',
    };
    const filter = [{ op: 'exist', field: 'id' }];
    const query = `${systems.autotask}/zone5/ATServicesRest/V1.0/Companies/query`;
    const response = await fetch(
      new Request(query, { method: 'POST', headers, body: JSON.stringify({ filter }) }),
    );
    const { items } = await response.json();
    const names: string[] = items.map(({ companyName }: { companyName: string }) => companyName);
    const customers = [...world.marketplace.market.account('reseller-1000').customers.values()];
    const known = customers.filter(({ name }) => names.includes(name));
    expect(known.length).toBeGreaterThan(0);
    expect(known.length).toBeLessThan(customers.length);
  });

  it.each(CONTROL_TABLE.map((entry) => [entry.method, entry.path]))(
    'has the control %s %s',
    async (method, path) => {
      const { control } = testWorld();
      const concrete = path.replace(':player', 'marketplace').replace(':event', 'enabled');
      const { status } = await control(concrete, method === 'POST' ? { misspelt: 1 } : undefined);
      // The app's process is somebody else's in a test, so Kill and Start are refused; the others read their body.
      const isProcess = concrete.startsWith('/sandbox/app/');
      expect(status).toBe(method === 'GET' ? 200 : isProcess ? 422 : 400);
    },
  );
});

describe('the control API', () => {
  it('resets every player to a seed and size', async () => {
    const { world, control } = testWorld();
    await control('/sandbox/orders', {
      action: 'place',
      customerId: '1000001',
      productId: '5500',
      quantity: 2,
    });
    await control('/sandbox/reset', { seed: 1, size: 'small' });
    const small = await control('/sandbox/state');
    expect(small.json.customers).toHaveLength(5);
    await control('/sandbox/reset', { seed: 2, size: 'full' });
    expect((await control('/sandbox/state')).json.customers).toHaveLength(40);
    expect(world.origin()).toEqual({ seed: 2, size: 'full' });
  });

  it('places an order and writes it into the journal', async () => {
    const { control } = testWorld();
    const before = (await control('/sandbox/journals/marketplace')).json.total;
    const { json } = await control('/sandbox/orders', {
      action: 'place',
      customerId: '1000001',
      productId: '5500',
      quantity: 2,
      poNumber: 'PO-77',
    });
    expect(json.orders[0]).toMatchObject({
      type: 'sales',
      status: 'completed',
      poNumber: 'PO-77',
      total: { amount: '19.80' },
    });
    const { entries } = (await control(`/sandbox/journals/marketplace?after=${before}`)).json;
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'subscription.created',
      'order.created',
      'subscription.changed',
      'order.completed',
    ]);
    expect(entries.at(-1)).toMatchObject({
      actor: 'control',
      data: { tenantId: 'reseller-1000', order: json.orders[0] },
    });
  });

  it('moves the clock for everybody, by a day, by a month, and to a moment', async () => {
    const { world, control } = testWorld();
    expect((await control('/sandbox/clock', { advanceDays: 1 })).json.now).toBe(
      '2026-11-24T09:00:00Z',
    );
    expect((await control('/sandbox/clock', { advanceMonths: 1 })).json.now).toBe(
      '2026-12-24T09:00:00Z',
    );
    await control('/sandbox/clock', { set: '2027-01-31T09:00:00Z' });
    expect((await control('/sandbox/clock', { advanceMonths: 1 })).json.now).toBe(
      '2027-02-28T09:00:00Z',
    );
    expect(world.clock.nowMs()).toBe(Date.parse('2027-02-28T09:00:00Z'));
  });

  it('switches faults of any player and shows them', async () => {
    const { control } = testWorld();
    await control('/sandbox/faults', { player: 'marketplace', name: 'slow', options: { ms: 10 } });
    const { json } = await control('/sandbox/faults');
    expect(json.marketplace.filter(({ active }: { active: boolean }) => active)).toHaveLength(1);
    expect(Object.keys(json)).toEqual(['marketplace', 'xero', 'autotask', 'connectwise']);
    expect(
      (await control('/sandbox/faults', { player: 'nobody', name: 'slow', options: null })).status,
    ).toBe(422);
  });

  it('makes many customers and orders at once, none of them paid yearly', async () => {
    const { control } = testWorld();
    await control('/sandbox/reset', { seed: 1, size: 'full' });
    const { json } = await control('/sandbox/orders', {
      action: 'bulk',
      customers: 40,
      subscriptions: 100,
    });
    expect(json.orders).toHaveLength(100);
    expect(JSON.stringify(json.orders)).not.toContain(
      '"type":"year","duration":1},"subscriptionPeriod":{"type":"year"',
    );
  });

  it('refuses wrong input with a sentence and changes nothing', async () => {
    const { world, control } = testWorld();
    const before = world.marketplace.journal().length;
    for (const body of [
      { action: 'place', customerId: 'nobody', productId: '5500', quantity: 2 },
      { action: 'place', customerId: '1000001', productId: '5500', quantity: 0 },
      { action: 'place', customerId: '1000001', productId: '5500', quantity: 2, colour: 'red' },
      { action: 'cancel', subscriptionId: 'nothing' },
      { action: 'dance' },
    ]) {
      const { status, json } = await control('/sandbox/orders', body);
      expect([400, 422]).toContain(status);
      expect(isRecord(json) && typeof json.message).toBe('string');
    }
    expect(world.marketplace.journal()).toHaveLength(before);
  });

  it('takes no form of another site: JSON only', async () => {
    const { world } = testWorld();
    const response = await world.fetch(
      new Request(`${MARKET}/sandbox/reset`, { method: 'POST', body: 'seed=1' }),
    );
    expect(response.status).toBe(415);
  });

  it('installs, sends any event with claims laid over, and signs any session token', async () => {
    const { world, control } = testWorld();
    const asked: Request[] = [];
    world.connectApp({
      fetch: (request) => {
        asked.push(request);
        return new Response('{}');
      },
    });
    const { json } = await control('/sandbox/install', { module: 'xero', action: 'install' });
    expect(json.installation).toMatchObject({ state: 'enabled', modules: ['xero'] });
    const attack = await control('/sandbox/lifecycle/disabled', {
      eventId: 'evt-same',
      overrides: { claims: { aud: 'https://other.example' }, tries: 1 },
    });
    expect(attack.json.answer).toMatchObject({ eventId: 'evt-same', status: 200, tries: 1 });
    expect(asked).toHaveLength(3);
    const { json: minted } = await control('/sandbox/session-token', { userId: 'wattle-owner' });
    expect(minted.token.split('.')).toHaveLength(3);
  });
});
