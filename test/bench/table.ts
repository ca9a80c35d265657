import type { Row } from './row.ts';

export const verdict = ({ value, budgetMax }: Row): 'met' | 'missed' | '' =>
  budgetMax === null ? '' : value <= budgetMax ? 'met' : 'missed';

/** Name, figure, unit, budget and whether it was met, in columns. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['name', 'figure', 'unit', 'budget', ''],
    ...rows.map((row) => [
      row.name,
      row.value.toLocaleString('en'),
      row.unit,
      row.budgetMax?.toLocaleString('en') ?? '',
      verdict(row),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0)),
  );
  const isNumber = (column: number): boolean => column === 1 || column === 3;
  return cells
    .map((line) =>
      line
        .map((text, column) =>
          isNumber(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
