import type { View } from '../../api.ts';
import { instant, plural, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { LinkButton } from '../../parts/button.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href } from '../../router.ts';
import { useResource } from '../../state/resource.ts';
import { runs } from '../../state/run.ts';
import { words } from '../../state/shell.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { peopleTexts } from '../../texts/en-people.ts';

const texts = pagesTexts.runs;

export function RunList({ id }: { id: string }) {
  const from = useResource(runs, id);
  return (
    <>
      <h1>{texts.title}</h1>
      <section class="card">
        <Await from={from} again={runs.reload}>
          {(rows) =>
            rows.length === 0 ? <Empty title={texts.none} /> : <List id={id} rows={rows} />
          }
        </Await>
      </section>
    </>
  );
}

const List = ({ id, rows }: { id: string; rows: readonly View.RunView[] }) => (
  <Table
    caption={texts.title}
    rows={rows}
    rowId={(row) => row.id}
    rowName={(row) => row.id}
    columns={[
      {
        id: 'run',
        head: texts.one,
        kind: 'main',
        cell: (row) => (
          <>
            <strong class="block">{resultOf(row)}</strong>
            <span class="quiet">
              {texts.kinds[row.kind]} ·{' '}
              {say(texts.by, { name: row.by, time: instant(row.startedAt) })}
            </span>
          </>
        ),
      },
      {
        id: 'state',
        head: texts.state,
        cell: (row) => (
          <Badge tone={row.endedAt ? 'good' : row.awaits ? 'asks' : 'accent'}>
            {row.endedAt ? texts.finished : row.awaits ? peopleTexts.waits : texts.running}
          </Badge>
        ),
      },
      {
        id: 'act',
        head: texts.details,
        kind: 'act',
        cell: (row) => (
          <LinkButton small to={href(['c', id, 'runs', row.id])}>
            {texts.details}
            <span class="hidden"> {instant(row.startedAt)}</span>
          </LinkButton>
        ),
      },
    ]}
  />
);

/** How many documents were written, or taken back where it is an undo. */
export const resultOf = ({ kind, parts }: View.RunView): string =>
  plural(
    kind === 'undo' ? texts.takenBack : texts.result,
    parts.filter(({ state }) => state === 'written').length,
    { document: words.value.document },
  );
