import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { plural, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Notice } from '../../parts/states.tsx';
import { type Kind, mappingFile, readCsv } from '../../state/mappings.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';

const fileBytesMax = 1_000_000;

/** Mappings out to a file, and in from one with a preview first. */
export function Csv({ id, kind }: { id: string; kind: Kind }) {
  const open = useSignal(false);
  return (
    <>
      <Button kind="quiet" onClick={() => saveFile(mappingFile(id, kind), `${kind}.csv`)}>
        {texts.csvOut}
      </Button>
      <Button
        kind="quiet"
        needs="operator"
        onClick={() => {
          open.value = true;
        }}
      >
        {texts.csvIn}
      </Button>
      {open.value && (
        <Import
          id={id}
          kind={kind}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}

function Import({ id, kind, onClose }: { id: string; kind: Kind; onClose: () => void }) {
  const text = useSignal('');
  const tooLarge = useSignal(false);
  const preview = useSignal<View.CsvPreviewView | null>(null);
  const read = async (file: File | undefined) => {
    preview.value = null;
    tooLarge.value = (file?.size ?? 0) > fileBytesMax;
    if (!file || tooLarge.value) return;
    text.value = await file.text();
    preview.value = await settle(readCsv(id, kind, text.value, false), null);
  };
  const apply = async () => {
    const done = await settle(
      readCsv(id, kind, text.value, true),
      ({ valid }) => plural(texts.csvApplied, valid),
      'mappings',
      'tasks',
    );
    if (done) onClose();
  };
  const seen = preview.value;
  return (
    <Dialog
      title={texts.csvTitle}
      wide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{en.common.cancel}</Button>
          <Button kind="main" disabled={!seen || seen.valid === 0} onClick={apply}>
            {plural(texts.csvApply, seen?.valid ?? 0)}
          </Button>
        </>
      }
    >
      <Field label={texts.csvFile} error={tooLarge.value ? texts.csvLarge : null}>
        {(field) => (
          <input
            id={field}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => void read(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
      {seen && (
        <Notice tone={seen.invalid > 0 ? 'asks' : 'info'}>
          {seen.changes.length === 0
            ? texts.csvNone
            : say(texts.csvPreview, { valid: String(seen.valid), invalid: String(seen.invalid) })}
        </Notice>
      )}
      <ul class="list">
        {seen?.changes.map((change) => (
          <li key={change.line}>
            <span>
              <span class="quiet">{say(texts.csvLine, { line: String(change.line) })}</span>{' '}
              <strong>{change.name}</strong>
              <span class="block">
                {change.from ?? texts.unmapped} → {change.to ?? texts.unmapped}
              </span>
              {change.problem && <span class="block wrong">{change.problem}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
