import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generated } from './generated.ts';
import { mutantFigures, simulationFigures } from './reliability-tables.ts';

test.for(generated())('the figures in $path are those of the records', ({ path, whole }) => {
  const document = readFileSync(path, 'utf8');
  expect(document, 'npm run reliability:tables writes them anew').toBe(whole(document));
});

test('what was not found is said', () => {
  const planted = ['a-bug', 'another'].map((name) => ({ name, hurts: 'money is lost' }));
  const hunted = { at: '2026-11-28T00:00:00Z', tree: 'abc', seedsMax: 2000, found: null };
  const text = mutantFigures(planted, [{ name: 'a-bug', hurts: 'money is lost', ...hunted }]);
  expect(text).toContain('0 of 2 planted bugs');
  expect(text).toContain('| a-bug | money is lost | none of 2,000 |  | 2026-11-28 |');
  expect(text).toContain('| another | money is lost |  |  | not yet |');
  expect(simulationFigures(null)).toContain('No simulation');
});
