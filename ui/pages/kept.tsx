import { instant } from '../i18n.ts';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { kept } from '../state/log.ts';
import { useResource } from '../state/resource.ts';
import { pagesTexts } from '../texts/en-pages.ts';

const texts = pagesTexts.kept;

/** What did not fit its schema: kept, counted, shown. */
export function KeptPage() {
  const from = useResource(kept);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <section class="card">
        <Await from={from} again={kept.reload}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={texts.none} />
            ) : (
              <Table
                caption={texts.title}
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
            )
          }
        </Await>
      </section>
    </>
  );
}
