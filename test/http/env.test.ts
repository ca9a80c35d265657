import { expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../server/env.ts';
import { loopbackOriginsOf } from '../../server/machine.ts';

const key = (seed: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 7 + seed) % 256)).toString(
    'base64url',
  );
const marketplace = {
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
const sandbox = {
  ...marketplace,
  env: 'sandbox',
  issuer: 'http://127.0.0.1:4000',
  jwksUri: 'http://127.0.0.1:4000/jwks.json',
};
const good = {
  PUBLIC_URL: 'https://app.example.com',
  DATA_DIR: '/data',
  MARKETPLACES: JSON.stringify([marketplace]),
  MASTER_KEYS: `1:${key(1)},2:${key(2)}`,
  XERO_CLIENT_ID: 'id',
  XERO_CLIENT_SECRET: 'canary',
};
const faultsOf = (values: Record<string, string | undefined>): readonly string[] => {
  try {
    readEnvironment(values);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
};

test('a good environment is read', () => {
  expect(readEnvironment(good)).toMatchObject({
    publicUrl: 'https://app.example.com',
    port: 8080,
    logMonths: 36,
    masterKeys: [{ id: '2' }, { id: '1' }],
    systems: { xero: { client: { clientId: 'id' }, urls: {} } },
  });
});

test('V13.2.3: every fault is named at once, and no value is repeated', () => {
  const faults = faultsOf({
    PUBLIC_URL: 'canary',
    PORT: '99999999',
    LOG_LEVEL: 'canary',
    LOG_MONTHS: '0',
    MARKETPLACES: '[{"id":"canary"}]',
    MASTER_KEYS: 'canary',
    XERO_CLIENT_ID: 'canary',
  });
  const names = [
    'PUBLIC_URL',
    'PORT',
    'LOG_LEVEL',
    'LOG_MONTHS',
    'MARKETPLACES.0.issuer',
    'MASTER_KEYS',
    'DATA_DIR',
    'XERO_CLIENT_SECRET',
  ];
  for (const name of names) expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
  expect(faults.join('\n')).not.toContain('canary');
});

test('a system whose access is typed needs an identifier alone, and ignores a secret', () => {
  const { systems } = readEnvironment({
    ...good,
    AUTOTASK_CLIENT_ID: 'TRACKING',
    CONNECTWISE_CLIENT_ID: 'guid',
    CONNECTWISE_CLIENT_SECRET: 'canary',
  });
  expect(systems.autotask?.client).toEqual({ clientId: 'TRACKING', clientSecret: '' });
  expect(systems.connectwise?.client).toEqual({ clientId: 'guid', clientSecret: '' });
});

test.each([
  ['a sandbox beside an https address', { MARKETPLACES: JSON.stringify([sandbox]) }],
  ['a mail server without whom mails are from', { SMTP_URL: 'smtps://mail.example.com' }],
  [
    'a mail server of another kind',
    { SMTP_URL: 'https://mail.example.com', MAIL_FROM: 'post@example.com' },
  ],
  [
    'a sender with a second header in it',
    { SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: 'post@example.com\r\nBcc: x@example.com' },
  ],
  [
    'a page for screens on a foreign site',
    {
      MARKETPLACES: JSON.stringify([
        { ...marketplace, screenUrl: 'https://elsewhere.example.com/{module}?screen={screen}' },
      ]),
    },
  ],
  ['http outside a sandbox', { PUBLIC_URL: 'http://localhost:8080' }],
  [
    'http on a foreign host',
    { PUBLIC_URL: 'http://app.example.com', MARKETPLACES: JSON.stringify([sandbox]) },
  ],
  [
    'a production entry on http',
    { MARKETPLACES: JSON.stringify([{ ...marketplace, jwksUri: 'http://localhost/jwks' }]) },
  ],
  [
    'a sandbox entry on a foreign http host',
    {
      PUBLIC_URL: 'http://localhost:1',
      MARKETPLACES: JSON.stringify([{ ...sandbox, jwksUri: 'http://market.example.com/jwks' }]),
    },
  ],
  [
    'an issuer twice',
    { MARKETPLACES: JSON.stringify([marketplace, { ...marketplace, id: 'other' }]) },
  ],
  [
    'an origin with a path',
    { MARKETPLACES: JSON.stringify([{ ...marketplace, uiOrigins: ['https://ui.example.com/x'] }]) },
  ],
  ['a wildcard origin', { MARKETPLACES: JSON.stringify([{ ...marketplace, uiOrigins: ['*'] }]) }],
  [
    'a production entry on a private network',
    { MARKETPLACES: JSON.stringify([{ ...marketplace, apiOrigins: ['https://10.0.0.7'] }]) },
  ],
  [
    'a production entry on this machine',
    { MARKETPLACES: JSON.stringify([{ ...marketplace, apiOrigins: ['https://localhost:8443'] }]) },
  ],
  ['other vendor addresses in production', { XERO_TOKEN_URL: 'https://evil.example' }],
  ['a master key of zeros', { MASTER_KEYS: `1:${'A'.repeat(43)}` }],
  ['a master key version twice', { MASTER_KEYS: `1:${key(1)},1:${key(2)}` }],
])('T18, V12.2.1, V3.5.4: %s stops the start', (_what, over) => {
  expect(faultsOf({ ...good, ...over }).length).toBeGreaterThan(0);
});

test('a sandbox stands on loopback with addresses of its own', () => {
  const env = readEnvironment({
    ...good,
    PUBLIC_URL: 'http://localhost:4100',
    MARKETPLACES: JSON.stringify([sandbox]),
    XERO_TOKEN_URL: 'http://[::1]:4200/token',
  });
  expect(env.systems.xero?.urls).toEqual({ token: 'http://[::1]:4200/token' });
  expect(loopbackOriginsOf(env)).toContain('http://[::1]:4200');
  expect(loopbackOriginsOf(readEnvironment(good)).size).toBe(0);
});
