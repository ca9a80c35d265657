// `npm run access:tables`: writes the generated tables anew from the names of the tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { items } from './asvs.ts';
import { absentTable, asvsTable } from './asvs-table.ts';
import { namedTests, withTable } from './named-tests.ts';
import { threatTable } from './threat-table.ts';
import { threats } from './threats.ts';

const tests = namedTests();
write('README.md', { threats: threatTable(threats, tests) });
write('ASVS.md', { asvs: asvsTable(items, tests), 'asvs-absent': absentTable(items) });

function write(name: string, tables: Readonly<Record<string, string>>): void {
  const path = join(import.meta.dirname, '../../server/access', name);
  const document = Object.entries(tables).reduce(
    (text, [mark, table]) => withTable(text, mark, table),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, document);
}
