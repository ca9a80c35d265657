import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { plural } from '../../i18n.ts';
import { LinkButton } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { TaskTable } from '../../parts/task-table.tsx';
import { href } from '../../router.ts';
import { readyTasks } from '../../state/connection.ts';
import { useResource } from '../../state/resource.ts';
import { may } from '../../state/shell.ts';
import { en } from '../../texts/en.ts';

const shownMax = 8;

/** What can be written now: one, some or all, always with a preview first. */
export function Ready({ id, ready }: { id: string; ready: View.DashboardView['ready'] }) {
  const from = useResource(readyTasks, id);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  return (
    <section class="card" aria-labelledby="ready">
      <div class="head">
        <h2 id="ready">{en.dashboard.ready}</h2>
        {ready.total > 0 && (
          <span class="sum">
            {plural(en.dashboard.count, ready.total)} <Moneys of={ready.money} />
          </span>
        )}
      </div>
      {ready.total === 0 ? (
        <Empty title={en.dashboard.readyNone} help={en.dashboard.readyNoneHelp} />
      ) : (
        <>
          {may('operator') && (
            <div class="buttons">
              <LinkButton kind="main" to={href(['c', id, 'sync-all'])}>
                {en.dashboard.syncAll}
              </LinkButton>
              {chosen.value.size > 0 && (
                <LinkButton to={href(['c', id, 'wizard'], { tasks: [...chosen.value].join(',') })}>
                  {en.dashboard.syncSelected} ({chosen.value.size})
                </LinkButton>
              )}
            </div>
          )}
          <Await from={from} again={readyTasks.reload}>
            {({ rows }) => (
              <TaskTable
                brief
                caption={en.dashboard.ready}
                connectionId={id}
                rows={rows.slice(0, shownMax)}
                selection={
                  may('operator')
                    ? {
                        chosen: chosen.value,
                        onChange: (next) => {
                          chosen.value = next;
                        },
                      }
                    : undefined
                }
              />
            )}
          </Await>
          {ready.total > shownMax && (
            <LinkButton kind="quiet" to={href(['c', id, 'tasks'], { view: 'ready' })}>
              {en.common.all}
            </LinkButton>
          )}
        </>
      )}
    </section>
  );
}
