import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { day, money, say } from '../../i18n.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href, place } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { setBillFrom } from '../../state/connection.ts';
import { changeCustomers, customers } from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { connection, may } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { sayWith } from '../../texts/words.ts';
import { switchAutomatic, TurnOnDialog } from './automatic.tsx';
import { settleBulk } from './bulk.ts';
import { Csv } from './csv.tsx';
import { CustomerBulk } from './customer-bulk.tsx';
import { HistoryDialog } from './history.tsx';
import { PickCompany } from './pick.tsx';
import { TargetCell } from './target-cell.tsx';
import { filterText, refilter, Tools } from './tools.tsx';
import { WhoBills } from './who-bills.tsx';

type Row = View.CustomerMappingRow;
type Opened = { what: 'pick' | 'history'; row: Row } | null;

export function CustomersTab({ id }: { id: string }) {
  const from = useResource(customers, id, filterText());
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const opened = useSignal<Opened>(null);
  const choose = (next: ReadonlySet<string>) => {
    chosen.value = next;
  };
  const open = (next: Opened) => {
    opened.value = next;
  };
  return (
    <>
      <Tools id={id} kind="customers">
        <Button
          icon="spark"
          needs="operator"
          onClick={() => settleBulk(changeCustomers(id, { do: 'suggest' }), texts.suggestDone)}
        >
          {texts.suggest}
        </Button>
        <Button
          needs="operator"
          onClick={() =>
            settleBulk(changeCustomers(id, { do: 'confirm', ids: 'exact' }), texts.accepted)
          }
        >
          {texts.acceptExact}
        </Button>
        <Csv id={id} kind="customers" />
      </Tools>
      {chosen.value.size > 0 && (
        <CustomerBulk id={id} ids={[...chosen.value]} done={() => choose(new Set())} />
      )}
      <Await from={from} again={customers.reload}>
        {({ rows, total, next }) =>
          rows.length === 0 ? (
            <Empty title={texts.none} help={texts.noneHelp} />
          ) : (
            <>
              <List id={id} rows={rows} chosen={chosen.value} choose={choose} open={open} />
              <Pager
                shown={rows.length}
                {...{ total, next }}
                page={place.value.query.page ?? ''}
                onPage={(page) => refilter(id, 'customers', { page })}
              />
            </>
          )
        }
      </Await>
      <TurnOnDialog id={id} />
      {opened.value?.what === 'pick' && (
        <PickCompany id={id} row={opened.value.row} onClose={() => open(null)} />
      )}
      {opened.value?.what === 'history' && (
        <HistoryDialog id={id} kind="customers" row={opened.value.row} onClose={() => open(null)} />
      )}
    </>
  );
}

function List({
  id,
  rows,
  chosen,
  choose,
  open,
}: {
  id: string;
  rows: readonly Row[];
  chosen: ReadonlySet<string>;
  choose: (next: ReadonlySet<string>) => void;
  open: (next: Opened) => void;
}) {
  return (
    <Table
      caption={texts.tabs.customers}
      rows={rows}
      rowId={(row) => row.id}
      rowName={({ name }) => name}
      selection={may('operator') ? { chosen, onChange: choose } : undefined}
      sort={place.value.query.sort ?? 'name'}
      onSort={(sort) => refilter(id, 'customers', { sort })}
      columns={[
        {
          id: 'name',
          head: texts.customer,
          kind: 'main',
          sortable: true,
          cell: (row) => <Name id={id} row={row} />,
        },
        {
          id: 'state',
          head: sayWith(texts.mappedTo),
          sortable: true,
          cell: (row) => (
            <TargetCell
              row={row}
              accept={() =>
                settleBulk(changeCustomers(id, { do: 'confirm', ids: [row.id] }), texts.accepted)
              }
              dismiss={() => settleBulk(changeCustomers(id, { do: 'dismiss', ids: [row.id] }))}
            />
          ),
        },
        { id: 'automatic', head: texts.automatic, cell: (row) => <Switches id={id} row={row} /> },
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
              {row.target && (
                <LinkButton
                  small
                  kind="quiet"
                  to={href(['c', id, 'invoices'], { customer: row.id })}
                >
                  {texts.invoices}
                  <span class="hidden">: {row.name}</span>
                </LinkButton>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}

const Name = ({ id, row }: { id: string; row: Row }) => (
  <>
    <strong class="block">{row.name}</strong>
    {row.waiting.length > 0 && (
      <span class="quiet block">
        {texts.waiting}: {row.waiting.map(money).join(' + ')}
      </span>
    )}
    {row.billFrom && (
      <span class="quiet block">
        {texts.billFrom} {day(row.billFrom)}
      </span>
    )}
    {may('operator') && (
      <button type="button" class="link" onClick={() => askBillFrom(id, row)}>
        {say(texts.billFromFor, { name: '' }).trim()}…<span class="hidden"> {row.name}</span>
      </button>
    )}
    {row.billedBySchedule && !row.billedBySchedule.answered && (
      <span class="block asks">
        {sayWith(texts.schedule, {
          amount: money(row.billedBySchedule.amount),
          every: row.billedBySchedule.every.replace(/^1 /, ''),
        })}{' '}
        <button
          type="button"
          class="link"
          disabled={!may('operator')}
          onClick={() =>
            settleBulk(changeCustomers(id, { do: 'schedule-answered', ids: [row.id] }))
          }
        >
          {texts.scheduleAnswered}
        </button>
      </span>
    )}
  </>
);

function Switches({ id, row }: { id: string; row: Row }) {
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          checked={row.automatic}
          disabled={
            !(row.automatic ? may('operator') : connection.value?.mayApprove) ||
            !row.target ||
            row.billedBy !== id
          }
          onChange={(event) => {
            event.currentTarget.checked = row.automatic;
            void switchAutomatic(id, [row], !row.automatic);
          }}
        />
        <span class="hidden">{say(texts.automaticFor, { name: row.name })}</span>
      </label>
      <WhoBills id={id} row={row} />
    </>
  );
}

async function askBillFrom(id: string, row: Row): Promise<void> {
  const yes = await ask({
    title: say(texts.billFromFor, { name: row.name }),
    body: en.billFrom.body.slice(0, 1),
    yes: en.common.save,
    date: { label: en.billFrom.label, value: row.billFrom ?? '' },
  });
  if (yes) await settle(setBillFrom(id, yes.date, row.id), en.billFrom.done, 'mappings', 'tasks');
}
