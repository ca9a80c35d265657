import { readFileSync } from 'node:fs';

export type Row = Readonly<Record<string, string>>;

/** The rows of the one table of a Markdown file, by the names in its head. A malformed row is an error. */
export function readTable(path: string | URL, columns: readonly string[]): Row[] {
  const [head, rule, ...rows] = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  if (head?.join('|') !== columns.join('|'))
    throw new Error(`the table must have the columns ${columns.join(', ')}`);
  if (rule?.every((cell) => /^-+$/.test(cell)) !== true) throw new Error('the table has no rule');
  return rows.map((cells, index) => {
    if (cells.length !== columns.length || cells.includes(''))
      throw new Error(`row ${index + 1} is malformed: ${cells.join(' | ')}`);
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

/** `name=value, name=value`, or `-` for none. */
export function readPairs(cell: string): Record<string, string> {
  if (cell === '-') return {};
  return Object.fromEntries(
    cell.split(', ').map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new Error(`not name=value: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));
