import type { View } from '../api.ts';
import { instant, money, number, price, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, OutLink } from '../parts/button.tsx';
import { Pager } from '../parts/pager.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { href, place, replace } from '../router.ts';
import { ask } from '../state/ask.ts';
import { answerDrift, type DriftAnswer, drifts } from '../state/drifts.ts';
import { useResource } from '../state/resource.ts';
import { connection } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { changedTexts as texts } from '../texts/en-changed.ts';
import { sayWith } from '../texts/words.ts';

/** What people changed in the system after us: for each line as it was and is, and two answers. */
export function ChangedPage() {
  const id = connection.value?.id ?? '';
  const { page = '' } = place.value.query;
  const from = useResource(drifts, id, page);
  return (
    <>
      <h1>{sayWith(texts.title)}</h1>
      <p class="lead">{sayWith(texts.lead)}</p>
      <Await from={from} again={drifts.reload}>
        {({ rows, total, next }) =>
          rows.length === 0 ? (
            <Empty title={texts.none} help={sayWith(texts.noneHelp)} />
          ) : (
            <>
              {rows.map((drift) => (
                <Drifted key={drift.documentId} id={id} drift={drift} />
              ))}
              <Pager
                shown={rows.length}
                {...{ total, next, page }}
                onPage={(at) => replace(href(['c', id, 'changed'], { page: at }))}
              />
            </>
          )
        }
      </Await>
    </>
  );
}

type Answer = (answer: DriftAnswer, lines: readonly View.DriftLineView[]) => Promise<void>;

function Drifted({ id, drift }: { id: string; drift: View.DriftView }) {
  const { documentId, customerName, state, changedAt, lines, seen } = drift;
  const name = drift.number ?? documentId;
  const answer: Answer = async (what, chosen) => {
    const yes = await ask({
      title: sayWith(texts.sureTitle[what], { number: name }),
      body: [
        sayWith(chosen.some(({ now }) => now !== null) ? texts.sure[what] : texts.gone[what]),
        ...correctionsOf(chosen).map((number) => say(texts.takenBackToo, { number })),
      ],
      yes: sayWith(texts.answers[what]),
    });
    if (!yes) return;
    const linkIds = chosen.length === lines.length ? 'all' : chosen.map((line) => line.id);
    const done = answerDrift(id, { documentId, seen, linkIds, answer: what });
    await settle(done, texts.done[what], 'tasks', 'connection');
  };
  return (
    <section class="card" aria-labelledby={documentId}>
      <div class="head">
        <h2 id={documentId}>
          {drift.url ? <OutLink to={drift.url} name={name} /> : name} {customerName}
        </h2>
        <p class="quiet">
          {state === 'voided' || state === 'deleted' ? (
            <Badge tone="bad">{texts.changes[state]}</Badge>
          ) : null}{' '}
          {say(texts.changedAt, { time: instant(changedAt) })}
        </p>
      </div>
      <Lines name={name} lines={lines} answer={answer} />
      {lines.length > 1 && <Answers of={name} answer={(what) => answer(what, lines)} all />}
    </section>
  );
}

const Lines = ({
  name,
  lines,
  answer,
}: {
  name: string;
  lines: readonly View.DriftLineView[];
  answer: Answer;
}) => (
  <Table
    caption={say(texts.caption, { number: name })}
    rows={lines}
    rowId={(line) => line.id}
    rowName={({ text }) => text}
    columns={[
      {
        id: 'text',
        head: texts.line,
        kind: 'main',
        cell: (line) => (
          <>
            <strong class="block">{line.text}</strong>
            <span class="quiet">{line.orderNumber}</span>
          </>
        ),
      },
      {
        id: 'was',
        head: texts.was,
        cell: ({ was, change }) => <Figures of={was} withTax={change === 'tax'} />,
      },
      {
        id: 'now',
        head: texts.now,
        cell: ({ now, change, givenBackOn }) =>
          now ? (
            <Figures of={now} withTax={change === 'tax'} />
          ) : (
            <>
              <span class="asks block">{texts.changes[change]}</span>
              {givenBackOn && (
                <span class="quiet">{say(texts.givenBack, { number: givenBackOn })}</span>
              )}
            </>
          ),
      },
      {
        id: 'act',
        head: texts.act,
        kind: 'act',
        cell: (line) => <Answers of={line.text} answer={(what) => answer(what, [line])} />,
      },
    ]}
  />
);

const correctionsOf = (lines: readonly View.DriftLineView[]): string[] => [
  ...new Set(lines.flatMap(({ givenBackOn }) => givenBackOn ?? [])),
];

const Figures = ({ of, withTax }: { of: View.LineFigures; withTax: boolean }) => (
  <>
    <span class="nowrap">
      {number(of.quantity)} × {price(of.unitPrice)} = {money(of.amount)}
    </span>
    {withTax && of.tax && (
      <span class="asks block">{say(texts.withTax, { amount: money(of.tax) })}</span>
    )}
  </>
);

const answers = ['theirs', 'again'] as const;

const Answers = ({
  of,
  answer,
  all = false,
}: {
  of: string;
  answer: (what: DriftAnswer) => Promise<void>;
  all?: boolean;
}) => (
  <span class="buttons">
    {all && <span class="quiet">{texts.forAll}</span>}
    {answers.map((what) => (
      <Button key={what} small needs="operator" onClick={() => answer(what)}>
        {sayWith(texts.answers[what])}
        <span class="hidden">: {of}</span>
      </Button>
    ))}
  </span>
);
