import type { ComponentChildren } from 'preact';
import { say } from '../i18n.ts';
import { en } from '../texts/en.ts';

export interface Column<Row> {
  id: string;
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** `main` heads the card on a narrow frame; `end` is for amounts; `act` holds buttons; `bare` needs no name there. */
  kind?: 'main' | 'end' | 'act' | 'bare';
  sortable?: boolean;
}
export interface Selection {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}
interface TableOptions<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowName: (row: Row) => string;
  selection?: Selection | undefined;
  sort?: string | undefined;
  onSort?: (column: string) => void;
  /** What is opened below a row, over its whole width. */
  below?: (row: Row) => ComponentChildren;
}

/** A real table at every width; on a narrow frame each row is laid out as a card. */
export function Table<Row>(options: TableOptions<Row>) {
  const { caption, columns, rows, rowId, selection, sort, onSort } = options;
  return (
    <table>
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          {selection && (
            <th scope="col" class="pick">
              <PickAll ids={rows.map(rowId)} selection={selection} />
            </th>
          )}
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              class={column.kind ?? ''}
              aria-sort={
                column.sortable ? (sort === column.id ? order(column) : 'none') : undefined
              }
            >
              {column.sortable ? (
                <button type="button" class="sort" onClick={() => onSort?.(column.id)}>
                  {column.head}
                </button>
              ) : (
                <span class={column.kind === 'act' ? 'hidden' : ''}>{column.head}</span>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={rowId(row)} row={row} of={options} />
        ))}
      </tbody>
    </table>
  );
}

function TableRow<Row>({ row, of }: { row: Row; of: TableOptions<Row> }) {
  const { columns, rowId, rowName, selection, below } = of;
  const opened = below?.(row);
  return (
    <>
      <tr class={opened ? 'opened' : ''}>
        {selection && (
          <td class="pick">
            <Pick id={rowId(row)} name={rowName(row)} selection={selection} />
          </td>
        )}
        {columns.map((column) => (
          <td key={column.id} class={column.kind ?? ''} data-head={column.head}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {opened && (
        <tr>
          <td class="below" colSpan={columns.length + (selection ? 1 : 0)}>
            {opened}
          </td>
        </tr>
      )}
    </>
  );
}

const order = <Row,>(column: Column<Row>) => (column.kind === 'end' ? 'descending' : 'ascending');

const Pick = ({ id, name, selection }: { id: string; name: string; selection: Selection }) => (
  <label class="tick">
    <input
      type="checkbox"
      checked={selection.chosen.has(id)}
      onChange={() => {
        const next = new Set(selection.chosen);
        if (!next.delete(id)) next.add(id);
        selection.onChange(next);
      }}
    />
    <span class="hidden">{say(en.common.select, { name })}</span>
  </label>
);

const PickAll = ({ ids, selection }: { ids: readonly string[]; selection: Selection }) => {
  const all = ids.length > 0 && ids.every((id) => selection.chosen.has(id));
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={all}
        onChange={() => selection.onChange(new Set(all ? [] : ids))}
      />
      <span class="hidden">{en.common.selectAll}</span>
    </label>
  );
};
