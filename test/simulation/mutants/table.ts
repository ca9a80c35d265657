import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { mutants } from './index.ts';

const rowSchema = v.object({
  name: v.string(),
  hurts: v.string(),
  /** The first seed that shows it and the law it breaks; null where none of the hunted did. */
  found: v.nullable(v.object({ seed: v.number(), law: v.string() })),
  /** So many seeds were hunted at most. */
  seedsMax: v.number(),
  at: v.string(),
  /** Of `server/` and `test/` when it was hunted, the records apart. */
  tree: v.string(),
});
export type MutantRow = v.InferOutput<typeof rowSchema>;

export const mutantTablePath = join(import.meta.dirname, 'table.json');

/** A row for each that was hunted so far, in the order of the list. */
export function readMutantTable(): MutantRow[] {
  const stored = existsSync(mutantTablePath)
    ? v.parse(v.array(rowSchema), JSON.parse(readFileSync(mutantTablePath, 'utf8')))
    : [];
  return mutants.flatMap(({ name }) => stored.find((row) => row.name === name) ?? []);
}

/** In place of the row of the same name. */
export function putMutantRow(row: MutantRow): void {
  const others = readMutantTable().filter(({ name }) => name !== row.name);
  writeFileSync(mutantTablePath, `${JSON.stringify([...others, row], null, 2)}\n`);
}
