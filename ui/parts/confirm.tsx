import { useSignal } from '@preact/signals';
import { type Question, question, type Yes } from '../state/ask.ts';
import { en } from '../texts/en.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

/** Shows the open question, if there is one. */
export function Confirm() {
  const open = question.value;
  return open && <Ask key={open.title} about={open} answer={open.answer} />;
}

function Ask({ about, answer }: { about: Question; answer: (yes: Yes | null) => void }) {
  const reason = useSignal('');
  const until = useSignal('');
  const date = useSignal(about.date?.value ?? '');
  const ready = (!about.reason || reason.value.trim() !== '') && (!about.date || date.value !== '');
  const yes = () =>
    answer({ reason: reason.value.trim(), until: until.value || null, date: date.value });
  return (
    <Dialog
      title={about.title}
      onClose={() => answer(null)}
      foot={
        <>
          <Button onClick={() => answer(null)}>{en.common.cancel}</Button>
          <Button kind={about.danger ? 'danger' : 'main'} disabled={!ready} onClick={yes}>
            {about.yes}
          </Button>
        </>
      }
    >
      {about.body.map((text) => (
        <p key={text} class="told">
          {text}
        </p>
      ))}
      {about.reason && (
        <Field label={about.reason}>
          {(id) => (
            <input
              id={id}
              maxLength={300}
              value={reason}
              onInput={(event) => {
                reason.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      )}
      {about.date && (
        <Field label={about.date.label}>
          {(id) => (
            <input
              id={id}
              type="date"
              value={date}
              onInput={(event) => {
                date.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      )}
      {about.until && (
        <Field label={en.common.until}>
          {(id) => (
            <input
              id={id}
              type="date"
              value={until}
              onInput={(event) => {
                until.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}
