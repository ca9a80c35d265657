import { day, plural, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Await } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { partFile, parts } from '../../state/log.ts';
import { useResource } from '../../state/resource.ts';
import { pagesTexts } from '../../texts/en-pages.ts';

const texts = pagesTexts.log;

/** What lies behind the oldest page: parts of the log that can be saved. */
export function Archive() {
  const from = useResource(parts);
  if (from.value?.length === 0) return null;
  return (
    <>
      <h2>{texts.archive}</h2>
      <p class="quiet">{texts.archiveLead}</p>
      <Await from={from} again={parts.reload}>
        {(rows) => (
          <Table
            caption={texts.archive}
            rows={rows}
            rowId={({ number }) => String(number)}
            rowName={({ from: first, to }) => daysOf(first, to)}
            columns={[
              {
                id: 'days',
                head: texts.days,
                kind: 'main',
                cell: (row) => <strong>{daysOf(row.from, row.to)}</strong>,
              },
              {
                id: 'entries',
                head: texts.entries,
                cell: (row) => plural(texts.part, row.entries),
              },
              {
                id: 'act',
                head: texts.savePart,
                kind: 'act',
                cell: (row) => (
                  <Button
                    small
                    needs="admin"
                    onClick={() => saveFile(partFile(row.number), nameOf(row.from, row.to))}
                  >
                    {texts.savePart}
                    <span class="hidden">: {daysOf(row.from, row.to)}</span>
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Await>
    </>
  );
}

const daysOf = (from: string, to: string): string =>
  from === to ? day(from) : say(texts.between, { from: day(from), to: day(to) });
const nameOf = (from: string, to: string): string => `action-log-${from}-${to}.csv`;
