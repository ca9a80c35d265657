import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { View } from '../../api.ts';
import { now } from '../../clock.ts';
import { day, instant, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ask } from '../../state/ask.ts';
import { history, type Kind } from '../../state/mappings.ts';
import { notifyError } from '../../state/toasts.ts';
import { lookAtUndo } from '../../state/undo.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { undoTexts } from '../../texts/en-undo.ts';

/** Who mapped it to what, when, and from which date. */
export function HistoryDialog({
  id,
  kind,
  row,
  onClose,
}: {
  id: string;
  kind: Kind;
  row: { id: string; name: string; productKey?: string };
  onClose: () => void;
}) {
  const rows = useSignal<View.MappingHistoryView[] | null>(null);
  useEffect(() => {
    void history(id, kind, row.id).then((result) => {
      if (result.ok) rows.value = result.value;
      else notifyError(result.error);
    });
  }, []);
  const takeBack = async () => {
    const first = `${new Date(now()).toISOString().slice(0, 8)}01`;
    const yes = await ask({
      title: say(undoTexts.sinceTitle, { name: row.name }),
      body: [undoTexts.sinceBody],
      yes: undoTexts.sinceNext,
      date: { label: undoTexts.since, value: first },
    });
    if (!yes) return;
    onClose();
    const { date: since } = yes;
    const choice =
      row.productKey === undefined
        ? { kind: 'customer' as const, customerId: row.id, since }
        : { kind: 'product' as const, productKey: row.productKey, since };
    await lookAtUndo(id, row.name, choice);
  };
  return (
    <Dialog
      title={say(texts.historyOf, { name: row.name })}
      onClose={onClose}
      foot={
        <Button needs="operator" onClick={takeBack}>
          {say(undoTexts.sinceTitle, { name: row.name })}
        </Button>
      }
    >
      {rows.value === null && <Skeleton />}
      {rows.value?.length === 0 && <p class="quiet">{texts.historyNone}</p>}
      <ul class="list">
        {rows.value?.map((one) => (
          <li key={one.at}>
            <span>
              {say(texts.historyRow, {
                by: one.by,
                time: instant(one.at),
                what: one.targetName
                  ? say(texts.historyMapped, { name: one.targetName, how: one.how })
                  : say(texts.historyUnmapped, { how: one.how }),
              })}
              {one.from && (
                <span class="quiet"> {say(texts.historyFrom, { date: day(one.from) })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
