import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Result, View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { place } from '../../router.ts';
import type { Kind } from '../../state/mappings.ts';
import type { Loaded } from '../../state/resource.ts';
import { may } from '../../state/shell.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { sayWith } from '../../texts/words.ts';
import { settleBulk } from './bulk.ts';
import { Csv } from './csv.tsx';
import { HistoryDialog } from './history.tsx';
import { TargetCell, type TargetRow } from './target-cell.tsx';
import { refilter, Tools } from './tools.tsx';

interface MatchedRow extends TargetRow {
  id: string;
  monthly: View.MoneyView[];
}
interface Page<Row> {
  rows: Row[];
  total: number;
  next: string | null;
}
type Change =
  | { do: 'suggest' }
  | { do: 'confirm'; ids: string[] | 'exact' }
  | { do: 'dismiss'; ids: string[] };

interface MatchedListOptions<Row extends MatchedRow> {
  id: string;
  kind: Kind;
  from: Loaded<Page<Row>>;
  again: () => unknown;
  change: (change: Change) => Promise<Result<{ changed: number; failed: View.ErrorView[] }>>;
  head: string;
  name: (row: Row) => ComponentChildren;
  /** Below what the row is mapped to. */
  more?: (row: Row) => ComponentChildren;
  columns?: readonly Column<Row>[];
  /** Buttons behind those that every row has. */
  actions?: (row: Row) => ComponentChildren;
  /** What can be done with the ticked rows. */
  bulk: (ids: string[], done: () => void) => ComponentChildren;
  /** The dialog in which a person chooses what the row is mapped to. */
  pick: (row: Row, close: () => void) => ComponentChildren;
}

/** Rows of the marketplace beside what each of them is in the system: matched, accepted, chosen by hand. */
export function MatchedList<Row extends MatchedRow>(options: MatchedListOptions<Row>) {
  const { id, kind, from, again, change, bulk, pick } = options;
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const opened = useSignal<{ what: 'pick' | 'history'; row: Row } | null>(null);
  const choose = (next: ReadonlySet<string>) => {
    chosen.value = next;
  };
  const open = (what: 'pick' | 'history', row: Row) => {
    opened.value = { what, row };
  };
  const close = () => {
    opened.value = null;
  };
  return (
    <>
      <Tools id={id} kind={kind}>
        <Button
          icon="spark"
          needs="operator"
          onClick={() => settleBulk(change({ do: 'suggest' }), texts.suggestDone)}
        >
          {texts.suggest}
        </Button>
        <Button
          needs="operator"
          onClick={() => settleBulk(change({ do: 'confirm', ids: 'exact' }), texts.accepted[kind])}
        >
          {texts.acceptExact}
        </Button>
        <Csv id={id} kind={kind} />
      </Tools>
      {chosen.value.size > 0 && bulk([...chosen.value], () => choose(new Set()))}
      <Await from={from} again={again}>
        {({ rows, total, next }) =>
          rows.length === 0 ? (
            <Empty title={texts.none} help={texts.noneHelp} />
          ) : (
            <>
              <Table
                caption={texts.tabs[kind]}
                rows={rows}
                rowId={(row) => row.id}
                rowName={({ name }) => name}
                selection={may('operator') ? { chosen: chosen.value, onChange: choose } : undefined}
                sort={place.value.query.sort ?? 'name'}
                onSort={(sort) => refilter(id, kind, { sort })}
                columns={columnsOf(options, open)}
              />
              <Pager
                shown={rows.length}
                {...{ total, next }}
                page={place.value.query.page ?? ''}
                onPage={(page) => refilter(id, kind, { page })}
              />
            </>
          )
        }
      </Await>
      {opened.value?.what === 'pick' && pick(opened.value.row, close)}
      {opened.value?.what === 'history' && (
        <HistoryDialog id={id} kind={kind} row={opened.value.row} onClose={close} />
      )}
    </>
  );
}

const columnsOf = <Row extends MatchedRow>(
  { kind, change, head, name, more, columns = [], actions }: MatchedListOptions<Row>,
  open: (what: 'pick' | 'history', row: Row) => void,
): Column<Row>[] => [
  { id: 'name', head, kind: 'main', sortable: true, cell: name },
  {
    id: 'state',
    head: sayWith(texts.mappedTo),
    sortable: true,
    cell: (row) => (
      <>
        <TargetCell
          row={row}
          accept={() => settleBulk(change({ do: 'confirm', ids: [row.id] }), texts.accepted[kind])}
          dismiss={() => settleBulk(change({ do: 'dismiss', ids: [row.id] }))}
        />
        {more?.(row)}
      </>
    ),
  },
  ...columns,
  {
    id: 'money',
    head: texts.monthly,
    kind: 'end',
    sortable: true,
    cell: ({ monthly }) => <Moneys of={monthly} />,
  },
  {
    id: 'act',
    head: texts.choose,
    kind: 'act',
    cell: (row) => (
      <span class="buttons together">
        <Button small needs="operator" onClick={() => open('pick', row)}>
          {row.target ? texts.change : texts.choose}
          <span class="hidden">: {row.name}</span>
        </Button>
        <Button
          small
          kind="quiet"
          icon="clock"
          label={say(texts.historyOf, { name: row.name })}
          onClick={() => open('history', row)}
        >
          {texts.history}
        </Button>
        {actions?.(row)}
      </span>
    ),
  },
];
