import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { instant, money, plural } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, LinkButton, OutLink } from '../parts/button.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Await, Empty, ErrorBox } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { UndoDialog } from '../parts/undo-dialog.tsx';
import { href, place, replace } from '../router.ts';
import { log, logFile, searched } from '../state/log.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/shell.ts';
import { auditTexts } from '../texts/en-audit.ts';
import { pagesTexts } from '../texts/en-pages.ts';
import { Archive } from './log/archive.tsx';
import { LogDetails } from './log/details.tsx';
import { Filters } from './log/filters.tsx';

const texts = pagesTexts.log;
const tones = { ok: 'good', asks: 'asks', waits: 'waits', failed: 'bad' } as const;

/** Newest first; older by cursor; filters in the address, so that a view can be shared. */
export function LogPage() {
  const query = place.value.query;
  const filter = new URLSearchParams(query).toString();
  const from = useResource(log, filter);
  const to = (changed: Record<string, string>) => replace(href(['log'], { ...query, ...changed }));
  const view = from.value;
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        <span class="buttons">
          {may('admin') && (
            <LinkButton kind="quiet" to={href(['audit'])}>
              {auditTexts.open}
            </LinkButton>
          )}
          <Button needs="admin" onClick={() => saveFile(logFile(filter), texts.csvName)}>
            {texts.csv}
          </Button>
        </span>
      </div>
      <p class="lead">{texts.lead}</p>
      <section class="card">
        <Filters query={query} search={(next) => replace(href(['log'], next))} />
        {query.text && (
          <p role="status" class="quiet">
            {(from.loading || view) && plural(texts.searched, searched.value)}
            {view && !view.complete && <>; {texts.incomplete}</>}
          </p>
        )}
        {from.loading && query.text && <progress aria-label={texts.searching} />}
        <Await from={from} again={log.reload}>
          {({ rows, next }) => (
            <>
              {rows.length === 0 ? (
                <Empty icon="search" title={texts.none} help={texts.noneHelp} />
              ) : (
                <Entries rows={rows} />
              )}
              <div class="pager">
                {query.before ? (
                  <Button onClick={() => to({ before: '' })}>{texts.newest}</Button>
                ) : (
                  <span />
                )}
                {next && <Button onClick={() => to({ before: next })}>{texts.older}</Button>}
              </div>
              {next === null && <Archive />}
            </>
          )}
        </Await>
      </section>
      <UndoDialog />
    </>
  );
}

function Entries({ rows }: { rows: readonly View.LogEntryView[] }) {
  const open = useSignal<number | null>(null);
  return (
    <Table
      caption={texts.title}
      rows={rows}
      rowId={({ seq }) => String(seq)}
      rowName={({ sentence }) => sentence}
      below={(row) => open.value === row.seq && <LogDetails of={row} />}
      columns={[
        {
          id: 'what',
          head: texts.what,
          kind: 'main',
          cell: (row) => (
            <>
              <span class="block">{row.sentence}</span>
              <span class="quiet small">
                {instant(row.at)} · {row.actor} · {texts.actions[row.action]}
              </span>
              {row.failure && <ErrorBox error={row.failure} />}
            </>
          ),
        },
        {
          id: 'result',
          head: texts.result,
          kind: 'bare',
          cell: (row) => <Badge tone={tones[row.result]}>{texts.results[row.result]}</Badge>,
        },
        {
          id: 'amount',
          head: texts.amount,
          kind: 'end',
          cell: (row) => row.amount && money(row.amount),
        },
        {
          id: 'act',
          head: texts.details,
          kind: 'act',
          cell: (row) => (
            <span class="buttons">
              {row.documentUrl && <OutLink to={row.documentUrl} name={row.subject} />}
              <Button
                small
                pressed={open.value === row.seq}
                onClick={() => {
                  open.value = open.value === row.seq ? null : row.seq;
                }}
              >
                {texts.details}
                <span class="hidden">: {row.sentence}</span>
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}
