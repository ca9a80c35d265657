import type { View } from '../../api.ts';
import { day, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import {
  changeCustomers,
  changeProducts,
  customers,
  decisions,
  products,
} from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { settleBulk } from './bulk.ts';
import { DecisionTable } from './prices.tsx';

/** Everything a person keeps out of billing, with its value, its reason and its end. */
export function ExcludedTab({ id }: { id: string }) {
  const theCustomers = useResource(customers, id, '');
  const theProducts = useResource(products, id, '');
  const made = useResource(decisions, id);
  return (
    <>
      <h2>{texts.tabs.customers}</h2>
      <Await from={theCustomers} again={customers.reload}>
        {({ rows }) => (
          <List
            caption={texts.tabs.customers}
            rows={rows.filter(({ excluded }) => excluded)}
            include={(row) => changeCustomers(id, { do: 'include', ids: [row.id] })}
          />
        )}
      </Await>
      <h2>{texts.tabs.products}</h2>
      <Await from={theProducts} again={products.reload}>
        {({ rows }) => (
          <List
            caption={texts.tabs.products}
            rows={rows.filter(({ excluded }) => excluded)}
            include={(row) => changeProducts(id, { do: 'include', ids: [row.id] })}
          />
        )}
      </Await>
      <h2>{texts.subscriptions}</h2>
      <Await from={made} again={decisions.reload}>
        {(all) => (
          <DecisionTable id={id} rows={all.filter(({ value }) => value.kind === 'exclude')} />
        )}
      </Await>
    </>
  );
}

type Row = Pick<View.CustomerMappingRow, 'id' | 'name' | 'monthly' | 'excluded'>;

const List = ({
  caption,
  rows,
  include,
}: {
  caption: string;
  rows: readonly Row[];
  include: (row: Row) => Parameters<typeof settleBulk>[0];
}) =>
  rows.length === 0 ? (
    <Empty title={texts.none} />
  ) : (
    <Table
      caption={`${texts.tabs.excluded}: ${caption}`}
      rows={rows}
      rowId={(row) => row.id}
      rowName={({ name }) => name}
      columns={[
        {
          id: 'name',
          head: caption,
          kind: 'main',
          cell: ({ name, excluded }) => (
            <>
              <strong class="block">{name}</strong>
              <span class="quiet">
                {excluded?.reason}{' '}
                {excluded?.until && say(texts.excludedUntil, { date: day(excluded.until) })}
              </span>
            </>
          ),
        },
        {
          id: 'money',
          head: texts.monthly,
          kind: 'end',
          cell: ({ monthly }) => <Moneys of={monthly} />,
        },
        {
          id: 'act',
          head: texts.include,
          kind: 'act',
          cell: (row) => (
            <Button small needs="operator" onClick={() => settleBulk(include(row))}>
              {texts.include}
              <span class="hidden">: {row.name}</span>
            </Button>
          ),
        },
      ]}
    />
  );
