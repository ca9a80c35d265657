import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { place } from '../../router.ts';
import { changeProducts, products } from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { may } from '../../state/shell.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';
import { settleBulk } from './bulk.ts';
import { BulkActions } from './bulk-actions.tsx';
import { Csv } from './csv.tsx';
import { HistoryDialog } from './history.tsx';
import { PickItem } from './pick.tsx';
import { TargetCell } from './target-cell.tsx';
import { filterText, refilter, Tools } from './tools.tsx';

type Row = View.ProductMappingRow;
type Opened = { what: 'pick' | 'history'; row: Row } | null;

export function ProductsTab({ id }: { id: string }) {
  const from = useResource(products, id, filterText());
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const opened = useSignal<Opened>(null);
  const open = (next: Opened) => {
    opened.value = next;
  };
  const choose = (next: ReadonlySet<string>) => {
    chosen.value = next;
  };
  return (
    <>
      <Tools id={id} kind="products">
        <Button
          icon="spark"
          needs="operator"
          onClick={() => settleBulk(changeProducts(id, { do: 'suggest' }), texts.suggestDone)}
        >
          {texts.suggest}
        </Button>
        <Button
          needs="operator"
          onClick={() =>
            settleBulk(changeProducts(id, { do: 'confirm', ids: 'exact' }), texts.accepted)
          }
        >
          {texts.acceptExact}
        </Button>
        <Csv id={id} kind="products" />
      </Tools>
      {chosen.value.size > 0 && (
        <BulkActions
          ids={[...chosen.value]}
          change={(act) => changeProducts(id, act)}
          done={() => choose(new Set())}
        />
      )}
      <Await from={from} again={products.reload}>
        {({ rows, total, next }) =>
          rows.length === 0 ? (
            <Empty title={texts.none} help={texts.noneHelp} />
          ) : (
            <>
              <Table
                caption={texts.tabs.products}
                rows={rows}
                rowId={(row) => row.id}
                rowName={({ name }) => name}
                selection={may('operator') ? { chosen: chosen.value, onChange: choose } : undefined}
                sort={place.value.query.sort ?? 'name'}
                onSort={(sort) => refilter(id, 'products', { sort })}
                columns={columns(id, open)}
              />
              <Pager
                shown={rows.length}
                {...{ total, next }}
                page={place.value.query.page ?? ''}
                onPage={(page) => refilter(id, 'products', { page })}
              />
            </>
          )
        }
      </Await>
      {opened.value?.what === 'pick' && (
        <PickItem id={id} row={opened.value.row} onClose={() => open(null)} />
      )}
      {opened.value?.what === 'history' && (
        <HistoryDialog id={id} kind="products" row={opened.value.row} onClose={() => open(null)} />
      )}
    </>
  );
}

const columns = (id: string, open: (next: Opened) => void) =>
  [
    {
      id: 'name',
      head: texts.product,
      kind: 'main',
      sortable: true,
      cell: (row: Row) => (
        <>
          <strong class="block">{row.name}</strong>
          {row.fee && <Badge>{wizardTexts.product.fees[row.fee]}</Badge>}{' '}
          <span class="quiet small">
            {[row.vendor, row.partNumber].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
    },
    {
      id: 'state',
      head: sayWith(texts.mappedTo),
      sortable: true,
      cell: (row: Row) => (
        <>
          <TargetCell
            row={row}
            accept={() =>
              settleBulk(changeProducts(id, { do: 'confirm', ids: [row.id] }), texts.accepted)
            }
            dismiss={() => settleBulk(changeProducts(id, { do: 'dismiss', ids: [row.id] }))}
          />
          {row.accountCode && (
            <span class="quiet small">{say(texts.account, { code: row.accountCode })}</span>
          )}
        </>
      ),
    },
    {
      id: 'money',
      head: texts.monthly,
      kind: 'end',
      sortable: true,
      cell: ({ monthly }: Row) => <Moneys of={monthly} />,
    },
    {
      id: 'act',
      head: texts.choose,
      kind: 'act',
      cell: (row: Row) => (
        <span class="buttons">
          <Button small needs="operator" onClick={() => open({ what: 'pick', row })}>
            {row.target ? texts.change : texts.choose}
            <span class="hidden">: {row.name}</span>
          </Button>
          <Button
            small
            kind="quiet"
            icon="clock"
            label={say(texts.historyOf, { name: row.name })}
            onClick={() => open({ what: 'history', row })}
          >
            {texts.history}
          </Button>
        </span>
      ),
    },
  ] as const;
