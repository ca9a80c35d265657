import type { View } from '../../api.ts';
import { number, say } from '../../i18n.ts';
import { Badge, type BadgeTone } from '../../parts/badge.tsx';
import { LinkButton, OutLink } from '../../parts/button.tsx';
import { SelectField } from '../../parts/field.tsx';
import { Money } from '../../parts/money.tsx';
import { Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href } from '../../router.ts';
import { monthTexts as texts } from '../../texts/en-month.ts';
import { sayWith } from '../../texts/words.ts';
import { reasonOf } from './parts.ts';

type Name = View.MonthDifferenceView['name'];
const tones: Record<Name, BadgeTone> = {
  'on-purpose': 'neutral',
  waiting: 'waits',
  missing: 'bad',
  price: 'neutral',
  converted: 'neutral',
  tax: 'neutral',
  rounding: 'neutral',
  edit: 'asks',
  extra: 'bad',
  timing: 'neutral',
  others: 'neutral',
  'tax-rate': 'neutral',
  'tax-amount': 'neutral',
  'tax-untold': 'neutral',
  'tax-rounding': 'neutral',
  'tax-edit': 'asks',
};

/** Each difference with its name, the largest first. */
export function Differences({
  id,
  of,
  show,
  onShow,
}: {
  id: string;
  of: View.MonthView;
  show: string;
  onShow: (show: string) => void;
}) {
  const named = Object.keys(tones)
    .filter(isName)
    .filter((name) => (of.counts[name] ?? 0) > 0)
    .map((name) => ({
      value: name,
      label: `${sayWith(texts.names[name])} (${number(of.counts[name] ?? 0)})`,
    }));
  return (
    <>
      <h2>{texts.differences}</h2>
      <search class="tools">
        <SelectField
          label={texts.show}
          value={show}
          choices={[{ value: '', label: texts.all }, ...named]}
          onChange={onShow}
        />
      </search>
      {of.rows.length === 0 ? (
        <Empty title={texts.none} help={sayWith(texts.noneHelp)} />
      ) : (
        <Table
          caption={texts.differences}
          rows={of.rows}
          rowId={(row) => row.id}
          rowName={(row) => `${sayWith(texts.names[row.name])}, ${row.text}`}
          columns={[
            { id: 'what', head: texts.what, kind: 'main', cell: (row) => <What of={row} /> },
            { id: 'document', head: texts.document, cell: (row) => <Where id={id} of={row} /> },
            {
              id: 'amount',
              head: texts.amount,
              kind: 'end',
              cell: ({ amount }) => <Money of={amount} />,
            },
          ]}
        />
      )}
    </>
  );
}
const isName = (text: string): text is Name => text in tones;

const What = ({ of }: { of: View.MonthDifferenceView }) => (
  <>
    <Badge tone={tones[of.name]}>{sayWith(texts.names[of.name])}</Badge>
    <strong class="block">{of.text}</strong>
    <span class="quiet block">
      {[of.customerName, of.orderNumber && say(texts.order, { number: of.orderNumber })]
        .filter(Boolean)
        .join(' · ')}
    </span>
    {of.reason !== null && <span class="block">{reasonOf(of)}</span>}
  </>
);

const Where = ({ id, of }: { id: string; of: View.MonthDifferenceView }) => (
  <span class="buttons">
    {of.document && <OutLink to={of.document.url} name={of.document.number} />}
    {of.name === 'edit' || of.name === 'tax-edit' || (of.name === 'missing' && of.document) ? (
      <LinkButton small to={href(['c', id, 'changed'])}>
        {texts.seeChange}
      </LinkButton>
    ) : (
      of.taskId && (
        <LinkButton small to={href(['c', id, 'wizard', of.taskId])}>
          {texts.task}
        </LinkButton>
      )
    )}
  </span>
);
