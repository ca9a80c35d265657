import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { startApp } from './kit/app-child.ts';
import { freePort } from './kit/free-port.ts';
import { tokenId } from './kit/marketplace-keys.ts';

const root = process.cwd();
const publicUrl = 'https://app.example.com';
const issuer = 'https://market.example.com';
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
  adapter: 'cloudblue',
};

/** Names that people use to switch protection off, and every name that our code or a library reads. */
const wellKnown = [
  'DEBUG',
  'DEV',
  'TEST',
  'CI',
  'INSECURE',
  'SKIP_AUTH',
  'DISABLE_AUTH',
  'NO_AUTH',
  'AUTH_DISABLED',
  'ALLOW_INSECURE',
  'ALLOW_HTTP',
  'SANDBOX',
  'BYPASS',
  'AC_OPTS',
  'VERBOSE',
];
function namesRead(): string[] {
  const dependencies = v.parse(
    v.object({ dependencies: v.record(v.string(), v.string()) }),
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  ).dependencies;
  const folders = ['server', ...Object.keys(dependencies).map((name) => `node_modules/${name}`)];
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
      .flatMap((entry) => {
        const code = readFileSync(join(entry.parentPath, entry.name), 'utf8');
        return [...code.matchAll(/process\.env\.([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
      }),
  );
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function unsigned(kind: 'session' | 'lifecycle'): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: `${publicUrl}/${kind}`,
    iat,
    exp: iat + 60,
    jti: tokenId(),
    env: 'production',
    tid: 'reseller-1',
    iid: 'inst-1',
    sub: 'user-1',
    sid: 'host-1',
    roles: ['owner'],
    ctx: { module: 'xero' },
    org: 'https://ui.example.com',
  };
  return `${part({ alg: 'none', typ: `mkt-${kind}+jwt`, kid: 'key-1' })}.${part(claims)}.AAAA`;
}

test('T41, V6.3.2, V13.4.2: no variable of the environment lets in what is not proven', async () => {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'switches-'));
  const port = await freePort();
  const names = [...new Set([...wellKnown, ...namesRead()])];
  expect(names.length).toBeGreaterThan(wellKnown.length);
  const app = startApp({
    ...Object.fromEntries(names.map((name) => [name, 'true'])),
    NODE_ENV: 'development',
    PUBLIC_URL: publicUrl,
    PORT: String(port),
    LOG_LEVEL: 'debug',
    DATA_DIR: folder,
    MARKETPLACES: JSON.stringify([market]),
    MASTER_KEYS: `1:${randomBytes(32).toString('base64url')}`,
  });
  try {
    await app.ready();
    const ask = async (path: string, init: RequestInit = {}) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, init)).status;
    const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    expect(await ask('/v1/shell')).toBe(401);
    expect(await ask('/v1/shell', bearing('A'.repeat(43)))).toBe(401);
    const post = { method: 'POST' };
    expect(await ask('/v1/session', { ...post, ...bearing(unsigned('session')) })).toBe(401);
    expect(await ask('/lifecycle/installed', { ...post, ...bearing(unsigned('lifecycle')) })).toBe(
      401,
    );
    expect(await ask('/embed?mp=sandbox')).toBe(404);
    for (const path of ['/debug', '/metrics', '/sandbox', '/v1/debug', '/.env'])
      expect([path, await ask(path)]).toEqual([path, 404]);
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** Values that people give to switches, and some that nobody would. */
const oddValues = ['true', 'no-auth', 'development', '../..'];

test('T41, V13.4.2: no value of any variable changes what the verifier says', async () => {
  const schemaNames = [
    ...readFileSync(join(root, 'server/env.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): v\./gm),
  ].map(([, name = '']) => name);
  expect(schemaNames).toContain('MARKETPLACES');
  const names = [...new Set([...wellKnown, ...schemaNames, ...namesRead(), 'NODE_ENV'])];
  const plain = await verdictsWith({});
  expect(JSON.parse(plain).verdicts).toMatchObject({
    good: '200',
    unsigned: '401',
    'no role': '403',
  });
  for (const value of oddValues)
    expect([
      value,
      await verdictsWith(Object.fromEntries(names.map((name) => [name, value]))),
    ]).toEqual([value, plain]);
});

/** What a process of its own, with nothing but this environment, says of calls of every kind. */
async function verdictsWith(environment: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'test/access/verdicts.ts')],
    { cwd: root, env: { PATH: process.env.PATH ?? '', ...environment } },
  );
  return stdout;
}

test('T41: the environment is read in one place', () => {
  const readers = readdirSync(join(root, 'server'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /\bprocess\.env\b|import\.meta\.env/.test(readFileSync(file, 'utf8')));
  expect(readers.sort()).toEqual(
    ['audit-verify.ts', 'backup.ts', 'main.ts', 'restore.ts'].map((name) =>
      join(root, 'server', name),
    ),
  );
});
