import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const rows = [...textOf('server/store/README.md').matchAll(/^\| (C\d+) \|.*\| (.+) \|$/gm)].map(
  ([, id = '', files = '']) => ({
    id,
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }),
);

test('the table of invariants is whole', () => {
  expect(rows.map(({ id }) => id)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17].map((number) => `C${number}`),
  );
});

test.each(rows)('$id has tests of its name where the table says', ({ id, files }) => {
  expect(files.length).toBeGreaterThan(0);
  const name = new RegExp(`(?:test|describe)\\('(?:C\\d+, )*${id}[,:]`);
  expect(files.filter((file) => !name.test(textOf(file)))).toEqual([]);
});
