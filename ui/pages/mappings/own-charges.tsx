import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { day, number, price, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Money } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Search } from '../../parts/search.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href, place, replace } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { changeOwnCharge, ownCharges } from '../../state/own-charges.ts';
import { useResource } from '../../state/resource.ts';
import { settle } from '../../state/toasts.ts';
import { ownTexts as texts } from '../../texts/en-own.ts';
import { cadence } from './cadence.ts';
import { OwnChargeForm } from './own-form.tsx';

type Row = View.OwnChargeView;
type Opened = { row: Row | null } | null;

/** What is billed beside the marketplace: a list, and a form to add or change one. */
export function OwnChargesTab({ id }: { id: string }) {
  const { search = '', page = '' } = place.value.query;
  const from = useResource(ownCharges, id, search, page);
  const opened = useSignal<Opened>(null);
  const open = (next: Opened) => {
    opened.value = next;
  };
  const refilter = (changed: Record<string, string>) =>
    replace(href(['c', id, 'mappings', 'own'], { search, ...changed }));
  return (
    <>
      <p class="quiet">{texts.lead}</p>
      <div class="tools">
        <Search
          label={texts.search}
          value={search}
          onSearch={(text) => refilter({ search: text })}
        />
      </div>
      <div class="buttons">
        <Button icon="plus" needs="operator" onClick={() => open({ row: null })}>
          {texts.add}
        </Button>
      </div>
      <Await from={from} again={ownCharges.reload}>
        {({ rows, total, next, today }) =>
          rows.length === 0 ? (
            <Empty title={texts.none} help={texts.noneHelp} />
          ) : (
            <>
              <Table
                caption={texts.caption}
                rows={rows}
                rowId={(row) => row.id}
                rowName={({ description }) => description}
                columns={columns(id, today, open)}
              />
              <Pager
                shown={rows.length}
                {...{ total, next, page }}
                onPage={(to) => refilter({ page: to })}
              />
            </>
          )
        }
      </Await>
      {opened.value && from.value && (
        <OwnChargeForm
          id={id}
          row={opened.value.row}
          today={from.value.today}
          currencies={from.value.currencies}
          onClose={() => open(null)}
        />
      )}
    </>
  );
}

const columns = (id: string, today: string, open: (next: Opened) => void) =>
  [
    {
      id: 'charge',
      head: texts.charge,
      kind: 'main',
      cell: (row: Row) => (
        <>
          <strong class="block">{row.description}</strong>
          <span class="quiet">
            {row.customerName} · {row.number}
          </span>
        </>
      ),
    },
    {
      id: 'amount',
      head: texts.amount,
      kind: 'end',
      cell: (row: Row) => (
        <>
          <Money of={row.amount} />
          <span class="quiet small block">
            {number(row.quantity)} × {price(row.unitPrice)}
          </span>
        </>
      ),
    },
    { id: 'when', head: texts.when, cell: (row: Row) => <When row={row} /> },
    {
      id: 'place',
      head: texts.place,
      cell: ({ item, accountCode }: Row) => (
        <>
          {item && <span class="block">{item.name}</span>}
          {accountCode && <span class="quiet">{say(texts.account, { code: accountCode })}</span>}
        </>
      ),
    },
    {
      id: 'last',
      head: texts.last,
      cell: ({ billed }: Row) =>
        billed === null ? (
          <span class="quiet">{texts.notYet}</span>
        ) : billed.url === null ? (
          billed.number
        ) : (
          <a href={billed.url} target="_blank" rel="noopener">
            {billed.number}
          </a>
        ),
    },
    {
      id: 'act',
      head: texts.change,
      kind: 'act',
      cell: (row: Row) => <Acts id={id} row={row} today={today} open={open} />,
    },
  ] as const;

const When = ({ row }: { row: Row }) => (
  <>
    <span class="block">
      {cadence(row.everyMonths)}{' '}
      {row.state !== 'running' && row.state !== 'once' && (
        <Badge tone={row.state === 'paused' ? 'waits' : 'neutral'}>{texts.states[row.state]}</Badge>
      )}
    </span>
    <span class="quiet small">
      {[
        say(texts.from, { date: day(row.from) }),
        ...(row.next ? [say(texts.next, { date: day(row.next) })] : []),
        ...(row.until ? [say(texts.until, { date: day(row.until) })] : []),
      ].join(', ')}
    </span>
  </>
);

function Acts({
  id,
  row,
  today,
  open,
}: {
  id: string;
  row: Row;
  today: string;
  open: (next: Opened) => void;
}) {
  const button = (text: string, onClick: () => unknown) => (
    <Button small needs="operator" onClick={onClick}>
      {text}
      <span class="hidden">: {row.description}</span>
    </Button>
  );
  const step = (what: Step) => button(texts[what], () => take(id, { row, today }, what));
  return (
    <span class="buttons">
      {button(texts.change, () => open({ row }))}
      {row.everyMonths !== null && (row.state === 'paused' ? step('resume') : step('pause'))}
      {row.until === null
        ? step('end')
        : button(texts.goOn, () => apply(id, row, { do: 'end', from: null }))}
    </span>
  );
}

type Step = 'pause' | 'resume' | 'end';

async function take(
  id: string,
  { row, today }: { row: Row; today: string },
  what: Step,
): Promise<void> {
  const asks = {
    pause: [texts.asks.pause, texts.asks.pauseBody, texts.asks.pauseFrom],
    resume: [texts.asks.resume, texts.asks.resumeBody, texts.asks.resumeFrom],
    end: [texts.asks.end, texts.asks.endBody, texts.asks.endFrom],
  } as const;
  const [title, body, label] = asks[what];
  const yes = await ask({
    title: say(title, { number: row.number }),
    body: [`${row.description}, ${row.customerName}`, body],
    yes: texts[what],
    date: { label, value: row.from > today ? row.from : today },
  });
  if (yes) await apply(id, row, { do: what, from: yes.date });
}

const apply = (id: string, row: Row, step: Parameters<typeof changeOwnCharge>[2]) =>
  settle(changeOwnCharge(id, row.id, step), texts.saved, 'mappings', 'tasks');
