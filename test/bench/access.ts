import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { freePort } from '../kit/free-port.ts';
import { bodyHash, createMarketplaceKeys, tokenId } from '../kit/marketplace-keys.ts';
import { type Child, startNode } from './child.ts';
import { type Load, load } from './load.ts';
import type { Injected } from './rival/inject.ts';
import { quantiles, type Row, row } from './row.ts';

const rival = join(import.meta.dirname, 'rival');
const installed = join(process.cwd(), '.cache', 'bench-rival');
const connections = 16;
/** Each side is asked in turn, so that whatever else this machine does meets both. */
const rounds = 3;
const calls = { exchange: 1_500, verified: 12_000, flood: 10_000 };
/** Verified calls a second, ours to theirs; the budget of a row is a most, so it is theirs to ours. */
const leastTimes = 3;
const megabyte = 1024 * 1024;
/**
 * What a second flood of calls that prove nothing may add in memory. The first one fills what is bounded
 * and the engine's own heap; where memory grew with the calls, the second would add as much again.
 */
const floodAddsMaxMb = 24;

/**
 * Session exchanges and verified calls a second, beside the same work done with
 * atlassian-connect-express on Express: same machine, same run, by turns, no log on either side. The
 * calls are handed to both without a network, which costs both the same and would hide what they do,
 * one after another; how many fit into a second is told by the median, because a machine that does
 * other work as well takes from both at random.
 */
export async function benchAccess(): Promise<Row[]> {
  const ours = await startOurs();
  const theirs = await startTheirs();
  try {
    const bearer = await ours.bearer();
    const kept = get('/v1/kept-records', `Bearer ${bearer}`);
    const theirKept = get('/kept', `JWT ${theirs.tokens.kept}`);
    const theirExchange = get('/exchange', `JWT ${theirs.tokens.exchange}`);
    const verified = gather(ours.child, async () => many(calls.verified, kept));
    const theirVerified = gather(theirs.child, async () => many(calls.verified, theirKept));
    const exchange = gather(ours.child, () => ours.exchanges(calls.exchange));
    const theirFirst = gather(theirs.child, async () => many(calls.exchange, theirExchange));
    await verified.warmUp();
    await theirVerified.warmUp();
    for (let round = 0; round < rounds; round += 1)
      for (const each of [verified, theirVerified, exchange, theirFirst]) await each.round();
    const share = theirVerified.perSecond() / verified.perSecond();
    const sockets = await bySockets([
      { port: ours.port, bytes: wire('GET', kept) },
      { port: theirs.tokens.port, bytes: wire('GET', theirKept) },
    ]);
    return [
      ...verified.rows('verified calls'),
      ...theirVerified.rows('verified calls, atlassian-connect-express'),
      row('their verified calls to ours', Math.round(share * 1000) / 1000, 'part', 1 / leastTimes),
      ...sockets,
      ...exchange.rows('session exchanges'),
      ...theirFirst.rows('first calls, atlassian-connect-express'),
      ...(await flood(ours, wire('GET', kept))),
    ];
  } finally {
    await ours.stop();
    await theirs.child.stop();
  }
}

const takenSchema = v.object({
  statuses: v.record(v.string(), v.number()),
  tookMs: v.array(v.number()),
});

/** Rounds of one kind of call to one side. */
function gather(child: Child, next: () => Promise<Injected[]>) {
  const tookMs: number[] = [];
  const asked = async () => {
    const taken = v.parse(takenSchema, await child.ask(await next()));
    if (Object.keys(taken.statuses).join() !== '200')
      throw new Error(`not every call was served: ${JSON.stringify(taken.statuses)}`);
    return taken;
  };
  const perSecond = () => 1000 / (tookMs.toSorted((a, b) => a - b)[tookMs.length >> 1] ?? 0);
  return {
    perSecond,
    warmUp: asked,
    round: async () => {
      tookMs.push(...(await asked()).tookMs);
    },
    rows: (name: string): Row[] => [
      row(name, Math.round(perSecond()), 'a second, at the median'),
      ...quantiles(name, tookMs),
    ],
  };
}

const wire = (method: string, { path, authorization }: Injected): string =>
  `${method} ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n\r\n`;

/**
 * The same calls over kept connections, by turns: with Node's own parsing and writing of HTTP, which is
 * most of such a call and the same on both sides.
 */
async function bySockets(sides: readonly { port: number; bytes: string }[]): Promise<Row[]> {
  const took = sides.map((): number[] => []);
  const perSecond = sides.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1)
    for (const [at, { port, bytes }] of sides.entries()) {
      let left = calls.verified;
      const next = () => {
        left -= 1;
        return left < 0 ? null : bytes;
      };
      const done = await load({ port, connections, next });
      if (Object.keys(done.statuses).join() !== '200')
        throw new Error(`not every call was served: ${JSON.stringify(done.statuses)}`);
      // The first round warms up.
      if (round === 0) continue;
      took[at]?.push(...done.tookMs);
      perSecond[at]?.push(done.perSecond);
    }
  const middle = perSecond.map((each) => each.toSorted((a, b) => a - b)[each.length >> 1] ?? 0);
  const names = ['verified calls, by sockets', 'atlassian-connect-express, by sockets'];
  return [
    ...names.flatMap((name, at) => [
      row(name, Math.round(middle[at] ?? 0), 'a second'),
      ...quantiles(name, took[at] ?? []),
    ]),
    row(
      'ours to theirs, by sockets',
      Math.round(((middle[0] ?? 0) / (middle[1] ?? 1)) * 100) / 100,
      'times',
    ),
  ];
}

const many = (count: number, call: Injected): Injected[] =>
  Array.from({ length: count }, () => call);
const get = (path: string, authorization: string): Injected => ({
  method: 'GET',
  path,
  authorization,
});

/** Calls that prove nothing, from ever other addresses, with real ones among them. */
async function flood(ours: Ours, real: string): Promise<Row[]> {
  const started = await ours.child.memoryBytes();
  await flooded(ours, real);
  const before = await ours.child.memoryBytes();
  const { perSecond, served } = await flooded(ours, real);
  const after = await ours.child.memoryBytes();
  const megabytes = (bytes: number) => Math.round(bytes / megabyte);
  return [
    row('unsigned calls refused', Math.round(perSecond), 'a second'),
    row(`memory before ${calls.flood} of them`, megabytes(started), 'MB'),
    row('memory after them', megabytes(before), 'MB'),
    row('memory added by as many again', megabytes(after - before), 'MB', floodAddsMaxMb),
    row(
      'real calls not served meanwhile',
      served.tookMs.length - (served.statuses['200'] ?? 0),
      'calls',
      0,
    ),
    ...quantiles('a real call meanwhile', served.tookMs),
  ];
}

let sent = 0;
async function flooded({ port }: Ours, real: string): Promise<{ perSecond: number; served: Load }> {
  const until = sent + calls.flood;
  const junk = () => {
    if (sent === until) return null;
    sent += 1;
    const caller = `X-Forwarded-For: 198.${18 + ((sent >> 16) & 1)}.${(sent >> 8) & 255}.${sent & 255}\r\n`;
    return post('/v1/session', `${tokenId()}.${tokenId()}.${tokenId()}`, caller);
  };
  let isOver = false;
  const flooding = load({ port, connections, next: junk }).finally(() => {
    isOver = true;
  });
  const served = await load({ port, connections: 1, next: () => (isOver ? null : real) });
  const { perSecond, statuses } = await flooding;
  if (statuses['401'] !== calls.flood)
    throw new Error(`a flood was answered ${JSON.stringify(statuses)}`);
  return { perSecond, served };
}

const post = (path: string, token: string, more = '', body = '') =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

interface Ours {
  child: Child;
  port: number;
  bearer(): Promise<string>;
  /** So many calls with a fresh session token each. */
  exchanges(count: number): Promise<Injected[]>;
  stop(): Promise<void>;
}

const publicUrl = 'https://app.example.com';
const issuer = 'https://market.example.com';
const people = 200;

async function startOurs(): Promise<Ours> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
  const keys = await createMarketplaceKeys();
  const port = await freePort();
  const market = {
    id: 'market',
    name: 'Example Market',
    issuer,
    jwksUri: `${issuer}/jwks.json`,
    alg: 'ES256',
    env: 'production',
    uiOrigins: ['https://ui.example.com'],
    apiOrigins: ['https://api.example.com'],
    roleMap: { owner: 'admin' },
    autoEnable: true,
    adapter: 'cloudblue',
  };
  const child = await startNode({
    args: [join(import.meta.dirname, 'access-server.ts')],
    env: {
      PUBLIC_URL: publicUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      PROXY_HOPS: '1',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      MARKETPLACES: JSON.stringify([market]),
      MASTER_KEYS: `1:${randomBytes(32).toString('base64url')}`,
      BENCH_JWKS: JSON.stringify(keys.jwks),
    },
  });
  const claims = () => {
    const iat = Math.floor(Date.now() / 1000);
    return {
      iss: issuer,
      iat,
      exp: iat + 60,
      jti: tokenId(),
      env: 'production',
      tid: 'reseller-1',
      iid: 'inst-1',
    };
  };
  const session = (person: number) =>
    keys.sign(
      {
        ...claims(),
        aud: `${publicUrl}/session`,
        sub: `user-${person}`,
        sid: `host-${person}`,
        roles: ['owner'],
        ctx: { module: 'xero' },
        org: 'https://ui.example.com',
      },
      { typ: 'mkt-session+jwt' },
    );
  const told = async (path: string, token: string, body: string | null): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body,
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  };
  const body = JSON.stringify({
    tid: 'reseller-1',
    iid: 'inst-1',
    evt: 'installed',
    tenant: { name: 'Bluegum IT' },
    apiBase: 'https://api.example.com/simpleapi',
    modules: ['xero'],
  });
  const event = {
    ...claims(),
    aud: `${publicUrl}/lifecycle`,
    act: 'admin-1',
    evt: 'installed',
    eid: 'event-1',
    seq: 1,
    prev: null,
    htm: 'POST',
    htu: `${publicUrl}/lifecycle/installed`,
    bsh: bodyHash(body),
  };
  await told('/lifecycle/installed', await keys.sign(event, { typ: 'mkt-lifecycle+jwt' }), body);
  return {
    child,
    port,
    bearer: async () =>
      v.parse(v.object({ token: v.string() }), await told('/v1/session', await session(0), null))
        .token,
    exchanges: (count) =>
      Promise.all(
        Array.from({ length: count }, async (_, at) => ({
          method: 'POST',
          path: '/v1/session',
          authorization: `Bearer ${await session(at % people)}`,
        })),
      ),
    stop: async () => {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startTheirs() {
  await installRival();
  const child = await startNode({
    args: [join(installed, 'server.mjs')],
    env: { NODE_ENV: 'production' },
    cwd: installed,
  });
  const tokens = v.parse(
    v.object({ exchange: v.string(), kept: v.string(), port: v.number() }),
    JSON.parse(child.said),
  );
  return { child, tokens };
}

/** Once: exactly what its lock file names, without running any package's install script. */
async function installRival(): Promise<void> {
  await mkdir(installed, { recursive: true });
  const at = async (path: string) => (await stat(path).catch(() => null))?.mtimeMs ?? 0;
  const isThere =
    (await at(join(installed, 'node_modules/.package-lock.json'))) >
    (await at(join(rival, 'package-lock.json')));
  for (const name of await readdir(rival)) await cp(join(rival, name), join(installed, name));
  if (!isThere)
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: installed,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
}
