import type { View } from '../../api.ts';
import { day, money, number, plural, price, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, OutLink } from '../../parts/button.tsx';
import { Money } from '../../parts/money.tsx';
import { Table } from '../../parts/table.tsx';
import { answerFound } from '../../state/look.ts';
import { settle } from '../../state/toasts.ts';
import { lookTexts as texts } from '../../texts/en-look.ts';
import { sayWith } from '../../texts/words.ts';

const tones = {
  unpaid: 'bad',
  cancelled: 'bad',
  quantity: 'asks',
  price: 'asks',
  'below-cost': 'bad',
  unsure: 'neutral',
  exact: 'good',
} as const;

/** What was found, both sides beside each other, each with what can be said to it. */
export const FoundTable = ({ id, of }: { id: string; of: View.LookView }) => (
  <Table
    caption={texts.title}
    rows={of.rows}
    rowId={(row) => row.id}
    rowName={nameOf}
    columns={[
      {
        id: 'what',
        head: texts.what,
        kind: 'main',
        cell: (row) => <What of={row} in={of.compares} />,
      },
      { id: 'here', head: texts.here, cell: (row) => <Here of={row} /> },
      { id: 'there', head: sayWith(texts.there), cell: (row) => <There of={row} /> },
      { id: 'monthly', head: texts.monthly, kind: 'end', cell: (row) => <Worth of={row} /> },
      {
        id: 'act',
        head: texts.act,
        kind: 'act',
        cell: (row) => <Answers id={id} of={row} in={of.compares} />,
      },
    ]}
  />
);

const nameOf = ({ name, customerName }: View.FoundView): string => `${name}, ${customerName}`;

const What = ({ of, in: compares }: { of: View.FoundView; in: View.LookView['compares'] }) => (
  <>
    <Badge tone={tones[of.kind]}>{texts.shows[of.kind]}</Badge>
    <strong class="block">{of.name}</strong>
    <span class="quiet block">{of.customerName}</span>
    <span class="block">{sentenceOf(of, compares)}</span>
    {of.noLink && of.reason !== of.noLink && (
      <span class="block quiet">{texts.noLink[of.noLink]}</span>
    )}
    {of.belowCost && of.kind !== 'below-cost' && (
      <span class="block asks">
        {texts.belowCost}
        {of.cost && `. ${say(texts.cost, { amount: money(of.cost) })}`}
      </span>
    )}
  </>
);

/** Why it is here, in one sentence. */
function sentenceOf(
  { reason, since, here, there, cost, customerName }: View.FoundView,
  compares: View.LookView['compares'],
): string {
  const sentences = compares === 'invoices' ? texts.reasons : texts.openReasons;
  return sayWith(sentences[reason], {
    customer: customerName,
    since: since ? day(since) : '',
    here: number(here?.quantity ?? '0'),
    there: number(there?.quantity ?? '0'),
    cost: cost ? money(cost) : '',
    billed: there?.monthly ? money(there.monthly) : '',
  });
}

const Here = ({ of: { here, reason, since } }: { of: View.FoundView }) =>
  here && reason !== 'ended' ? (
    <Figures of={here} summed={texts.summedHere} />
  ) : (
    <span class="quiet">
      {reason === 'ended' && since ? say(texts.ended, { date: day(since) }) : texts.noSubscription}
    </span>
  );

const There = ({ of: { there } }: { of: View.FoundView }) =>
  there ? (
    <>
      <Figures of={there} summed={texts.summed} />
      <span class="quiet block">{there.text}</span>
      <span class="quiet block">
        <OutLink to={there.url} name={there.number ?? there.text} />{' '}
        {there.date === null ? texts.open : day(there.date)}
      </span>
    </>
  ) : (
    <span class="quiet">{texts.noLine}</span>
  );

const Figures = ({
  of: { quantity, unitPrice, monthly, count },
  summed,
}: {
  of: View.FoundFigures;
  summed: { one: string; other: string };
}) => (
  <>
    <strong class="nowrap block">
      {unitPrice === null
        ? number(quantity)
        : say(texts.figures, { quantity: number(quantity), price: price(unitPrice) })}
    </strong>
    {monthly && (
      <span class="nowrap block">
        {money(monthly)} {texts.aMonth}
      </span>
    )}
    {count > 1 && <span class="quiet block">{plural(summed, count)}</span>}
  </>
);

function Worth({ of: { monthly, kind } }: { of: View.FoundView }) {
  if (/^-?0(\.0*)?$/.test(monthly.amount)) return null;
  const isLess = monthly.amount.startsWith('-');
  const word = kind === 'below-cost' ? texts.loss : isLess ? texts.less : texts.more;
  return (
    <>
      <Money of={{ ...monthly, amount: monthly.amount.replace('-', '') }} />
      <span class="quiet block">{word}</span>
    </>
  );
}

const Answers = ({
  id,
  of,
  in: compares,
}: {
  id: string;
  of: View.FoundView;
  in: View.LookView['compares'];
}) => (
  <span class="buttons">
    {of.answer && <Badge tone="good">{texts.given[of.answer]}</Badge>}
    {(of.answer ? (['open'] as const) : of.answers).map((answer) => (
      <Button
        key={answer}
        small
        needs="operator"
        onClick={() =>
          settle(answerFound(id, of, answer), saidTo(of, answer, compares), 'tasks', 'connection')
        }
      >
        {texts.answers[answer]}
        <span class="hidden">: {nameOf(of)}</span>
      </Button>
    ))}
  </span>
);

/** A line that stays open is billed on by itself, whatever begins beside it. */
const saidTo = (
  { there }: View.FoundView,
  answer: View.FoundView['answers'][number] | 'open',
  compares: View.LookView['compares'],
): string =>
  answer === 'next-order' && there !== null && compares === 'open-lines'
    ? texts.said.besideOpenLine
    : texts.said[answer];
