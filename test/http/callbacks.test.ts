import { expect, test } from 'vitest';
import { tenantKey } from '../../server/domain/ids.ts';
import { createRateLimits } from '../../server/http/limits.ts';
import { callbackRoutes } from '../../server/http/routes/callbacks.ts';
import { createCallbackDesk, ensureCallbacks, ownAddress } from '../../server/sync/callbacks.ts';
import { connectWiseConnector, createConnectWiseWorld } from '../connectors/connectwise-world.ts';
import { createAccessWorld, publicUrl, realCrypto } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { planWorld } from '../kit/plan-world.ts';
import { must } from '../sandbox/must.ts';

const tenantId = tenantKey('m', 't1');

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
  const take = createCallbackDesk({
    store,
    clock,
    crypto: realCrypto,
    connector: (id) => (id === 'connectwise' ? connectWiseConnector : null),
    openSession: async () => session,
    hint: (_system, accounts) => void heard.push(accounts),
  });
  const mounts = callbackRoutes({
    take,
    limits: createRateLimits({ clock }),
    audit: { record: () => {} },
  });
  const { app } = await createAccessWorld({ mounts });
  clockless.send = async (request) =>
    app.request(request, {}, { incoming: { socket: { remoteAddress: '203.0.113.9' } } });
  const ensure = (url = publicUrl) =>
    ensureCallbacks({ store, crypto: realCrypto, publicUrl: url }, tenantId, connection, session);
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
  return { system, player, heard, ensure, registered, change, release, sent, statuses, asked, app };
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
