import { expect, test } from 'vitest';
import { lockedAt, packageAt, repositoryFiles, textOf } from './repository.ts';
import { secretsIn } from './secrets.ts';

/** Licences under which a product may be passed on as this one is, with their notices alone. */
const licences = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
]);
/** What runs when the packages are installed, and why. */
const installScripts = {
  'node_modules/node':
    'puts the Node of this project in place, for machines that have an older one',
};
const projects = ['', 'test/bench/rival/'];

test('every package that the app ships with has a licence of the list', () => {
  const shipped = lockedAt('package-lock.json').filter(([, { dev }]) => !dev);
  expect(shipped.length).toBeGreaterThan(
    Object.keys(packageAt('package.json').dependencies).length,
  );
  const others = shipped.filter(([, { license = '' }]) => !licences.has(license));
  expect(others.map(([folder, { license }]) => [folder, license])).toEqual([]);
});

test('no package runs anything when it is installed, but for those that are named', () => {
  const running = lockedAt('package-lock.json').filter(([, found]) => found.hasInstallScript);
  expect(running.map(([folder]) => folder)).toEqual(Object.keys(installScripts));
});

test.each(projects)(
  'V15.1.2: every version of “%s” is exact, and every package is known by its hash',
  (at) => {
    const { dependencies, devDependencies } = packageAt(`${at}package.json`);
    const inexact = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(inexact).toEqual([]);
    const unknown = lockedAt(`${at}package-lock.json`).filter(
      ([, { version, resolved, integrity }]) =>
        version === undefined ||
        !/^sha512-/.test(integrity ?? '') ||
        // Only what came from a registry: no git, no archive at an address of somebody's own.
        (resolved !== undefined && !/^https:\/\/[^/]+\/.*\.tgz$/.test(resolved)),
    );
    expect(unknown.map(([folder]) => folder)).toEqual([]);
    expect(textOf('.npmrc')).toContain('save-exact=true');
  },
);

test('V13.3.1: no secret stands in the repository’s files', () => {
  const files = repositoryFiles();
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((path) => !/\.(png|ico|woff2|jpg)$/.test(path))
    .flatMap((path) => secretsIn(textOf(path)).map((what) => `${path}: ${what}`));
  expect(found).toEqual([]);
});

test.each([
  ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----`],
  [
    'a private key as JSON',
    '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"' +
      'qUh3kPo9zWxYvB1tRmL7cJ2fDgN5sAe8iKuHy4OpQ0w"}',
  ],
  ['a key of a cloud', `AKIA${'IOSFODNN7QWERTYU'}`],
  ['a token of a code host', `ghp_${'x7Kd93LmPq0RtVwYz2Bc4Fg6Hj8Ns1Ua5Ei'}`],
  ['a token of a chat', `xoxb-${'2401928374650-ABCdefGHIjkl'}`],
  ['a live key of a payment service', `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`],
  ['a password in an address', `postgres://app:${'hunter2hunter2'}@db.internal.example/app`],
  [
    'a value of many letters behind a telling name',
    `clientSecret: '${'f3Kq9ZxL2vB7nM4tR8wY1cD6hJ5gS0pA'}'`,
  ],
  ['the same in an environment file', `XERO_CLIENT_SECRET=${'f3Kq9ZxL2vB7nM4tR8wY1cD6hJ5gS0pA'}`],
])('the scan finds %s', (_what, text) => {
  expect(secretsIn(text)).toHaveLength(1);
});

test('the scan leaves words, placeholders and hashes alone', () => {
  for (const text of [
    "clientSecret: 'very-secret-secret'",
    "const secret = 'a-secret-of-the-bench-that-is-long-enough-0123456789'",
    'MASTER_KEYS=1:<base64url of 32 random bytes>',
    '"integrity": "sha512-GquwdXTr1CyRzrHsP+GVYnKj/yxIX7kUpyGMKu30fKJa9Hqtp9GP/Zu4BXY3gLIQVc"',
    "password: 'correct horse battery'",
    'token: A'.padEnd(50, 'A'),
  ])
    expect([text, secretsIn(text)]).toEqual([text, []]);
});
