import type { View } from '../api.ts';
import { money, plural, say } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { PlanList } from '../parts/plan-list.tsx';
import { Await, Empty, Notice } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { go, href } from '../router.ts';
import { useResource } from '../state/resource.ts';
import { previewAll, startRun, writable } from '../state/run.ts';
import { connection, words } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { pagesTexts } from '../texts/en-pages.ts';

const texts = pagesTexts.syncAll;

/** First the whole preview, then one confirm. */
export function SyncAllPage() {
  const id = connection.value?.id ?? '';
  const from = useResource(previewAll, id);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Await from={from} again={previewAll.reload}>
        {(preview) =>
          preview.plans.length === 0 ? (
            <section class="card">
              <Empty title={texts.none} help={texts.noneHelp} />
            </section>
          ) : (
            <Preview id={id} preview={preview} />
          )
        }
      </Await>
    </>
  );
}

function Preview({ id, preview }: { id: string; preview: View.PreviewView }) {
  const open = writable(preview);
  const blocked = preview.plans.filter(({ needs }) => needs.length > 0);
  const unusual = open.filter((plan) => plan.unusual.length > 0);
  const usual = open.filter((plan) => plan.unusual.length === 0);
  const confirm = async () => {
    const run = await settle(startRun(id, open), null, 'tasks', 'run');
    if (run) go(href(['c', id, 'runs', run.id]));
  };
  return (
    <>
      <Totals preview={preview} />
      {preview.alsoTaken.map(({ orderNumber, because }) => (
        <Notice key={orderNumber}>{say(texts.also, { number: orderNumber, because })}</Notice>
      ))}
      {unusual.length > 0 && <PlanList id="unusual" title={texts.unusual} plans={unusual} />}
      {blocked.length > 0 && (
        <PlanList
          id="blocked"
          title={texts.blocked}
          help={texts.blockedHelp}
          plans={blocked}
          connectionId={id}
        />
      )}
      {usual.length > 0 && <PlanList id="usual" title={texts.all} plans={usual} />}
      <div class="confirm">
        <Button
          kind="main"
          icon="check"
          needs="operator"
          disabled={open.length === 0}
          onClick={confirm}
        >
          {plural(texts.confirm, open.length, { document: words.value.document })}:{' '}
          {preview.totals.map(money).join(' + ')}
        </Button>
      </div>
    </>
  );
}

const Totals = ({ preview }: { preview: View.PreviewView }) => (
  <section class="card">
    <Table
      caption={texts.total}
      rows={preview.totals}
      rowId={({ currency }) => currency}
      rowName={({ currency }) => currency}
      columns={[
        { id: 'currency', head: texts.currency, kind: 'main', cell: ({ currency }) => currency },
        {
          id: 'last',
          head: texts.lastMonth,
          kind: 'end',
          cell: ({ currency }) => {
            const last = preview.lastMonth.find((one) => one.currency === currency);
            return <span class="quiet">{last ? money(last) : ''}</span>;
          },
        },
        {
          id: 'total',
          head: texts.total,
          kind: 'end',
          cell: (one) => <strong>{money(one)}</strong>,
        },
      ]}
    />
    <p class="quiet">
      {plural(en.dashboard.documents, preview.documents, { document: words.value.document })}
    </p>
  </section>
);
