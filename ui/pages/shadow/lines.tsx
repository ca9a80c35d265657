import type { View } from '../../api.ts';
import { day, monthName, number, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { LinkButton, OutLink } from '../../parts/button.tsx';
import { Money } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Await } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href, replace } from '../../router.ts';
import { useResource } from '../../state/resource.ts';
import { shadowLines } from '../../state/shadow.ts';
import { en } from '../../texts/en.ts';
import { shadowTexts as texts } from '../../texts/en-shadow.ts';
import { sayWith } from '../../texts/words.ts';
import { Switch } from './switch.tsx';

const tones = {
  same: 'good',
  differs: 'asks',
  'only-ours': 'bad',
  'only-theirs': 'bad',
  asks: 'waits',
} as const;

/** One customer's month, product by product. */
export function Lines({
  id,
  month,
  customerId,
  page,
}: {
  id: string;
  month: string;
  customerId: string;
  page: string;
}) {
  const from = useResource(shadowLines, id, month, customerId, page);
  return (
    <Await from={from} again={shadowLines.reload}>
      {(view) => (
        <section class="card">
          <div class="head">
            <h2>
              {say(texts.customerTitle, { customer: view.customer.name, month: monthName(month) })}
            </h2>
            <span class="buttons">
              <LinkButton to={href(['c', id, 'shadow'], { month })}>{texts.back}</LinkButton>
              <Switch id={id} month={month} of={view.customer} from={view.switchFrom} />
            </span>
          </div>
          <Table
            caption={view.customer.name}
            rows={view.rows}
            rowId={(row) => row.id}
            rowName={({ name }) => name}
            columns={[
              { id: 'name', head: texts.product, kind: 'main', cell: (row) => <Name of={row} /> },
              { id: 'ours', head: texts.ours, cell: ({ ours }) => <Ours of={ours} /> },
              { id: 'theirs', head: texts.theirs, cell: ({ theirs }) => <Theirs of={theirs} /> },
              {
                id: 'difference',
                head: texts.difference,
                kind: 'end',
                cell: ({ difference }) => <Money of={difference} />,
              },
            ]}
          />
          <Pager
            shown={view.rows.length}
            total={view.total}
            next={view.next}
            page={page}
            onPage={(at) =>
              replace(href(['c', id, 'shadow'], { month, customer: customerId, page: at }))
            }
          />
        </section>
      )}
    </Await>
  );
}

const Name = ({ of }: { of: View.ShadowRowView }) => (
  <>
    <Badge tone={tones[of.verdict]}>{texts.verdicts[of.verdict]}</Badge>
    <strong class="block">{of.name}</strong>
    {of.waits.length > 0 && (
      <span class="block">
        {say(texts.waits, {
          needs: of.waits
            .map((code) => sayWith(en.needs[code][0], { subject: of.name }))
            .join('. '),
        })}
      </span>
    )}
  </>
);

const Ours = ({ of }: { of: View.ShadowRowView['ours'] }) =>
  of === null ? (
    <span class="quiet">{texts.nothing}</span>
  ) : (
    <>
      <Figures of={of} />
      <span class="quiet block">{say(texts.orders, { orders: of.orders.join(', ') })}</span>
    </>
  );

const Theirs = ({ of }: { of: View.ShadowRowView['theirs'] }) =>
  of === null ? (
    <span class="quiet">{texts.nothing}</span>
  ) : (
    <>
      <Figures of={of} />
      {of.lines.map((line) => (
        <span key={`${line.number} ${line.text}`} class="quiet block">
          {line.text} <OutLink to={line.url} name={line.number ?? line.date} /> {day(line.date)}
        </span>
      ))}
    </>
  );

const Figures = ({ of: { quantity, amount } }: { of: View.ShadowSideView }) => (
  <strong class="nowrap block">
    {number(quantity)} · <Money of={amount} />
  </strong>
);
