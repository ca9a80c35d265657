import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { mutantTablePath } from './mutants/table.ts';

/** So many seeds are simulated twice by the test and compared with the record. */
export const comparedSeeds = 20;

const recordSchema = v.object({
  /** When it was made; people read it. */
  at: v.string(),
  /** Of everything in `server/` and `test/`, the records apart: on another tree it says nothing. */
  tree: v.string(),
  seeds: v.number(),
  moves: v.number(),
  steps: v.number(),
  crashes: v.number(),
  /** Edits by people inside the window that every write has; found at the next read and shown. */
  overtaken: v.number(),
  wallSeconds: v.number(),
  failed: v.number(),
  /** Of the traces of all seeds, and of the first `comparedSeeds` of them. */
  traces: v.string(),
  comparedTraces: v.string(),
});
export type SimulationRecord = v.InferOutput<typeof recordSchema>;

const root = join(import.meta.dirname, '../..');
const recordPath = join(import.meta.dirname, 'record.json');

/** The records themselves, and the document that shows one of them. */
const apart = [recordPath, mutantTablePath, join(import.meta.dirname, 'README.md')];

/** Null where none was made yet. */
export const readRecord = (): SimulationRecord | null =>
  existsSync(recordPath)
    ? v.parse(recordSchema, JSON.parse(readFileSync(recordPath, 'utf8')))
    : null;

export const writeRecord = (record: SimulationRecord): void =>
  writeFileSync(recordPath, `${JSON.stringify(record, null, 2)}\n`);

/** Of the names and contents of all files that a simulation may depend on. */
export function treeHash(): string {
  const hash = createHash('sha256');
  for (const path of ['server', 'test'].flatMap(filesIn).sort()) {
    if (apart.includes(path)) continue;
    hash
      .update(`${relative(root, path)}\n`)
      .update(readFileSync(path))
      .update('\n');
  }
  return hash.digest('hex').slice(0, 16);
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** One hash of many traces, in the order of their seeds. */
export const hashOf = (traces: readonly string[]): string =>
  createHash('sha256').update(traces.join('\n')).digest('hex').slice(0, 16);
