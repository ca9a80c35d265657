import { useSignal } from '@preact/signals';
import type { TaskViewName, View } from '../api.ts';
import { plural, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, LinkButton } from '../parts/button.tsx';
import { CareDialog } from '../parts/care-dialog.tsx';
import { Pager } from '../parts/pager.tsx';
import { Search } from '../parts/search.tsx';
import { Await, Empty, Notice } from '../parts/states.tsx';
import { TaskTable } from '../parts/task-table.tsx';
import { UndoDialog } from '../parts/undo-dialog.tsx';
import { href, place, replace } from '../router.ts';
import { ask } from '../state/ask.ts';
import { openCare } from '../state/care.ts';
import { ignore, restore, tasks } from '../state/connection.ts';
import { useResource } from '../state/resource.ts';
import { connection, may } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { lookAtUndo } from '../state/undo.ts';
import { en } from '../texts/en.ts';
import { careTexts } from '../texts/en-care.ts';
import { pagesTexts } from '../texts/en-pages.ts';
import { undoTexts } from '../texts/en-undo.ts';

const views = ['needs', 'ready', 'waiting', 'snoozed', 'ignored', 'done', 'all'] as const;
const viewOf = (text: string | undefined): TaskViewName =>
  views.find((view) => view === text) ?? 'needs';

/** Every order as a task, by what it waits for. */
export function TasksPage() {
  const id = connection.value?.id ?? '';
  const query = place.value.query;
  const view = viewOf(query.view);
  const { search = '', page = '' } = query;
  const from = useResource(tasks, id, view, search, page);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const to = (changed: Record<string, string>) =>
    replace(href(['c', id, 'tasks'], { view, search, ...changed }));
  const choose = (next: ReadonlySet<string>) => {
    chosen.value = next;
  };
  return (
    <>
      <h1>{pagesTexts.tasks.title}</h1>
      <section class="card">
        <div class="tabs">
          {views.map((name) => (
            <a
              key={name}
              href={href(['c', id, 'tasks'], { view: name })}
              aria-current={name === view ? 'page' : undefined}
              onClick={() => choose(new Set())}
            >
              {pagesTexts.tasks.views[name]}
              <Count of={from.value?.counts[name]} />
            </a>
          ))}
        </div>
        <div class="tools">
          <Search
            key={view}
            label={pagesTexts.tasks.search}
            value={search}
            onSearch={(text) => to({ search: text })}
          />
          {chosen.value.size > 0 && <Bulk {...{ id, view, chosen: chosen.value, choose }} />}
        </div>
        {view === 'needs' && <SetAside of={from.value?.counts.setAside} />}
        <Await from={from} again={tasks.reload}>
          {({ rows, total, next }) =>
            rows.length === 0 ? (
              <Empty title={pagesTexts.tasks.none} help={pagesTexts.tasks.noneHelp} />
            ) : (
              <>
                <TaskTable
                  caption={pagesTexts.tasks.views[view]}
                  connectionId={id}
                  rows={rows}
                  act={(row) => row.state === 'synced' && <TakeBack id={id} row={row} />}
                  selection={
                    may('operator') && view !== 'done'
                      ? { chosen: chosen.value, onChange: choose }
                      : undefined
                  }
                />
                <Pager
                  shown={rows.length}
                  {...{ total, next, page }}
                  onPage={(at) => to({ page: at })}
                />
              </>
            )
          }
        </Await>
      </section>
      <UndoDialog />
      <CareDialog id={id} rows={from.value?.rows ?? []} onDone={() => choose(new Set())} />
    </>
  );
}

const TakeBack = ({ id, row }: { id: string; row: View.TaskRow }) => {
  const name = say(en.order, { number: row.orderNumber });
  return (
    <Button
      small
      needs="operator"
      onClick={() => lookAtUndo(id, name, { kind: 'order', orderId: row.orderId })}
    >
      {undoTexts.act}
      <span class="hidden">: {name}</span>
    </Button>
  );
};

/** What could not become a task is no row of this table; it asks beside it. */
const SetAside = ({ of = 0 }: { of: number | undefined }) =>
  of === 0 ? null : (
    <Notice tone="asks">
      <p>
        <a href={href(['kept'])}>{plural(pagesTexts.tasks.setAside, of)}</a>
      </p>
    </Notice>
  );

const Count = ({ of }: { of: number | undefined }) =>
  of === undefined ? null : <Badge>{of}</Badge>;

function Bulk({
  id,
  view,
  chosen,
  choose,
}: {
  id: string;
  view: TaskViewName;
  chosen: ReadonlySet<string>;
  choose: (next: ReadonlySet<string>) => void;
}) {
  const ids = [...chosen];
  const putAside = async () => {
    const yes = await ask({
      title: plural(pagesTexts.tasks.ignoreTitle, ids.length),
      body: [pagesTexts.tasks.ignoreBody],
      yes: pagesTexts.tasks.ignore,
      reason: en.common.reason,
    });
    if (!yes) return;
    const done = await settle(
      ignore(id, ids, yes.reason),
      ({ changed }) => plural(pagesTexts.tasks.ignored, changed),
      'tasks',
    );
    if (done) choose(new Set());
  };
  const takeBack = async () => {
    const done = await settle(
      restore(id, ids),
      ({ changed }) => plural(pagesTexts.tasks.restored, changed),
      'tasks',
    );
    if (done) choose(new Set());
  };
  return (
    <fieldset class="buttons">
      <legend class="hidden">{plural(en.common.selected, ids.length)}</legend>
      <span class="quiet" aria-hidden="true">
        {plural(en.common.selected, ids.length)}
      </span>
      {view === 'ignored' ? (
        <Button onClick={takeBack}>{pagesTexts.tasks.restore}</Button>
      ) : (
        <>
          <LinkButton kind="main" to={href(['c', id, 'wizard'], { tasks: ids.join(',') })}>
            {pagesTexts.tasks.sync}
          </LinkButton>
          <Button onClick={() => openCare(ids)}>{careTexts.open}</Button>
          <Button onClick={putAside}>{pagesTexts.tasks.ignore}</Button>
        </>
      )}
    </fieldset>
  );
}
