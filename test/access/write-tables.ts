// `npm run access:tables`: writes the generated tables anew from the names of the tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namedTests, withTable } from './named-tests.ts';
import { threatTable } from './threat-table.ts';
import { threats } from './threats.ts';

const path = join(import.meta.dirname, '../../server/access/README.md');
const table = threatTable(threats, namedTests());
writeFileSync(path, withTable(readFileSync(path, 'utf8'), 'threats', table));
