import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';

export const root = join(import.meta.dirname, '../..');
/** What is made here and not kept: `.gitignore`. */
const made = new Set([
  'node_modules',
  'dist',
  'data',
  '.cache',
  '.git',
  '.vite',
  'coverage',
  'run',
]);

/** Every file of the repository, by its path in it. */
export function repositoryFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !made.has(name) && !name.endsWith('.log'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return repositoryFiles(path);
      return entry.isFile() && entry.name !== '.git' ? [relative(root, path)] : [];
    });
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

const versions = v.record(v.string(), v.string());
const packageSchema = v.object({
  name: v.string(),
  dependencies: v.optional(versions, {}),
  devDependencies: v.optional(versions, {}),
});
const lockSchema = v.object({
  lockfileVersion: v.literal(3),
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      resolved: v.optional(v.string()),
      integrity: v.optional(v.string()),
      license: v.optional(v.string()),
      dev: v.optional(v.boolean(), false),
      hasInstallScript: v.optional(v.boolean(), false),
    }),
  ),
});
export const packageAt = (path: string) => v.parse(packageSchema, JSON.parse(textOf(path)));
/** The packages of a lock file by their folder, the project itself left out. */
export const lockedAt = (path: string) =>
  Object.entries(v.parse(lockSchema, JSON.parse(textOf(path))).packages).filter(
    ([folder]) => folder !== '',
  );
