import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { AuditFact } from '../../server/access/audit.ts';
import { connectionIdSchema, tenantKey } from '../../server/domain/ids.ts';
import { createRateLimits } from '../../server/http/limits.ts';
import { callbackRoutes } from '../../server/http/routes/callbacks.ts';
import { readCallbackAddresses } from '../../server/sync/callback-addresses.ts';
import { keyRestMs } from '../../server/sync/callback-keys.ts';
import { createCallbackDesk, ensureCallbacks, ownAddress } from '../../server/sync/callbacks.ts';
import { connectWiseConnector, createConnectWiseWorld } from '../connectors/connectwise-world.ts';
import { createAccessWorld, publicUrl, realCrypto } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { planWorld } from '../kit/plan-world.ts';
import { must } from '../sandbox/must.ts';

const tenantId = tenantKey('m', 't1');
const connectionOf = (id: string) => v.parse(connectionIdSchema, id);
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

/** A ConnectWise that calls us, and a connection that wants to hear. */
async function world() {
  const clockless = { send: async (_request: Request) => new Response(null, { status: 503 }) };
  const sent: Request[] = [];
  const statuses: number[] = [];
  const system = createConnectWiseWorld(async (request) => {
    sent.push(request.clone());
    const response = await clockless.send(request);
    statuses.push(response.status);
    return response;
  });
  const { fetch, clock, client, credentials, player } = system;
  const asked: string[] = [];
  const limiter = connectWiseConnector.limiter(clock);
  const own = {
    fetch: async (request: Request) => {
      asked.push(request.url);
      return fetch(request);
    },
    clock,
    client,
    limiter,
    purpose: 'background' as const,
  };
  const account = await connectWiseConnector.connect({ ...own, credentials });
  const session = connectWiseConnector.open({
    ...own,
    account,
    credentials: async () => credentials,
  });
  const store = createMemoryStore(clock);
  const { world: planned } = planWorld({ connection: { systemId: 'connectwise', account } });
  const { connection } = planned;
  await store.transact(tenantId, (tx) => tx.put('connection', connection));
  const heard: (readonly string[])[] = [];
  const addresses = await readCallbackAddresses({ store, crypto: realCrypto });
  const read: string[] = [];
  const take = createCallbackDesk({
    store: {
      ...store,
      read: async (tenant) => {
        read.push(tenant);
        return store.read(tenant);
      },
    },
    clock,
    addresses,
    connector: (id) => (id === 'connectwise' ? connectWiseConnector : null),
    openSession: async () => session,
    hint: (_system, accounts) => void heard.push(accounts),
  });
  const audited: AuditFact[] = [];
  const mounts = callbackRoutes({
    take,
    limits: createRateLimits({ clock }),
    audit: { record: (fact) => void audited.push(fact) },
  });
  const { app } = await createAccessWorld({ mounts });
  clockless.send = async (request) => app.request(request, {}, from('203.0.113.9'));
  const ensure = (url = publicUrl) =>
    ensureCallbacks(
      { store, crypto: realCrypto, publicUrl: url, addresses },
      tenantId,
      connection,
      session,
    );
  const registered = async () =>
    must(session.callbacks, 'its callbacks').list(`${publicUrl}/callbacks/connectwise/`);
  const change = async () => {
    const [agreement] = (await session.documents(null)).records;
    player.person.change('Agreement', Number(must(agreement, 'an agreement').id), {
      customerPO: 'PO-7',
    });
    await player.callbacksSent();
  };
  const release = async () => {
    const reader = await store.read(tenantId);
    await connectWiseConnector.release?.(
      { ...own, credentials: async () => credentials },
      ownAddress(reader, realCrypto, connection.id),
    );
  };
  /** Many calls from as many callers, so that no limit of one caller ends them. */
  const flood = (count: number, url: string, init: RequestInit = {}) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        app.request(url, { method: 'POST', ...init }, from(`203.0.113.${n + 10}`)),
      ),
    );
  return {
    ...{ system, store, player, heard, ensure, registered, change, release },
    ...{ sent, statuses, asked, app, read, flood, audited },
  };
}

test('our address is registered once a topic, in silence about our own writes, and again where it was lost', async () => {
  const { ensure, registered } = await world();
  await ensure();
  await ensure();
  const first = await registered();
  expect(first.map(({ topic }) => topic).sort()).toEqual(['agreement', 'company', 'invoice']);
  expect(new Set(first.map(({ url }) => url)).size).toBe(1);
  expect(first[0]?.url).toMatch(/\/callbacks\/connectwise\/[\w-]{32}$/);
});

test('nothing is registered where we are not reached over https', async () => {
  const { ensure, registered } = await world();
  await ensure('http://localhost:4600');
  expect(await registered()).toEqual([]);
});

test('what changed there is heard as a hint about its account, and nothing else of it', async () => {
  const { ensure, change, heard, statuses } = await world();
  await ensure();
  await change();
  expect(statuses).toEqual([200]);
  expect(heard).toEqual([[expect.stringMatching(/@na$/)]]);
});

test('a forged signature, and a key on another host, are refused; the other host is never asked', async () => {
  for (const [fault, options] of [
    ['callback-forged', {}],
    ['callback-key-elsewhere', { url: 'https://evil.example/key' }],
  ] as const) {
    const { ensure, change, heard, statuses, player, asked } = await world();
    await ensure();
    player.setFault(fault, options);
    await change();
    expect(statuses).toEqual([404]);
    expect(heard).toEqual([]);
    expect(asked.filter((url) => url.includes('evil.example'))).toEqual([]);
  }
});

test('a true call at another address, with other bytes or without a signature is refused', async () => {
  const { ensure, change, heard, sent, app } = await world();
  await ensure();
  await change();
  const [good] = sent;
  const body = await must(good, 'a call').clone().text();
  const { url } = must(good, 'a call');
  const headers = Object.fromEntries(must(good, 'a call').headers);
  const post = (to: string, text: string, more: Record<string, string> = headers) =>
    app.request(to, { method: 'POST', headers: more, body: text });
  const before = heard.length;
  expect((await post(`${url}x`, body)).status).toBe(404);
  expect((await post(url.replace('connectwise', 'xero'), body)).status).toBe(404);
  expect((await post(url, `${body} `)).status).toBe(404);
  expect((await post(url, body, { 'content-type': 'application/json' })).status).toBe(404);
  expect((await post(url, '{}')).status).toBe(404);
  expect(heard).toHaveLength(before);
  // What the vendor adds to the address is not looked at.
  expect((await post(`${url}?action=updated&id=1`, body)).status).toBe(200);
});

test('T38: of many tenants, a call to an address that is nobody’s reads none, and an unsigned one neither', async () => {
  const { ensure, change, sent, store, read, flood, heard, audited } = await world();
  await ensure();
  for (let n = 0; n < 200; n += 1)
    await store.transact(tenantKey('m', `other-${n}`), (tx) =>
      tx.put('callbackAddress', { id: connectionOf(`c-${n}`), hash: realCrypto.hash(`t-${n}`) }),
    );
  await change();
  const good = must(sent[0], 'a call');
  const body = await good.clone().text();
  expect(read).toEqual([tenantId]);
  await flood(20, `${publicUrl}/callbacks/connectwise/${'x'.repeat(32)}`, {
    body,
    headers: { 'x-content-signature': 'AAAA' },
  });
  await flood(20, good.url, { body });
  expect(read).toEqual([tenantId]);
  expect(audited).toEqual([]);
  // A forged signature at a true address: its own tenant is read, and no other.
  await flood(1, good.url, { body, headers: { 'x-content-signature': 'AAAA' } });
  expect(read).toEqual([tenantId, tenantId]);
  expect(audited).toHaveLength(1);
  expect(heard).toHaveLength(1);
});

test('T38: whoever knows an address and cannot sign makes the key be read once in ten minutes, and a good key stays', async () => {
  const { ensure, change, sent, asked, flood, heard, system, app } = await world();
  await ensure();
  await change();
  const good = must(sent[0], 'a call');
  const body = await good.clone().text();
  const readings = () => asked.filter((url) => url.includes('/callback')).length;
  const forged = (n: number) =>
    flood(20, good.url, {
      body: body.replace(/("key_url":"[^"]*)"/, `$1?n=${n}"`),
      headers: { 'x-content-signature': 'AAAA' },
    });
  const before = readings();
  await forged(1);
  expect(readings()).toBe(before);
  await system.advanceMs(keyRestMs);
  await forged(2);
  await forged(3);
  expect(readings()).toBe(before + 1);
  const again = await app.request(good.url, {
    method: 'POST',
    body,
    headers: Object.fromEntries(good.headers),
  });
  expect(again.status).toBe(200);
  expect(heard).toHaveLength(2);
});

test('what one customer’s system sends in vain closes the way of no other one behind the same machine', async () => {
  const { ensure, change, sent, statuses, app, heard } = await world();
  await ensure();
  await change();
  const good = must(sent[0], 'a call');
  const post = (url: string, headers: Record<string, string>) =>
    app.request(url, { method: 'POST', body: '{}', headers }, from('203.0.113.9'));
  for (let call = 0; call < 20; call += 1)
    await post(good.url.replace(/[^/]+$/, 'x'.repeat(32)), { 'x-content-signature': 'AAAA' });
  await change();
  expect(statuses).toEqual([200, 200]);
  expect(heard).toHaveLength(2);
  // Whoever knows an address and cannot sign is shut out there.
  const forged = { 'x-content-signature': 'AAAA' };
  const answers: number[] = [];
  for (let call = 0; call < 12; call += 1) answers.push((await post(good.url, forged)).status);
  expect(answers.filter((status) => status === 404)).toHaveLength(10);
  expect(answers.at(-1)).toBe(429);
});

test('addresses of before a start are known after it, and one that was replaced is nobody’s', async () => {
  const store = createMemoryStore({ nowMs: () => 0 });
  const id = connectionOf('c-1');
  await store.transact(tenantId, (tx) =>
    tx.put('callbackAddress', { id, hash: realCrypto.hash('old') }),
  );
  const addresses = await readCallbackAddresses({ store, crypto: realCrypto });
  expect(addresses.ownerOf('old')).toEqual({ tenantId, connectionId: id });
  addresses.add({ tenantId, connectionId: id }, 'new');
  expect(addresses.ownerOf('old')).toBeNull();
  expect(addresses.ownerOf('new')).toEqual({ tenantId, connectionId: id });
});

test('a disconnect takes our registrations back, and leaves those of others', async () => {
  const { ensure, registered, release, player } = await world();
  player.person.create('CallbackEntry', {
    url: `${publicUrl}/callbacks/connectwise/of-somebody-else`,
    type: 'agreement',
    level: 'owner',
    objectId: '1',
  });
  await ensure();
  expect(await registered()).toHaveLength(4);
  await release();
  expect((await registered()).map(({ url }) => url.split('/').at(-1))).toEqual([
    'of-somebody-else',
  ]);
});

test('without the right the reading goes on, and the right is named', async () => {
  const { ensure, player } = await world();
  player.person.setTable('System / Callbacks', false);
  await expect(ensure()).rejects.toMatchObject({ code: 'system.scope' });
});
