import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { day, money, number, plural, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, OutLink } from '../parts/button.tsx';
import { SelectField } from '../parts/field.tsx';
import { Money } from '../parts/money.tsx';
import { Pager } from '../parts/pager.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { href, place, replace } from '../router.ts';
import { ask } from '../state/ask.ts';
import {
  answerOpenings,
  type OpeningAnswer,
  openings,
  type SharedAnswer,
} from '../state/openings.ts';
import { useResource } from '../state/resource.ts';
import { connection, may, staysOpen } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { pagesTexts } from '../texts/en-pages.ts';
import { sayWith } from '../texts/words.ts';
import { LinkDialog } from './openings/link-dialog.tsx';

const texts = pagesTexts.openings;
const answers = ['next-order', 'newest-order'] as const;
const answerText = (answer: OpeningAnswer) => sayWith(texts.answers[answer]);

/** How each subscription that was active on the first day begins: singly, some, or all at once. */
export function OpeningsPage() {
  const id = connection.value?.id ?? '';
  const { page = '' } = place.value.query;
  const from = useResource(openings, id, page);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const linking = useSignal<View.OpeningView | null>(null);
  const say1 = (ids: string[] | 'all', answer: SharedAnswer) =>
    settle(
      answerOpenings(id, ids, answer),
      ({ changed }) => plural(texts.answered, changed),
      'tasks',
    );
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {staysOpen.value && <p class="lead">{sayWith(texts.openLines)}</p>}
      <section class="card">
        <Await from={from} again={openings.reload}>
          {({ rows, total, next, counts }) =>
            rows.length === 0 ? (
              <Empty title={texts.none} help={texts.noneHelp} />
            ) : (
              <>
                {may('operator') && (
                  <Bulk open={counts.unanswered ?? total} chosen={chosen.value} answer={say1} />
                )}
                <List
                  rows={rows}
                  chosen={chosen.value}
                  choose={(now) => {
                    chosen.value = now;
                  }}
                  answer={say1}
                  link={(row) => {
                    linking.value = row;
                  }}
                />
                <Pager
                  shown={rows.length}
                  {...{ total, next, page }}
                  onPage={(at) => replace(href(['c', id, 'openings'], { page: at }))}
                />
              </>
            )
          }
        </Await>
      </section>
      {linking.value && (
        <LinkDialog
          id={id}
          of={linking.value}
          onClose={() => {
            linking.value = null;
          }}
        />
      )}
    </>
  );
}

type Answer = (ids: string[] | 'all', answer: SharedAnswer) => Promise<unknown>;

/** One answer for those that are ticked, or for all that have none yet. */
const Bulk = ({
  open,
  chosen,
  answer,
}: {
  open: number;
  chosen: ReadonlySet<string>;
  answer: Answer;
}) => (
  <div class="buttons">
    <span class="quiet">
      {chosen.size > 0
        ? texts.forSelected
        : open === 0
          ? texts.allAnswered
          : say(texts.forAll, { count: number(open) })}
    </span>
    {(['next-order', 'newest-order'] as const).map((kind) => (
      <Button
        key={kind}
        disabled={chosen.size === 0 && open === 0}
        onClick={async () => {
          if (chosen.size > 0) return answer([...chosen], kind);
          const yes = await ask({
            title: texts.allTitle,
            body: [say(texts.allBody, { answer: answerText(kind) })],
            yes: answerText(kind),
          });
          return yes && answer('all', kind);
        }}
      >
        {answerText(kind)}
      </Button>
    ))}
  </div>
);

const List = ({
  rows,
  chosen,
  choose,
  answer,
  link,
}: {
  rows: readonly View.OpeningView[];
  chosen: ReadonlySet<string>;
  choose: (next: ReadonlySet<string>) => void;
  answer: Answer;
  link: (row: View.OpeningView) => void;
}) => (
  <Table
    caption={texts.title}
    rows={rows}
    rowId={({ subscriptionId }) => subscriptionId}
    rowName={({ name, customerName }) => `${name}, ${customerName}`}
    selection={may('operator') ? { chosen, onChange: choose } : undefined}
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
      {
        id: 'newest',
        head: texts.newest,
        cell: ({ newestOrder: order }) =>
          order && (
            <span class="quiet">
              {order.number}, {day(order.placedOn)}: {money(order.amount)}
            </span>
          ),
      },
      {
        id: 'monthly',
        head: texts.monthly,
        kind: 'end',
        cell: ({ monthly }) => monthly && <Money of={monthly} />,
      },
      {
        id: 'answer',
        head: texts.answeredAs,
        cell: (row) => (
          <>
            {may('operator') ? (
              <div class="answer">
                <AnswerSelect row={row} answer={answer} />
              </div>
            ) : (
              row.answer && <Badge tone="good">{answerText(row.answer)}</Badge>
            )}
            {row.link && <LinkedTo link={row.link} />}
          </>
        ),
      },
      {
        id: 'act',
        head: texts.act,
        kind: 'act',
        cell: (row) => (
          <Button small needs="operator" onClick={() => link(row)}>
            {row.link ? texts.linkOther : texts.linkAct}
            <span class="hidden">: {row.name}</span>
          </Button>
        ),
      },
    ]}
  />
);

const LinkedTo = ({ link }: { link: NonNullable<View.OpeningView['link']> }) => (
  <span class="quiet block">
    {link.document.url ? (
      <OutLink to={link.document.url} name={link.document.number ?? link.document.id} />
    ) : (
      link.document.number
    )}{' '}
    {link.text}:{' '}
    {say(texts.linkedTo, { quantity: number(link.quantity), amount: money(link.amount) })}
  </span>
);

const AnswerSelect = ({ row, answer }: { row: View.OpeningView; answer: Answer }) => (
  <SelectField
    label={row.name}
    bare
    value={row.answer ?? ''}
    choices={[
      { value: '', label: '…', disabled: true },
      ...answers.map((value) => ({
        value,
        label: answerText(value),
        disabled: value === 'newest-order' && row.newestOrder === null,
      })),
      ...(row.answer === 'link'
        ? [{ value: 'link', label: answerText('link'), disabled: true }]
        : []),
    ]}
    onChange={(value) => {
      const found = answers.find((one) => one === value);
      if (found) void answer([row.subscriptionId], found);
    }}
  />
);
