import type { View } from '../../api.ts';
import { day, say } from '../../i18n.ts';
import { OutLink } from '../../parts/button.tsx';
import { Money } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Empty, Notice } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { invoiceTexts as texts } from '../../texts/en-invoices.ts';
import { sayWith } from '../../texts/words.ts';
import { Lacks } from './lacks.tsx';

/** Open opportunities; those with a document lead to it, in a tab that knows nothing of us. */
export const QuoteSection = ({
  of,
  page,
  onPage,
}: {
  of: View.QuotesView;
  page: string;
  onPage: (page: string) => void;
}) => (
  <section class="card" aria-labelledby="quotes">
    <div class="head">
      <h2 id="quotes">{texts.quotes}</h2>
      <p class="quiet">{sayWith(texts.quotesLead)}</p>
    </div>
    {of.lacks ? (
      <Lacks of={of.lacks} />
    ) : (
      <>
        <Field of={of} />
        {of.rows.length === 0 ? (
          <Empty title={texts.quotesNone} />
        ) : (
          <>
            <List rows={of.rows} />
            <Pager
              shown={of.rows.length}
              total={of.total}
              next={of.next}
              page={page}
              onPage={onPage}
            />
          </>
        )}
      </>
    )}
  </section>
);

/** Whether the setting names a field that is there. */
function Field({ of: { field, fields } }: { of: View.QuotesView }) {
  if (field === null) return <p class="quiet small">{texts.noField}</p>;
  const wanted = field.trim().toLowerCase();
  const isThere = fields.some((name) => name.trim().toLowerCase() === wanted);
  return fields.length === 0 || isThere ? null : (
    <Notice tone="asks">
      <p>{say(texts.wrongField, { field, fields: fields.join(', ') })}</p>
    </Notice>
  );
}

const List = ({ rows }: { rows: readonly View.QuoteRow[] }) => (
  <Table
    caption={texts.quotes}
    rows={rows}
    rowId={({ id }) => id}
    rowName={({ title }) => title}
    columns={[
      {
        id: 'title',
        head: texts.opportunity,
        kind: 'main',
        cell: ({ title, url, customerName, stage }) => (
          <>
            <strong class="block">{url ? <OutLink to={url} name={title} /> : title}</strong>
            <span class="quiet">{[customerName, stage].filter(Boolean).join(' · ')}</span>
          </>
        ),
      },
      {
        id: 'closes',
        head: texts.closes,
        cell: ({ closesOn }) => (closesOn === null ? null : day(closesOn)),
      },
      {
        id: 'amount',
        head: texts.amount,
        kind: 'end',
        cell: ({ amount }) => amount && <Money of={amount} />,
      },
      {
        id: 'document',
        head: texts.document,
        cell: ({ document }) =>
          document.status === 'link' ? (
            <OutLink to={document.url} name={texts.documentOpen} />
          ) : (
            <span class={document.status === 'refused' ? 'asks' : 'quiet'}>
              {document.status === 'refused' ? texts.documentRefused : texts.documentNone}
            </span>
          ),
      },
    ]}
  />
);
