import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from './kit/app-child.ts';
import { freePort } from './kit/free-port.ts';

const cache = join(process.cwd(), '.cache');
let folder = '';
beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'serve-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const market = {
  id: 'market',
  name: 'Example Market',
  issuer: 'https://market.example.com',
  jwksUri: 'https://market.example.com/jwks.json',
  alg: 'ES256',
  env: 'production',
  uiOrigins: ['https://ui.example.com'],
  apiOrigins: ['https://api.example.com'],
  roleMap: { owner: 'admin' },
  adapter: 'cloudblue',
};
const sandboxMarket = {
  ...market,
  env: 'sandbox',
  issuer: 'http://127.0.0.1:4601',
  jwksUri: 'http://127.0.0.1:4601/jwks.json',
  uiOrigins: ['http://127.0.0.1:4601'],
  apiOrigins: ['http://127.0.0.1:4601'],
};
const masterKey = `1:${randomBytes(32).toString('base64url')}`;
const good = (): Record<string, string> => ({
  PUBLIC_URL: 'https://app.example.com',
  DATA_DIR: join(folder, 'data'),
  MARKETPLACES: JSON.stringify([market]),
  MASTER_KEYS: masterKey,
  XERO_CLIENT_ID: 'the-client-id',
  XERO_CLIENT_SECRET: 'the-client-secret',
});

const secret = 'CANARY-in-a-wrong-place';
const bad: [name: string, environment: Record<string, string>, faults: string[]][] = [
  [
    'nothing at all',
    {},
    [
      'PUBLIC_URL: is missing',
      'DATA_DIR: is missing',
      'MARKETPLACES: is missing',
      'MASTER_KEYS: is missing',
    ],
  ],
  [
    'everything wrong',
    {
      PUBLIC_URL: `ftp://${secret}/`,
      DATA_DIR: '',
      PORT: secret,
      LOG_LEVEL: secret,
      PROXY_HOPS: '99',
      ACCEPT_BACKUP: secret,
      MARKETPLACES: `[${secret}`,
      MASTER_KEYS: secret,
      XERO_CLIENT_ID: secret,
      XERO_LOGIN_URL: secret,
    },
    [
      'PUBLIC_URL:',
      'DATA_DIR:',
      'PORT:',
      'LOG_LEVEL:',
      'PROXY_HOPS:',
      'ACCEPT_BACKUP:',
      'MARKETPLACES:',
      'MASTER_KEYS:',
      'XERO_CLIENT_SECRET:',
      'XERO_LOGIN_URL:',
    ],
  ],
  [
    'a key that is not random',
    { ...good(), MASTER_KEYS: `1:${'A'.repeat(43)}` },
    ['MASTER_KEYS: must be random'],
  ],
  [
    'a public address over http',
    { ...good(), PUBLIC_URL: 'http://localhost:8080' },
    ['PUBLIC_URL: must be https outside a sandbox'],
  ],
  [
    'a sandbox marketplace beside https',
    { ...good(), MARKETPLACES: JSON.stringify([market, { ...sandboxMarket, id: 'sandbox' }]) },
    ['MARKETPLACES: a sandbox marketplace cannot stand beside an https PUBLIC_URL'],
  ],
  [
    "another address than the system's own",
    { ...good(), XERO_API_URL: 'https://evil.example' },
    ['XERO_…_URL: other addresses are for a sandbox only'],
  ],
  [
    'a marketplace over http',
    { ...good(), MARKETPLACES: JSON.stringify([{ ...sandboxMarket, env: 'production' }]) },
    ['MARKETPLACES.0: must use https everywhere'],
  ],
  [
    'a file of marketplaces that is not there',
    { ...good(), MARKETPLACES: '/nowhere/at/all.json' },
    ['MARKETPLACES: must be JSON, or the path of a JSON file'],
  ],
];

test.concurrent.each(bad)(
  '%s: every fault is named at once, no value is',
  async (_name, environment, faults) => {
    const { DATA_DIR = join(folder, 'data') } = environment;
    const app = startApp('DATA_DIR' in environment ? { ...environment, DATA_DIR } : environment);
    expect(await app.ended).toBe(1);
    for (const fault of faults) expect(app.output()).toContain(`- ${fault}`);
    expect(app.output()).not.toContain(secret);
    expect(app.output()).not.toContain('the-client-secret');
    expect(app.output()).not.toMatch(/\n\s+at /);
  },
);

/** Tells each file of this repository that Node loads. */
const watching = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({ load(url, context, next) {
    if (url.startsWith('file:') && !url.includes('/node_modules/')) writeSync(2, 'LOADED ' + url + '\\n');
    return next(url, context);
  } });
`)}`;

test('behind a proxy: https outside, plain http inside, without a line of the tests', async () => {
  const port = await freePort();
  const app = startApp({ ...good(), PORT: String(port), NODE_OPTIONS: `--import=${watching}` });
  try {
    await app.ready();
    const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const health = await at('/healthz');
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect(health.headers.get('strict-transport-security')).toContain('max-age=');
    expect(health.headers.get('x-content-type-options')).toBe('nosniff');
    expect(health.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await at('/readyz')).status).toBe(200);
    expect((await at('/v1/shell')).status).toBe(401);
    const manifest = await at('/.well-known/marketplace-app.json');
    expect(JSON.stringify(await manifest.json())).toContain('https://app.example.com');
    const page = await at('/embed?mp=market');
    expect(page.headers.get('content-security-policy')).toContain(
      'frame-ancestors https://ui.example.com',
    );

    const loaded = [...app.output().matchAll(/^LOADED (.*)$/gm)].map(([, url = '']) => url);
    const server = pathToFileURL(join(process.cwd(), 'server')).href;
    expect(loaded).toContain(`${server}/start.ts`);
    const allowed = ['server', 'manifest'].map(
      (part) => `${pathToFileURL(process.cwd()).href}/${part}/`,
    );
    expect(loaded.filter((url) => !allowed.some((part) => url.startsWith(part)))).toEqual([]);
  } finally {
    const { code, tookMs } = await app.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5_000);
  }
});
