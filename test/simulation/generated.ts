import { join } from 'node:path';
import { withTable } from '../access/named-tests.ts';
import { mutants } from './mutants/index.ts';
import { readMutantTable } from './mutants/table.ts';
import { readRecord } from './record.ts';
import { mutantFigures, simulationFigures } from './reliability-tables.ts';

/** The documents that hold figures of the records; `whole` puts them in. */
export const generated = (): { path: string; whole: (document: string) => string }[] => [
  {
    path: join(import.meta.dirname, '../../README.md'),
    whole: (document) => withTable(document, 'simulation', simulationFigures(readRecord())),
  },
  {
    path: join(import.meta.dirname, 'README.md'),
    whole: (document) => withTable(document, 'mutants', mutantFigures(mutants, readMutantTable())),
  },
];
