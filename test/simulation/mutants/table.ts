import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const rowSchema = v.object({
  name: v.string(),
  hurts: v.string(),
  /** The first seed that shows it and the law it breaks; null where none did. */
  found: v.nullable(v.object({ seed: v.number(), law: v.string() })),
});
export type MutantRow = v.InferOutput<typeof rowSchema>;

const tableSchema = v.object({
  at: v.string(),
  /** Of `server/` and `test/`, the records apart. */
  tree: v.string(),
  seedsMax: v.number(),
  rows: v.array(rowSchema),
});
export type MutantTable = v.InferOutput<typeof tableSchema>;

export const mutantTablePath = join(import.meta.dirname, 'table.json');

/** Null where none was made yet. */
export const readMutantTable = (): MutantTable | null =>
  existsSync(mutantTablePath)
    ? v.parse(tableSchema, JSON.parse(readFileSync(mutantTablePath, 'utf8')))
    : null;

export const writeMutantTable = (table: MutantTable): void =>
  writeFileSync(mutantTablePath, `${JSON.stringify(table, null, 2)}\n`);
