import { useEffect } from 'preact/hooks';
import type { NeedCode, View } from '../../api.ts';
import { plural, say } from '../../i18n.ts';
import { LinkButton } from '../../parts/button.tsx';
import { Lazy } from '../../parts/lazy.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Await, Empty, ErrorBox, Notice } from '../../parts/states.tsx';
import { TaskTable } from '../../parts/task-table.tsx';
import { href, place, replace } from '../../router.ts';
import { dashboard } from '../../state/connection.ts';
import { useResource } from '../../state/resource.ts';
import { en } from '../../texts/en.ts';
import { sayWith } from '../../texts/words.ts';
import { askBillFrom } from './bill-from.ts';
import { Promise3 } from './promise.tsx';
import { Ready } from './ready.tsx';
import { Waiting } from './waiting.tsx';

/** Is it running? What needs me? What was written? What comes next? */
export function DashboardPage({ id }: { id: string }) {
  const from = useResource(dashboard, id);
  const wanted = place.value.query.ask;
  const known = from.value;
  useEffect(() => {
    if (wanted !== 'bill-from' || !known) return;
    replace(href(['c', id]));
    void askBillFrom(known.connection);
  }, [wanted, known === null]);
  return (
    <Await from={from} again={dashboard.reload}>
      {(view) => <Body view={view} />}
    </Await>
  );
}

const Body = ({ view }: { view: View.DashboardView }) => (
  <div class="dashboard">
    <div class="primary">
      <Troubles view={view} />
      {view.checklistDone ? (
        <h1 class="hidden">{en.dashboard.title}</h1>
      ) : (
        <Lazy load={() => import('./first-steps.tsx').then((at) => at.FirstSteps)} />
      )}
      {view.unclear.length > 0 && (
        <Lazy load={() => import('./unclear.tsx').then((at) => at.Unclear)} />
      )}
      <Needs view={view} />
      <Ready id={view.connection.id} ready={view.ready} />
      <Waiting of={view.waiting} />
    </div>
    <div class="secondary">
      <Lazy load={() => import('./secondary.tsx').then((at) => at.Secondary)} />
    </div>
    {view.checklistDone && <Promise3 />}
  </div>
);

function Troubles({ view }: { view: View.DashboardView }) {
  const { connection, running, awaiting } = view;
  return (
    <>
      {connection.failure && <ErrorBox error={connection.failure} />}
      {awaiting.map((run) => (
        <Notice
          key={run.id}
          tone="asks"
          action={
            <LinkButton small to={href(['c', connection.id, 'runs', run.id])}>
              {en.dashboard.look}
            </LinkButton>
          }
        >
          {say(en.dashboard.awaiting, { name: run.by })} <Moneys of={run.awaits?.totals ?? []} />
        </Notice>
      ))}
      {running && (
        <Notice
          action={
            <LinkButton small to={href(['c', connection.id, 'runs', running.id])}>
              {en.dashboard.look}
            </LinkButton>
          }
        >
          <p>
            {say(en.dashboard.running, {
              done: String(running.done),
              total: String(running.total),
            })}
          </p>
          <progress aria-label={en.dashboard.look} value={running.done} max={running.total} />
        </Notice>
      )}
    </>
  );
}

function Needs({ view: { needs, connection } }: { view: View.DashboardView }) {
  return (
    <section class="card" aria-labelledby="needs">
      <div class="head">
        <h2 id="needs">{en.dashboard.needs}</h2>
        {needs.total > 0 && (
          <span class="sum">
            {plural(en.dashboard.count, needs.total)} <Moneys of={needs.money} />
          </span>
        )}
      </div>
      {needs.total === 0 ? (
        <Empty title={en.dashboard.needsNone} help={en.dashboard.needsNoneHelp} />
      ) : (
        <>
          {needs.byCode.length > 1 && (
            <ul class="codes">
              {needs.byCode.map(({ code, count, money }) => (
                <li key={code}>
                  <NeedName code={code} id={connection.id} />
                  <span class="quiet">{plural(en.dashboard.count, count)}</span>
                  <Moneys of={money} />
                </li>
              ))}
            </ul>
          )}
          <TaskTable
            brief
            caption={en.dashboard.needs}
            connectionId={connection.id}
            rows={needs.rows}
          />
          {needs.total > needs.rows.length && (
            <LinkButton kind="quiet" to={href(['c', connection.id, 'tasks'], { view: 'needs' })}>
              {en.common.all}
            </LinkButton>
          )}
        </>
      )}
    </section>
  );
}

/** Where all questions of one kind are answered at once, if there is such a screen. */
const answeredAt: Partial<Record<NeedCode, readonly string[]>> = {
  'map-customer': ['mappings', 'customers'],
  'map-product': ['mappings', 'products'],
  opening: ['openings'],
};

function NeedName({ code, id }: { code: NeedCode; id: string }) {
  const screen = answeredAt[code];
  const text = sayWith(en.needs[code][0], { subject: en.dashboard.aProduct });
  return screen ? <a href={href(['c', id, ...screen])}>{text}</a> : <span>{text}</span>;
}
