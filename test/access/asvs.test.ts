import { expect, test } from 'vitest';
import { absent, applies, items } from './asvs.ts';
import { absentTable, asvsTable } from './asvs-table.ts';
import { namedTests, withTable } from './named-tests.ts';
import { textOf } from './repository.ts';

const tests = namedTests().filter(({ row }) => row.startsWith('V'));

test('every item of levels 1 and 2 either applies and has a test of its number, or has a reason', () => {
  expect(items).toHaveLength(253);
  const undecided = items.filter(({ what, reason }) => (what === null) === (reason === null));
  expect(undecided.map(({ id }) => id)).toEqual([]);
  const proven = new Set(tests.map(({ row }) => row));
  const unproven = items.filter(({ id, what }) => what !== null && !proven.has(id));
  expect(unproven.map(({ id }) => id)).toEqual([]);
});

test('no number is made up, in the list or in a test’s name', () => {
  const known = new Set(items.map(({ id }) => id));
  const sections = new Set(items.map(({ id }) => id.replace(/\.\d+$/, '')));
  expect(Object.keys(applies).filter((id) => !known.has(id))).toEqual([]);
  expect(Object.keys(absent).filter((id) => !known.has(id) && !sections.has(id))).toEqual([]);
  const stray = tests.filter(({ row }) => applies[row] === undefined);
  expect(stray.map(({ row, name }) => `${row}: ${name}`)).toEqual([]);
});

test('the tables of ASVS.md are as the tests are; `npm run access:tables` writes them', () => {
  const document = textOf('server/access/ASVS.md');
  const written = withTable(document, 'asvs', asvsTable(items, tests));
  expect(document).toBe(withTable(written, 'asvs-absent', absentTable(items)));
});
