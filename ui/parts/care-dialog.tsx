import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { plural } from '../i18n.ts';
import { caring, people, saveCare } from '../state/care.ts';
import { useResource } from '../state/resource.ts';
import { settle } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { careTexts as texts } from '../texts/en-care.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { AreaField, SelectField, TextField } from './field.tsx';

interface CareOptions {
  id: string;
  rows: readonly View.TaskRow[];
  onDone: () => void;
}

/** Who looks after the chosen orders, what is noted, and until when they are put off. */
export function CareDialog(options: CareOptions) {
  const ids = caring.value;
  return ids && <Arrange key={ids.join(' ')} ids={ids} {...options} />;
}

function Arrange({ ids, id, rows, onDone }: CareOptions & { ids: readonly string[] }) {
  const known = useResource(people);
  // One order shows what is arranged; several begin with nothing.
  const care = ids.length === 1 ? rows.find((row) => row.id === ids[0])?.care : undefined;
  const assignee = useSignal(care?.assignee?.id ?? '');
  const note = useSignal(care?.note?.text ?? '');
  const until = useSignal(care?.snoozedUntil ?? '');
  // Of several, what is left empty stays as it is for each.
  const emptied = ids.length === 1 ? null : undefined;
  const close = () => {
    caring.value = null;
  };
  const save = async () => {
    const done = await settle(
      saveCare(id, {
        taskIds: [...ids],
        assigneeId: assignee.value || emptied,
        note: note.value.trim() || emptied,
        snoozedUntil: until.value || emptied,
      }),
      ({ changed }) => plural(texts.saved, changed),
      'tasks',
      'connection',
    );
    if (!done) return;
    close();
    onDone();
  };
  return (
    <Dialog
      title={plural(texts.title, ids.length)}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{en.common.cancel}</Button>
          <Button kind="main" needs="operator" onClick={save}>
            {texts.save}
          </Button>
        </>
      }
    >
      <p class="lead">{texts.lead}</p>
      <div class="form">
        <SelectField
          label={texts.assignee}
          value={assignee.value}
          choices={[
            { value: '', label: texts.nobody },
            ...(known.value ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(value) => {
            assignee.value = value;
          }}
        />
        <TextField
          label={texts.snooze}
          help={texts.snoozeHelp}
          type="date"
          value={until.value}
          onChange={(value) => {
            until.value = value;
          }}
        />
        <AreaField
          label={texts.note}
          help={texts.noteHelp}
          maxLength={500}
          value={note.value}
          onChange={(value) => {
            note.value = value;
          }}
        />
      </div>
    </Dialog>
  );
}
