import type { View } from '../api.ts';
import { day, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Money, Moneys } from '../parts/money.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { ahead } from '../state/ahead.ts';
import { useResource } from '../state/resource.ts';
import { connection } from '../state/shell.ts';
import { aheadTexts as texts } from '../texts/en-ahead.ts';

/** What comes: terms that end soon, and what is open of years that are paid in parts. */
export function AheadPage() {
  const id = connection.value?.id ?? '';
  const from = useResource(ahead, id);
  return (
    <>
      <h1>{texts.title}</h1>
      <Await from={from} again={ahead.reload}>
        {(view) => (
          <>
            <section class="card">
              <h2>{say(texts.renewals.title, { days: String(view.days) })}</h2>
              <p class="quiet">{texts.renewals.lead}</p>
              {view.renewals.length === 0 ? (
                <Empty title={texts.renewals.none} help={texts.renewals.noneHelp} />
              ) : (
                <Renewals rows={view.renewals} />
              )}
            </section>
            <section class="card">
              <h2>{texts.parts.title}</h2>
              <p class="quiet">{texts.parts.lead}</p>
              {view.parts.length === 0 ? (
                <Empty title={texts.parts.none} help={texts.parts.noneHelp} />
              ) : (
                <Parts rows={view.parts} />
              )}
            </section>
          </>
        )}
      </Await>
    </>
  );
}

const Renewals = ({ rows }: { rows: View.AheadView['renewals'] }) => (
  <Table
    caption={texts.renewals.caption}
    rows={rows}
    rowId={(row) => row.subscriptionId}
    rowName={(row) => row.name}
    columns={[
      {
        id: 'name',
        head: texts.subscription,
        kind: 'main',
        cell: (row) => (
          <>
            <strong class="block">{row.name}</strong>
            <span class="quiet">{row.customerName}</span>
          </>
        ),
      },
      { id: 'on', head: texts.renewals.on, cell: (row) => day(row.on) },
      {
        id: 'renews',
        head: texts.renewals.after,
        cell: (row) => (
          <Badge tone={row.renews ? 'good' : 'asks'}>
            {row.renews ? texts.renewals.renews : texts.renewals.ends}
          </Badge>
        ),
      },
      {
        id: 'amount',
        head: texts.renewals.amount,
        kind: 'end',
        cell: (row) =>
          row.amounts.length === 0 ? texts.renewals.unknown : <Moneys of={row.amounts} />,
      },
    ]}
  />
);

const Parts = ({ rows }: { rows: View.AheadView['parts'] }) => (
  <Table
    caption={texts.parts.title}
    rows={rows}
    rowId={(row) => `${row.orderNumber} ${row.subscriptionId}`}
    rowName={(row) => row.name}
    columns={[
      {
        id: 'name',
        head: texts.subscription,
        kind: 'main',
        cell: (row) => (
          <>
            <strong class="block">{row.name}</strong>
            <span class="quiet">
              {row.customerName}, {row.orderNumber}
            </span>
          </>
        ),
      },
      {
        id: 'billed',
        head: texts.parts.billed,
        cell: (row) =>
          say(texts.parts.of, { billed: String(row.billed), count: String(row.count) }),
      },
      { id: 'next', head: texts.parts.next, cell: (row) => day(row.next) },
      {
        id: 'whole',
        head: texts.parts.whole,
        kind: 'end',
        cell: (row) => <Money of={row.whole} />,
      },
      { id: 'open', head: texts.parts.open, kind: 'end', cell: (row) => <Money of={row.open} /> },
    ]}
  />
);
