import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { startApp } from './kit/app-child.ts';
import { freePort } from './kit/free-port.ts';
import { makeReady } from './kit/ready-road.ts';
import { createVisitor } from './kit/visitor.ts';
import { writesTo } from './kit/xero-lines.ts';
import { appEnv } from './sandbox/app-env.ts';
import { TENANTS } from './sandbox/marketplace/config.ts';
import { must } from './sandbox/must.ts';
import { chooseAddresses, serveWorld } from './sandbox/serve.ts';
import { createWorld, type World } from './sandbox/world.ts';

const stopMaxMs = 8_000;
const slowMs = 30_000;
const tokensSchema = v.object({
  access_token: v.optional(v.string()),
  refresh_token: v.optional(v.string()),
  token: v.optional(v.string()),
});

/** A world on ports of its own that notes every token that it hands out. */
async function servedWorld(): Promise<{
  world: World;
  tokens: Set<string>;
  port: number;
  close(): Promise<void>;
}> {
  const port = await freePort();
  const addresses = await chooseAddresses(port);
  const made = createWorld({ seed: 1, size: 'small', urls: addresses.urls });
  const tokens = new Set<string>();
  const world: World = {
    ...made,
    fetch: async (request) => {
      const sent = request.headers.get('authorization')?.replace(/^(Bearer|Basic) /, '');
      if (sent !== undefined) tokens.add(sent);
      const response = await made.fetch(request);
      if (!/token/i.test(new URL(request.url).pathname)) return response;
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => null);
      const found = v.safeParse(tokensSchema, body);
      for (const token of found.success ? Object.values(found.output) : [])
        if (token !== undefined) tokens.add(token);
      return response;
    },
  };
  return { world, tokens, port, close: await serveWorld(world, addresses) };
}

async function textsBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)),
  );
}

test('T25, V10.1.1, V14.2.3, V14.2.4, V16.2.2, V16.2.4, V16.2.5: a whole journey leaves no secret behind, and SIGTERM ends it in the middle of a call', async () => {
  const cache = join(process.cwd(), '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'serve-journey-'));
  const { world, tokens, port, close } = await servedWorld();
  const masterKey = randomBytes(32).toString('base64url');
  const environment = {
    ...appEnv(world, { port, dataDirectory: folder, isDev: false }),
    MASTER_KEYS: `1:${masterKey}`,
    LOG_LEVEL: 'debug',
  };
  let app = startApp(environment);
  try {
    await app.ready();
    const visitor = createVisitor(world, (request) => fetch(request));
    const billFrom = `${new Date(world.clock.nowMs()).toISOString().slice(0, 8)}01`;
    const ready = await makeReady(visitor, { billFrom, settings: { invoice: 'per-order' } });
    const account = world.marketplace.market.account('reseller-1000');
    const [subscription] = account.subscriptions.values();
    await ready.order({
      action: 'place',
      customerId: must(subscription, 'a subscription').customerId,
      productId: must([...account.products.keys()][0], 'a product'),
      quantity: 2,
    });
    await ready.check();
    const { plans } = await ready.preview();
    const writable = plans.filter(({ needs }) => needs.length === 0);
    expect(writable.length).toBeGreaterThan(0);
    world.systems.xero.setFault('slow', { method: 'PUT', path: 'Invoices', delayMs: slowMs });
    const bearer = await visitor.signIn();
    const stream = await visitor.ask('GET /v1/stream');
    expect(stream.status).toBe(200);
    const before = writesTo(ready);
    const { id } = await ready.confirm(writable);
    await visitor.until('the write', async () => writesTo(ready) > before);

    const first = app;
    const { code, tookMs } = await first.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(stopMaxMs);
    await stream.text().catch(() => '');

    world.systems.xero.setFault('slow', null);
    app = startApp(environment);
    await app.ready();
    await visitor.signIn();
    const run = await ready.run(id);
    expect(run.endedAt).toBeNull();
    expect(run.parts.map(({ state }) => state)).toContain('writing');
    expect(writesTo(ready)).toBe(before + 1);
    await app.stop();

    const canaries = [
      ...TENANTS.flatMap(({ api }) => [api.password, api.subscriptionKey]),
      world.clients.xero.clientSecret,
      masterKey,
      bearer,
      ...tokens,
    ];
    expect(tokens.size).toBeGreaterThan(3);
    const files = await textsBelow(folder);
    expect(files.size).toBeGreaterThan(5);
    const output = first.output() + app.output();
    const leaks = [['the output', output] as const, ...files].flatMap(([where, text]) =>
      canaries.filter((canary) => text.includes(canary)).map(() => where),
    );
    expect(leaks).toEqual([]);
    const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith('ready '));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({
        level: expect.any(Number),
        msg: expect.any(String),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
  } finally {
    app.kill();
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}, 40_000);
