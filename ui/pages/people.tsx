import type { View } from '../api.ts';
import { instant, money, say } from '../i18n.ts';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { people, setGrant } from '../state/people.ts';
import { useResource } from '../state/resource.ts';
import { connection, may } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { peopleTexts as texts } from '../texts/en-people.ts';

/** Who has opened the app, and which operators may approve. */
export function PeoplePage() {
  const id = connection.value?.id ?? '';
  const from = useResource(people, id);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Await from={from} again={people.reload}>
        {(view) => (
          <section class="card">
            <p>{view.limit ? say(texts.limit, { amount: money(view.limit) }) : texts.noLimit}</p>
            {view.people.length === 0 ? (
              <Empty title={texts.none} help={texts.noneHelp} />
            ) : (
              <List id={id} rows={view.people} />
            )}
          </section>
        )}
      </Await>
    </>
  );
}

type Row = View.PeopleView['people'][number];

const List = ({ id, rows }: { id: string; rows: readonly Row[] }) => (
  <Table
    caption={texts.caption}
    rows={rows}
    rowId={(row) => row.id}
    rowName={({ name }) => name}
    columns={[
      { id: 'name', head: texts.name, kind: 'main', cell: ({ name }) => <strong>{name}</strong> },
      { id: 'last', head: texts.last, cell: ({ lastAt }) => instant(lastAt) },
      { id: 'grant', head: texts.grant, cell: (row) => <Granted id={id} row={row} /> },
    ]}
  />
);

function Granted({ id, row }: { id: string; row: Row }) {
  const change = async () => {
    const saved = await settle(setGrant(id, row.id, row.granted === null), texts.done, 'log');
    if (saved) people.put(saved);
  };
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          checked={row.granted !== null}
          disabled={!may('admin')}
          onChange={(event) => {
            event.currentTarget.checked = row.granted !== null;
            void change();
          }}
        />
        <span class="hidden">{say(texts.grantFor, { name: row.name })}</span>
      </label>
      {row.granted && (
        <span class="quiet small block">
          {say(texts.grantedBy, { name: row.granted.by, time: instant(row.granted.at) })}
        </span>
      )}
    </>
  );
}
