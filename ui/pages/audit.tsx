import type { View } from '../api.ts';
import { fill, instant, number, plural, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Await, Empty, Notice } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { href, place, replace } from '../router.ts';
import { audit, auditCheck, auditFile } from '../state/audit.ts';
import { useResource } from '../state/resource.ts';
import { auditTexts as texts } from '../texts/en-audit.ts';

/** The tenant's audit trail: newest first, older by position, and whether all of it is as it was written. */
export function AuditPage() {
  const { before = '' } = place.value.query;
  const from = useResource(audit, before);
  const to = (position: string) => replace(href(['audit'], { before: position }));
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        <Button needs="admin" onClick={() => saveFile(auditFile(before), texts.csvName)}>
          {texts.csv}
        </Button>
      </div>
      <p class="lead">{texts.lead}</p>
      <Whole />
      <section class="card">
        <Await from={from} again={audit.reload}>
          {({ rows, next }) => (
            <>
              {rows.length === 0 ? <Empty title={texts.none} /> : <Entries rows={rows} />}
              <div class="pager">
                {before ? <Button onClick={() => to('')}>{texts.newest}</Button> : <span />}
                {next && <Button onClick={() => to(next)}>{texts.older}</Button>}
              </div>
            </>
          )}
        </Await>
      </section>
    </>
  );
}

/** Said before the entries: a reader must know first whether to believe them. */
function Whole() {
  const from = useResource(auditCheck);
  if (from.loading && from.value === null)
    return (
      <p role="status" class="quiet">
        {texts.checking}
      </p>
    );
  return (
    <Await from={from} again={auditCheck.reload}>
      {({ fault, entries, checkedAt }) => (
        <Notice tone={fault ? 'bad' : 'good'}>
          <p>
            <strong>{fault ? texts.broken : plural(texts.whole, entries)}</strong>{' '}
            {say(texts.checkedAt, { time: instant(checkedAt) })}
          </p>
          {fault && (
            <p>
              {faultText(fault)} {texts.brokenNext}
            </p>
          )}
        </Notice>
      )}
    </Await>
  );
}

const Entries = ({ rows }: { rows: readonly View.AuditEntryView[] }) => (
  <Table
    caption={texts.title}
    rows={rows}
    rowId={({ position }) => String(position)}
    rowName={({ sentence }) => sentence}
    columns={[
      {
        id: 'what',
        head: texts.what,
        kind: 'main',
        cell: (row) => (
          <>
            <span class="block">{row.sentence}</span>
            <span class="quiet small">
              {instant(row.at)} · {row.actor ?? texts.nobody}
              {row.reason && <> · {row.reason}</>}
            </span>
          </>
        ),
      },
      {
        id: 'result',
        head: texts.result,
        kind: 'bare',
        cell: ({ outcome }) => (
          <Badge tone={outcome === 'ok' ? 'good' : 'bad'}>{texts.results[outcome]}</Badge>
        ),
      },
      {
        id: 'number',
        head: texts.number,
        kind: 'end',
        cell: ({ position }) => number(String(position)),
      },
    ]}
  />
);

const faultText = ({ kind, position }: NonNullable<View.AuditCheckView['fault']>): string =>
  fill(texts.faults[kind], { position: position === null ? '' : number(String(position)) });
