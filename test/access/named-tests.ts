import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface NamedTest {
  /** A row that it proves: one of those before the first colon. */
  row: string;
  name: string;
  file: string;
}

/**
 * Every test whose name begins with rows such as `T7: ` or `T7, V9.2.1: `, once for each of them, read
 * from the sources: a call of `test`, `it` or `journey`, or the table form `test.each(…)(name)`. One
 * that is skipped is not found.
 */
export function namedTests(): NamedTest[] {
  return readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(call)].flatMap(([, , rows = '', name = '']) =>
        rows.split(', ').map((row) => ({
          row,
          name: name.replaceAll('\\', ''),
          file: relative(root, path),
        })),
      ),
    );
}
const call =
  /(?:\b(?:test|it|journey)|\))\(\s*(['"`])([TV]\d[\d.]*(?:, [TV]\d[\d.]*)*): ([^\n]+?)\1/g;

/** The document with what stands between its two marks replaced. Throws where a mark is missing. */
export function withTable(document: string, mark: string, table: string): string {
  const [begin, end] = [`<!-- ${mark}: generated -->`, `<!-- ${mark}: end -->`];
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no marks of ${mark}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
}

/** Tests by their file: `file`: name; name. */
export function proofsOf(tests: readonly NamedTest[]): string {
  const files = [...new Set(tests.map(({ file }) => file))];
  return files
    .map((file) => {
      const names = tests.filter((each) => each.file === file).map(({ name }) => cell(name));
      return `\`${file}\`: ${[...new Set(names)].join('; ')}`;
    })
    .join('<br>');
}

export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
