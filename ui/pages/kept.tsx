import type { View } from '../api.ts';
import { instant, plural, say } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { Money } from '../parts/money.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { ask } from '../state/ask.ts';
import { ignoreKept, kept, tryKept } from '../state/log.ts';
import { useResource } from '../state/resource.ts';
import { settle } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { pagesTexts } from '../texts/en-pages.ts';
import { sayWith } from '../texts/words.ts';

const texts = pagesTexts.kept;
type Row = View.KeptRecordView;
type Aside = Row & { setAside: NonNullable<Row['setAside']> };

/** What did not fit its schema, and what was set aside: kept, counted, shown, answered. */
export function KeptPage() {
  const from = useResource(kept);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Await from={from} again={kept.reload}>
        {(rows) => {
          const aside = rows.filter(isAside);
          const unread = rows.filter((row) => !isAside(row));
          return (
            <>
              {rows.length === 0 && (
                <section class="card">
                  <Empty title={texts.none} />
                </section>
              )}
              {aside.length > 0 && <SetAside rows={aside} />}
              {unread.length > 0 && <Unread rows={unread} />}
            </>
          );
        }}
      </Await>
    </>
  );
}

const isAside = (row: Row): row is Aside => row.setAside !== null;

const SetAside = ({ rows }: { rows: readonly Aside[] }) => (
  <section class="card" aria-labelledby="aside">
    <h2 id="aside">{texts.aside}</h2>
    <Table
      caption={texts.aside}
      rows={rows}
      rowId={({ id }) => id}
      rowName={nameOf}
      columns={[
        {
          id: 'what',
          head: texts.what,
          kind: 'main',
          cell: (row) => (
            <>
              <strong>{nameOf(row)}</strong>{' '}
              {row.setAside.amount && <Money of={row.setAside.amount} />}
            </>
          ),
        },
        { id: 'why', head: texts.why, cell: (row) => <Why of={row} /> },
        { id: 'problem', head: texts.problem, cell: (row) => <code>{row.problem}</code> },
        { id: 'act', head: texts.act, kind: 'act', cell: (row) => <Answers of={row} /> },
      ]}
    />
  </section>
);

const Why = ({ of: { setAside } }: { of: Aside }) => (
  <>
    {reasonOf(setAside.code)}
    <span class="block quiet">
      {setAside.ignored
        ? say(texts.ignoredBy, {
            name: setAside.ignored.by,
            time: instant(setAside.ignored.at),
            reason: setAside.ignored.reason,
          })
        : setAside.again
          ? texts.asked
          : plural(texts.tries, setAside.attempts, { time: instant(setAside.firstAt) })}
    </span>
  </>
);

function reasonOf(code: Aside['setAside']['code']): string {
  if (code === 'marketplace.unreachable') return texts.reasons.away;
  return code === 'marketplace.answer' ? texts.reasons.answer : texts.reasons.fault;
}

const Answers = ({ of }: { of: Aside }) => {
  const name = nameOf(of);
  const leave = async () => {
    const yes = await ask({
      title: say(texts.ignoreTitle, { name }),
      body: [texts.ignoreBody],
      yes: texts.ignore,
      reason: en.common.reason,
    });
    if (yes) await settle(ignoreKept([of.id], yes.reason), texts.ignoredDone, 'log', 'tasks');
  };
  return (
    <span class="buttons">
      {!of.setAside.again && (
        <Button
          small
          needs="operator"
          onClick={() => settle(tryKept([of.id]), texts.askedDone, 'log', 'tasks')}
        >
          {texts.again}
          <span class="hidden">: {name}</span>
        </Button>
      )}
      {of.setAside.ignored === null && (
        <Button small needs="operator" onClick={leave}>
          {texts.ignore}
          <span class="hidden">: {name}</span>
        </Button>
      )}
    </span>
  );
};

const names: Readonly<Record<string, string | undefined>> = texts.whats;
const nameOf = ({ what, setAside }: Aside): string =>
  sayWith(names[what] ?? texts.other, { name: setAside.subject });

const Unread = ({ rows }: { rows: readonly Row[] }) => (
  <section class="card" aria-labelledby="unread">
    <h2 id="unread">{texts.unread}</h2>
    <Table
      caption={texts.unread}
      rows={rows}
      rowId={({ id }) => id}
      rowName={({ what }) => what}
      columns={[
        {
          id: 'what',
          head: texts.what,
          kind: 'main',
          cell: (row) => <strong>{row.what}</strong>,
        },
        { id: 'problem', head: texts.problem, cell: (row) => row.problem },
        { id: 'source', head: texts.source, cell: (row) => row.source },
        { id: 'seen', head: texts.seen, cell: (row) => instant(row.seenAt) },
      ]}
    />
  </section>
);
