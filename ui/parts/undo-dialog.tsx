import type { View } from '../api.ts';
import { day, plural, say } from '../i18n.ts';
import { go, href } from '../router.ts';
import { settle } from '../state/toasts.ts';
import { takeBack, undoing } from '../state/undo.ts';
import { en } from '../texts/en.ts';
import { undoTexts as texts } from '../texts/en-undo.ts';
import { sayWith } from '../texts/words.ts';
import { Button, OutLink } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Money, Moneys } from './money.tsx';
import { Table } from './table.tsx';

/** What taking back does to every document, before anything happens. */
export function UndoDialog() {
  const state = undoing.value;
  if (!state) return null;
  const { connectionId, name, choice, preview } = state;
  const { documents, kept, totals, mapsBack, seen } = preview;
  const close = () => {
    undoing.value = null;
  };
  const yes = async () => {
    const run = await settle(takeBack(connectionId, choice, seen), texts.started, 'tasks', 'run');
    close();
    if (run) go(href(['c', connectionId, 'runs', run.id]));
  };
  return (
    <Dialog
      wide
      title={say(texts.title, { name })}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{en.common.cancel}</Button>
          <Button kind="danger" needs="operator" disabled={documents.length === 0} onClick={yes}>
            {texts.yes}
          </Button>
        </>
      }
    >
      {documents.length === 0 ? (
        <p>{sayWith(texts.nothing)}</p>
      ) : (
        <>
          <p>{sayWith(texts.lead)}</p>
          {mapsBack && <p>{say(texts.mapsBack, mapsBack)}</p>}
          <p class="big">
            <Moneys of={totals} />
          </p>
          <TakenBack rows={documents} />
        </>
      )}
      <Kept rows={kept} />
    </Dialog>
  );
}

/** What stays as it is, and why. */
export const Kept = ({ rows }: { rows: View.UndoPreviewView['kept'] }) =>
  rows.length === 0 ? null : (
    <>
      <h3>{texts.kept}</h3>
      <ul class="list">
        {rows.map((row) => (
          <li key={`${row.documentId} ${row.why}`}>
            <span>
              <Which row={row} /> <span class="block asks">{sayWith(texts.why[row.why])}</span>
            </span>
            <Money of={row.amount} />
          </li>
        ))}
      </ul>
    </>
  );

/** What happens to each document, a row each. */
export const TakenBack = ({ rows }: { rows: readonly View.UndoDocumentView[] }) => (
  <Table
    caption={texts.caption}
    rows={rows}
    rowId={({ documentId }) => documentId}
    rowName={({ number, documentId }) => number ?? documentId}
    columns={[
      {
        id: 'document',
        head: sayWith(texts.document),
        kind: 'main',
        cell: (row) => <Which row={row} />,
      },
      {
        id: 'what',
        head: texts.what,
        cell: ({ how, lines, dated, stays }) => (
          <>
            {plural(texts.how[how], lines, { date: dated ? day(dated) : '' })}
            {stays && <span class="block asks">{sayWith(texts.stays, { date: day(stays) })}</span>}
          </>
        ),
      },
      {
        id: 'amount',
        head: texts.amount,
        kind: 'end',
        cell: ({ amount }) => <Money of={amount} />,
      },
    ]}
  />
);

const Which = ({
  row: { url, number, documentId, customerName },
}: {
  row: Pick<View.UndoDocumentView, 'url' | 'number' | 'documentId' | 'customerName'>;
}) => (
  <>
    {url ? <OutLink to={url} name={number ?? documentId} /> : (number ?? documentId)}{' '}
    <span class="quiet">{customerName}</span>
  </>
);
