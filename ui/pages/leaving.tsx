import type { View } from '../api.ts';
import { day, plural, say } from '../i18n.ts';
import { LinkButton, OutLink } from '../parts/button.tsx';
import { Money, Moneys } from '../parts/money.tsx';
import { Pager } from '../parts/pager.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { href, place, replace } from '../router.ts';
import { leaving } from '../state/leaving.ts';
import { useResource } from '../state/resource.ts';
import { connection } from '../state/shell.ts';
import { leavingTexts as texts } from '../texts/en-leaving.ts';
import { sayWith } from '../texts/words.ts';

type Row = View.LeaverView;

/** Who is leaving, and what is still to come of each. */
export function LeavingPage() {
  const id = connection.value?.id ?? '';
  const { page = '' } = place.value.query;
  const from = useResource(leaving, id, page);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{sayWith(texts.lead)}</p>
      <section class="card">
        <Await from={from} again={leaving.reload}>
          {({ rows, total, next }) =>
            rows.length === 0 ? (
              <Empty title={texts.none} help={texts.noneHelp} />
            ) : (
              <>
                <List id={id} rows={rows} />
                <Pager
                  shown={rows.length}
                  {...{ total, next, page }}
                  onPage={(to) => replace(href(['c', id, 'leaving'], { page: to }))}
                />
              </>
            )
          }
        </Await>
      </section>
    </>
  );
}

const List = ({ id, rows }: { id: string; rows: readonly Row[] }) => (
  <Table
    caption={texts.caption}
    rows={rows}
    rowId={({ customerId }) => customerId}
    rowName={({ name }) => name}
    columns={[
      {
        id: 'name',
        head: texts.name,
        kind: 'main',
        cell: ({ name, why }) => (
          <>
            <strong class="block">{name}</strong>
            <span class="quiet">{texts.why[why]}</span>
          </>
        ),
      },
      {
        id: 'when',
        head: texts.when,
        cell: ({ lastDay, until }) => (
          <>
            <span class="block">
              {lastDay ? say(texts.lastDay, { date: day(lastDay) }) : texts.unknownDay}
            </span>
            {until && <span class="quiet">{say(texts.until, { date: day(until) })}</span>}
          </>
        ),
      },
      { id: 'still', head: texts.still, cell: (row) => <Still id={id} row={row} /> },
    ]}
  />
);

function Still({ id, row }: { id: string; row: Row }) {
  const { ending, orders, drafts, byUse, own, archived } = row;
  const isNothing =
    ending.length + orders.total + drafts.length + own.length === 0 && !byUse && !archived;
  return (
    <ul class="plain">
      {archived && <li class="asks">{sayWith(texts.archived)}</li>}
      {orders.total > 0 && (
        <li>
          {plural(texts.orders, orders.total)} <Moneys of={orders.money} />
          {orders.asking > 0 && (
            <>
              {' '}
              <span class="asks">{plural(texts.asking, orders.asking)}</span>
            </>
          )}{' '}
          <LinkButton small to={href(['c', id, 'wizard'], { tasks: orders.taskIds.join(',') })}>
            {texts.open}
            <span class="hidden"> {row.name}</span>
          </LinkButton>
        </li>
      )}
      {drafts.map(({ documentId, number, url, total }) => (
        <li key={documentId}>
          <OutLink
            to={url}
            name={say(texts.drafts, { number: number ?? sayWith(texts.unnumbered) })}
          />{' '}
          <Money of={total} />
        </li>
      ))}
      {ending.map((one) => (
        <li key={one.id}>
          {one.on
            ? say(texts.ending, { name: one.name, date: day(one.on) })
            : say(texts.endingUnknown, { name: one.name })}
        </li>
      ))}
      {own.map(({ number, text, next }) => (
        <li key={number} class="asks">
          {say(texts.own, { number, text, date: next ? day(next) : '' })}
        </li>
      ))}
      {byUse && <li class="quiet">{texts.byUse}</li>}
      {isNothing && <li class="quiet">{texts.nothing}</li>}
    </ul>
  );
}
