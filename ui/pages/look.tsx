import type { View } from '../api.ts';
import { Button } from '../parts/button.tsx';
import { Pager } from '../parts/pager.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Await, Empty } from '../parts/states.tsx';
import { href, place, replace } from '../router.ts';
import { look, lookFile, startLook } from '../state/look.ts';
import { useResource } from '../state/resource.ts';
import { connection } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { lookTexts as texts } from '../texts/en-look.ts';
import { sayWith } from '../texts/words.ts';
import { LookFilters } from './look/filters.tsx';
import { FoundTable } from './look/found-table.tsx';
import { Progress } from './look/progress.tsx';
import { Totals } from './look/totals.tsx';

/** What is billed by hand beside what the marketplace sells: looked at, then answered one by one. */
export function LookPage() {
  const id = connection.value?.id ?? '';
  const { page = '', ...query } = place.value.query;
  const filter = new URLSearchParams({ ...query, ...(page && { page }) }).toString();
  const from = useResource(look, id, filter);
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        <span class="buttons">
          <Button onClick={() => saveFile(lookFile(id, filter), texts.csvName)}>{texts.csv}</Button>
          <Start id={id} view={from.value} />
        </span>
      </div>
      <p class="lead">
        {sayWith(from.value?.compares === 'open-lines' ? texts.openLead : texts.lead)}
      </p>
      <Await from={from} again={look.reload}>
        {(view) => (
          <>
            <Progress of={view} />
            {view.state !== 'never' && <Totals id={id} of={view} />}
            {view.state === 'never' ? (
              <section class="card">
                <Empty icon="search" title={texts.never} help={texts.neverHelp} />
              </section>
            ) : (
              <section class="card">
                <LookFilters
                  of={view}
                  query={query}
                  onChange={(next) => replace(href(['c', id, 'look'], { ...query, ...next }))}
                />
                {view.rows.length === 0 ? (
                  <Empty title={texts.none} help={texts.noneHelp} />
                ) : (
                  <FoundTable id={id} of={view} />
                )}
                <Pager
                  shown={view.rows.length}
                  total={view.total}
                  next={view.next}
                  page={page}
                  onPage={(at) => replace(href(['c', id, 'look'], { ...query, page: at }))}
                />
              </section>
            )}
          </>
        )}
      </Await>
    </>
  );
}

function Start({ id, view }: { id: string; view: View.LookView | null }) {
  const isBusy = view?.state === 'reading' || view?.state === 'waiting';
  return (
    <Button
      needs="operator"
      kind={view?.state === 'never' ? 'main' : 'plain'}
      icon="search"
      disabled={view === null || isBusy}
      onClick={() => settle(startLook(id), null, 'run')}
    >
      {view === null || view.state === 'never' ? texts.start : texts.again}
    </Button>
  );
}
