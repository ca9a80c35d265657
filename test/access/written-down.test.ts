import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import template from '../../manifest/app.json' with { type: 'json' };
import { rsaMinBits } from '../../server/access/key-strength.ts';
import { sessionLifeMs, sessionsMax } from '../../server/access/sessions.ts';
import { connectors } from '../../server/connectors/index.ts';
import { collections } from '../../server/domain/records.ts';
import { roles } from '../../server/domain/tenant.ts';
import { csvTextMax } from '../../server/http/bodies.ts';
import { stepUpMaxMs } from '../../server/http/guard.ts';
import { type Limit, limits } from '../../server/http/limits.ts';
import { mountTable } from '../kit/mount-table.ts';
import { routeTable } from '../kit/route-table.ts';
import { textOf } from './repository.ts';

const document = textOf('server/access/ASVS.md');
const readme = textOf('server/access/README.md');

/** One section of ASVS.md, by its heading. */
function section(heading: string): string {
  const text = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0];
  if (text === undefined) throw new Error(`no section ${heading}`);
  return text;
}
const codes = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const sources = readdirSync('server', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => `${entry.parentPath}/${entry.name}`);

test('V6.1.3, V6.3.4, V13.4.5: the ways in are exactly those that are written down', () => {
  const told = codes(section('Ways in')).filter((code) => /^(GET|POST) /.test(code));
  expect(told.sort()).toEqual(
    mountTable()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
  for (const { path } of routeTable()) expect(path).toMatch(/^\/v1\//);
});

test('V7.1.1, V7.1.2, V7.1.3: how long a session lives, and how many there may be, is as written down', () => {
  const text = section('Sessions');
  expect(text).toContain(`A bearer lives ${sessionLifeMs / 60_000} minutes`);
  expect(text).toContain(`a process holds ${sessionsMax}`);
  expect(text).toContain(`${limits.sessionsPerUser.count} new ones a minute`);
  expect(text).toContain(`a host token at most ${stepUpMaxMs / 1000} seconds old`);
});

test('V2.1.1, V5.1.1: every body and query has a schema, and the one upload its size', () => {
  expect(section('Input')).toContain(`at most ${csvTextMax} characters`);
  // What changes something without a body changes exactly what its address names.
  const without = routeTable().filter(
    ({ method, rule }) => ['POST', 'PUT'].includes(method) && rule.body === undefined,
  );
  expect(without.map(({ key }) => key)).toEqual([
    'POST /v1/marketplace/test',
    'POST /v1/flows/:flowId/complete',
    'POST /v1/connections/:connectionId/test',
    'POST /v1/connections/:connectionId/check',
    'POST /v1/connections/:connectionId/invoices/read',
    'POST /v1/connections/:connectionId/look',
    'POST /v1/connections/:connectionId/mail/test',
  ]);
});

test('V2.1.3, V15.1.3: each limit stands in the table of limits with its figure', () => {
  const sentences: Readonly<Record<keyof typeof limits, string>> = {
    unauthenticatedPerAddress: '60 calls a minute',
    refusedPerAddress: '10 refused tokens a minute, then 15 minutes none',
    lifecyclePerMarketplace: '120 events a minute',
    hintsPerSystem: '600 hints a minute',
    apiPerTenant: '600 calls a minute',
    apiPerSession: '480 calls a minute',
    sessionsPerUser: '20 session exchanges',
    callingOutPerRoute: '30 a minute of each route that calls out',
    filePerRoute: '12 of each file',
  };
  for (const [name, limit] of Object.entries<Limit>(limits)) {
    const sentence = Reflect.get(sentences, name);
    expect([name, readme.includes(String(sentence))]).toEqual([name, true]);
    expect([name, String(sentence).startsWith(String(limit.count))]).toEqual([name, true]);
    expect([name, limit.windowMs]).toEqual([name, 60_000]);
  }
});

test('V8.1.1, V8.1.2: the roles that are written down are the roles', () => {
  const told = codes(section('Who may do what'));
  for (const role of roles) expect(told).toContain(role);
});

test('V14.1.1, V14.1.2: every kind of record has one class, and every class its protection', () => {
  const told = section('Data')
    .split('\n')
    .filter((line) => /^\| [a-z]+ \| `/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(told.flatMap(([, , kinds = '']) => codes(kinds)).sort()).toEqual(
    Object.keys(collections).sort(),
  );
  for (const [, , , protection = ''] of told) expect(protection.length).toBeGreaterThan(20);
});

test('V11.1.1, V11.1.2: every file that uses cryptography is in the inventory, and no other', () => {
  const uses = /from '(node:crypto|jose)'|crypto\.subtle/;
  const told = codes(section('Cryptography')).filter((code) => code.startsWith('server/'));
  expect([...new Set(told)].sort()).toEqual(
    sources.filter((file) => uses.test(textOf(file))).sort(),
  );
  expect(section('Cryptography')).toContain(`RS256 (${rsaMinBits} bits or more)`);
});

test('V16.1.1, V16.2.3: every event of the log is written down, and nothing else is logged', () => {
  const written = sources.flatMap((file) =>
    [
      ...textOf(file).matchAll(
        /(?:logger|log)\.(?:info|warn|error)\((?:\{[^}]*\}, )?\s*'([^']+)'/g,
      ),
    ].map(([, name = '']) => name),
  );
  const told = codes(section('Logs').split('| --- |').slice(1).join());
  expect([...new Set(written)].sort()).toEqual(told.sort());
  const elsewhere = sources.filter((file) =>
    /console\.(log|error)|process\.std(out|err)/.test(textOf(file)),
  );
  // Commands of an operator, and the first and last words of the process, speak to them directly.
  expect(elsewhere.sort()).toEqual(
    ['audit-verify', 'backup', 'machine', 'main', 'restore'].map((name) => `server/${name}.ts`),
  );
});

test('V13.1.1: every host that a connector calls stands in the manifest', () => {
  const hosts = Object.values(connectors)
    .flatMap((make) => make({}).origins)
    .map((origin) => origin.replace('https://', ''));
  expect(hosts.length).toBeGreaterThan(1);
  expect(hosts.filter((host) => !template.egress.includes(host))).toEqual([]);
});

test('V15.1.1: how fast a weak package is replaced is written down', () => {
  const text = textOf('SECURITY.md').split('## Packages with a weakness')[1] ?? '';
  for (const time of ['within 3 days', '7 days', '30 days', 'every 90 days', 'npm audit'])
    expect(text).toContain(time);
});
