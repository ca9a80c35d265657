import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedTests, withTable } from './named-tests.ts';
import { threatTable } from './threat-table.ts';
import { threats } from './threats.ts';

const root = join(import.meta.dirname, '../..');
const tests = namedTests();

test('the threats are T1 to T41, each with a test of its number and a place where it is stopped', () => {
  expect(threats.map(({ id }) => id)).toEqual(Array.from({ length: 41 }, (_, at) => `T${at + 1}`));
  const proven = new Set(tests.map(({ row }) => row));
  expect(threats.filter(({ id }) => !proven.has(id)).map(({ id }) => id)).toEqual([]);
  const rows = new Set<string>(threats.map(({ id }) => id));
  const strays = tests.filter(({ row }) => row.startsWith('T') && !rows.has(row));
  expect(strays).toEqual([]);
  expect(
    threats.flatMap(({ where }) => where).filter((file) => !existsSync(join(root, file))),
  ).toEqual([]);
});

test('the README’s threat table is as the tests are; `npm run access:tables` writes it', () => {
  const readme = readFileSync(join(root, 'server/access/README.md'), 'utf8');
  expect(readme).toBe(withTable(readme, 'threats', threatTable(threats, tests)));
});
