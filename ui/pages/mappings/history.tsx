import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { View } from '../../api.ts';
import { day, instant, say } from '../../i18n.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { history, type Kind } from '../../state/mappings.ts';
import { notifyError } from '../../state/toasts.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';

/** Who mapped it to what, when, and from which date. */
export function HistoryDialog({
  id,
  kind,
  row,
  onClose,
}: {
  id: string;
  kind: Kind;
  row: { id: string; name: string };
  onClose: () => void;
}) {
  const rows = useSignal<View.MappingHistoryView[] | null>(null);
  useEffect(() => {
    void history(id, kind, row.id).then((result) => {
      if (result.ok) rows.value = result.value;
      else notifyError(result.error);
    });
  }, []);
  return (
    <Dialog title={say(texts.historyOf, { name: row.name })} onClose={onClose}>
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
