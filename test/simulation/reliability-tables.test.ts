import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generated } from './generated.ts';
import { mutantFigures, simulationFigures } from './reliability-tables.ts';

test.for(generated())('the figures in $path are those of the records', ({ path, whole }) => {
  const document = readFileSync(path, 'utf8');
  expect(document, 'npm run reliability:tables writes them anew').toBe(whole(document));
});

test('what was not found is said', () => {
  const row = { name: 'a-bug', hurts: 'money is lost', found: null };
  const text = mutantFigures({
    at: '2026-11-28T00:00:00Z',
    tree: 'abc',
    seedsMax: 2000,
    rows: [row],
  });
  expect(text).toContain('0 of 1 planted bugs');
  expect(text).toContain('| a-bug | money is lost | not found |');
  expect(mutantFigures(null)).toContain('No planted bug');
  expect(simulationFigures(null)).toContain('No simulation');
});
