import type { View } from '../../api.ts';
import { day, money, number, price, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, OutLink } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { linkOpening, openingLines } from '../../state/openings.ts';
import { useResource } from '../../state/resource.ts';
import { settle } from '../../state/toasts.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { sayWith } from '../../texts/words.ts';

const texts = pagesTexts.openings.link;
const rowId = ({ documentId, lineId }: View.OpeningLineView): string => `${documentId} ${lineId}`;

/** Lines written by hand beside what the marketplace has, for a person to say which is which. */
export function LinkDialog({
  id,
  of,
  onClose,
}: {
  id: string;
  of: View.OpeningView;
  onClose: () => void;
}) {
  const from = useResource(openingLines, id, of.subscriptionId);
  const link = async (line: View.OpeningLineView) => {
    const done = await settle(
      linkOpening(id, of.subscriptionId, line),
      pagesTexts.openings.linked,
      'tasks',
    );
    if (done) onClose();
  };
  return (
    <Dialog wide title={say(texts.title, { name: of.name })} onClose={onClose}>
      <p>{texts.lead}</p>
      <Await from={from} again={openingLines.reload}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="search" title={texts.none} help={sayWith(texts.noneHelp)} />
          ) : (
            <Table
              caption={say(texts.title, { name: of.name })}
              rows={rows}
              rowId={rowId}
              rowName={({ text }) => text}
              columns={[
                {
                  id: 'there',
                  head: texts.there,
                  kind: 'main',
                  cell: (line) => <There line={line} />,
                },
                { id: 'here', head: texts.here, cell: (line) => <Here line={line} /> },
                {
                  id: 'act',
                  head: texts.act,
                  kind: 'act',
                  cell: (line) => (
                    <Button small onClick={() => link(line)}>
                      {texts.choose}
                      <span class="hidden">: {line.text}</span>
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Await>
    </Dialog>
  );
}

const There = ({ line }: { line: View.OpeningLineView }) => (
  <>
    <strong class="block">{line.text}</strong>
    <span class="block">
      {number(line.quantity)} × {price(line.unitPrice)} = {money(line.amount)}
    </span>
    <span class="quiet">
      {line.url ? <OutLink to={line.url} name={line.number ?? line.documentId} /> : line.number}{' '}
      {line.date && day(line.date)}
    </span>
  </>
);

/** What the marketplace has, and whatever of it is not as it was billed. */
function Here({ line }: { line: View.OpeningLineView }) {
  const { here } = line;
  if (!here) return null;
  const differs = [
    here.quantity !== line.quantity &&
      say(texts.seats, { there: number(line.quantity), here: number(here.quantity) }),
    here.unitPrice !== null &&
      here.unitPrice !== line.unitPrice &&
      say(texts.price, { there: price(line.unitPrice), here: price(here.unitPrice) }),
  ].filter((text) => text !== false);
  return (
    <>
      <span class="block">{here.name}</span>
      <span class="block">
        {number(here.quantity)}
        {here.unitPrice !== null && ` × ${price(here.unitPrice)}`}
        {here.amount && ` = ${money(here.amount)}`}
      </span>
      {differs.length === 0 ? (
        <Badge tone="good">{texts.same}</Badge>
      ) : (
        differs.map((text) => (
          <span key={text} class="block asks">
            {text}
          </span>
        ))
      )}
    </>
  );
}
