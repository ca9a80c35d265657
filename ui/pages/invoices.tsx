import type { View } from '../api.ts';
import { day, plural, relative, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, LinkButton, OutLink } from '../parts/button.tsx';
import { SelectField } from '../parts/field.tsx';
import { Money, Moneys } from '../parts/money.tsx';
import { Pager } from '../parts/pager.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { href, place, replace } from '../router.ts';
import { invoices, quotes, readInvoices, savePdf } from '../state/invoices.ts';
import { useResource } from '../state/resource.ts';
import { connection } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { invoiceTexts as texts } from '../texts/en-invoices.ts';
import { sayWith } from '../texts/words.ts';
import { Lacks } from './invoices/lacks.tsx';
import { QuoteSection } from './invoices/quotes.tsx';

type Row = View.InvoiceRow;
const tones = {
  draft: 'neutral',
  open: 'waits',
  'part-paid': 'waits',
  paid: 'good',
  voided: 'neutral',
} as const;
const shows = ['all', 'open', 'overdue'] as const;

/** What became of the lines: invoices that the system made, what is open of them, and open quotes. */
export function InvoicesPage() {
  const id = connection.value?.id ?? '';
  const { customer = '', show = '', page = '', quotesPage = '' } = place.value.query;
  const from = useResource(invoices, id, customer, show, page);
  const offers = useResource(quotes, id, customer, quotesPage);
  const go = (query: Record<string, string>) =>
    replace(href(['c', id, 'invoices'], { customer, show, page, quotesPage, ...query }));
  return (
    <Await from={from} again={invoices.reload}>
      {(view) => (
        <>
          <h1>{view.customer ? say(texts.titleOf, { name: view.customer.name }) : texts.title}</h1>
          {view.available ? (
            <Invoices id={id} view={view} show={show} page={page} go={go} />
          ) : (
            <p class="lead">{sayWith(texts.notHere)}</p>
          )}
          <Await from={offers} again={quotes.reload}>
            {(of) =>
              of.available ? (
                <QuoteSection of={of} page={quotesPage} onPage={(to) => go({ quotesPage: to })} />
              ) : null
            }
          </Await>
        </>
      )}
    </Await>
  );
}

function Invoices({
  id,
  view,
  show,
  page,
  go,
}: {
  id: string;
  view: View.InvoicesView;
  show: string;
  page: string;
  go: (query: Record<string, string>) => void;
}) {
  return (
    <>
      <p class="lead">{sayWith(texts.lead, { months: String(view.months) })}</p>
      {view.madeIn && <p>{sayWith(texts.madeIn, { where: view.madeIn })}</p>}
      {view.lacks ? (
        <Lacks of={view.lacks} />
      ) : (
        <section class="card">
          <div class="head">
            <Totals view={view} />
            <span class="quiet">
              {view.readAt ? say(texts.readAt, { time: relative(view.readAt) }) : texts.notRead}
            </span>
          </div>
          <div class="buttons">
            <SelectField
              bare
              label={texts.show}
              value={show || 'all'}
              choices={shows.map((value) => ({
                value,
                label: `${texts.shows[value]} (${view.counts[value] ?? 0})`,
              }))}
              onChange={(value) => go({ show: value === 'all' ? '' : value, page: '' })}
            />
            <Button
              small
              needs="operator"
              icon="sync"
              onClick={() => settle(readInvoices(id), texts.readDone, 'connection')}
            >
              {texts.read}
            </Button>
            {view.customer && (
              <LinkButton small kind="quiet" to={href(['c', id, 'invoices'])}>
                {texts.all}
              </LinkButton>
            )}
          </div>
          {!view.partPayments && <p class="quiet small">{sayWith(texts.wholeOnly)}</p>}
          {view.rows.length === 0 ? (
            <Empty title={texts.none} help={texts.noneHelp} />
          ) : (
            <>
              <List id={id} view={view} />
              <Pager
                shown={view.rows.length}
                total={view.total}
                next={view.next}
                page={page}
                onPage={(to) => go({ page: to })}
              />
            </>
          )}
        </section>
      )}
    </>
  );
}

const Totals = ({ view }: { view: View.InvoicesView }) => (
  <dl class="facts">
    <div>
      <dt>{texts.open}</dt>
      <dd>
        <Moneys of={view.open} />
      </dd>
    </div>
    {view.overdue.length > 0 && (
      <div>
        <dt>{texts.overdue}</dt>
        <dd class="asks">
          <Moneys of={view.overdue} />
        </dd>
      </div>
    )}
  </dl>
);

const List = ({ id, view }: { id: string; view: View.InvoicesView }) => (
  <Table
    caption={texts.caption}
    rows={view.rows}
    rowId={(row) => row.id}
    rowName={({ number }) => number}
    columns={[
      {
        id: 'number',
        head: texts.number,
        kind: 'main',
        cell: (row) => <Name row={row} byCustomer={view.customer === null} />,
      },
      {
        id: 'date',
        head: texts.date,
        cell: ({ date, dueDate }) => (
          <>
            {date && <span class="block">{day(date)}</span>}
            {dueDate && <span class="quiet small">{say(texts.due, { date: day(dueDate) })}</span>}
          </>
        ),
      },
      { id: 'state', head: texts.state, cell: (row) => <State row={row} /> },
      { id: 'balance', head: texts.balance, cell: ({ balance }) => <Money of={balance} /> },
      { id: 'total', head: texts.total, kind: 'end', cell: ({ total }) => <Money of={total} /> },
      {
        id: 'act',
        head: texts.pdf,
        kind: 'act',
        cell: (row) => (
          <Button small onClick={() => savePdf(id, row)}>
            {texts.pdf}
            <span class="hidden">: {row.number}</span>
          </Button>
        ),
      },
    ]}
  />
);

const Name = ({ row, byCustomer }: { row: Row; byCustomer: boolean }) => (
  <>
    <strong class="block">
      {row.url ? <OutLink to={row.url} name={row.number} /> : row.number}
    </strong>
    {row.kind === 'creditNote' && <Badge tone="neutral">{texts.creditNote}</Badge>}
    {byCustomer && <span class="block quiet">{row.customerName}</span>}
    {row.document && (
      <span class="block small quiet">
        {texts.bills} <OutLink to={row.document.url} name={row.document.name} />
      </span>
    )}
    {row.linesTotal > 0 && (
      <details class="small">
        <summary>{plural(texts.billed, row.linesTotal)}</summary>
        <ul class="list">
          {row.lines.map((line, index) => (
            <li key={`${line.text} ${index}`}>
              <span>
                {line.text}{' '}
                {line.on && <span class="quiet">{say(texts.on, { date: day(line.on) })}</span>}
              </span>
              <Money of={line.amount} />
            </li>
          ))}
        </ul>
        {row.linesTotal > row.lines.length && (
          <p class="quiet">
            {say(texts.more, { count: String(row.linesTotal - row.lines.length) })}
          </p>
        )}
      </details>
    )}
  </>
);

const State = ({ row }: { row: Row }) => (
  <>
    <Badge tone={row.overdue ? 'bad' : tones[row.state]}>
      {row.overdue ? texts.isOverdue : texts.states[row.state]}
    </Badge>
    {row.overdue && row.state === 'part-paid' && (
      <span class="block small quiet">{texts.states['part-paid']}</span>
    )}
    {row.paidOn && (
      <span class="block small quiet">{say(texts.paidOn, { date: day(row.paidOn) })}</span>
    )}
  </>
);
