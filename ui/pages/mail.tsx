import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { instant, say } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { AreaField, SelectField, TextField } from '../parts/field.tsx';
import { Await, ErrorBox, Notice } from '../parts/states.tsx';
import { href } from '../router.ts';
import { type Mailing, mail, saveMail, testMail } from '../state/mail.ts';
import { useResource } from '../state/resource.ts';
import { connection, may } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { mailTexts as texts } from '../texts/en-mail.ts';
import { clockOf, minuteOf } from './settings/minutes.ts';

/** Whom the app writes to, when, and what it would say. */
export function MailPage() {
  const id = connection.value?.id ?? '';
  const from = useResource(mail, id);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p>
        <a href={href(['c', id, 'letters'])}>{texts.letters}</a>
        <br />
        <a href={href(['c', id, 'tickets'])}>{texts.tickets}</a>
      </p>
      <Await from={from} again={mail.reload}>
        {(view) => (
          <>
            {!view.configured && <Notice tone="asks">{texts.notConfigured}</Notice>}
            {view.failure && (
              <>
                <p>{say(texts.failed, { time: instant(view.failure.at) })}</p>
                <ErrorBox error={view.failure} />
              </>
            )}
            <Form key={id} id={id} of={view} />
            <section class="card" aria-labelledby="preview">
              <h2 id="preview">{texts.preview}</h2>
              <p>
                <strong>{view.preview.subject}</strong>
              </p>
              <pre class="letter">{view.preview.text}</pre>
            </section>
          </>
        )}
      </Await>
    </>
  );
}

const sevenInTheMorning = 7 * 60;

function Form({ id, of }: { id: string; of: View.MailView }) {
  const typed = useSignal(of.to.join('\n'));
  const draft = useSignal<Mailing>({ to: of.to, digestAt: of.digestAt, failures: of.failures });
  const disabled = !may('admin');
  const change = (next: Partial<Mailing>) => {
    draft.value = { ...draft.value, ...next };
  };
  const save = async () => {
    const saved = await settle(saveMail(id, draft.value), texts.saved, 'log');
    if (!saved) return;
    mail.put(saved);
    typed.value = saved.to.join('\n');
  };
  const test = async () => {
    const sent = await settle(testMail(id), texts.tested);
    if (sent) mail.put(sent);
  };
  const { digestAt, failures } = draft.value;
  return (
    <section class="card">
      <div class="form">
        <AreaField
          label={texts.to}
          help={texts.toHelp}
          disabled={disabled}
          value={typed.value}
          onChange={(text) => {
            typed.value = text;
            change({ to: text.split(/[\s,;]+/).filter(Boolean) });
          }}
        />
        <SelectField
          label={texts.digest}
          help={texts.digestHelp}
          disabled={disabled}
          value={digestAt === null ? 'off' : 'on'}
          choices={onOff(texts.digests)}
          onChange={(value) => change({ digestAt: value === 'on' ? sevenInTheMorning : null })}
        />
        {digestAt !== null && (
          <TextField
            label={say(texts.time, { zone: of.timeZone })}
            type="time"
            disabled={disabled}
            value={clockOf(digestAt)}
            onChange={(text) => change({ digestAt: minuteOf(text) })}
          />
        )}
        <SelectField
          label={texts.failures}
          help={texts.failuresHelp}
          disabled={disabled}
          value={failures ? 'on' : 'off'}
          choices={onOff(texts.failureChoices)}
          onChange={(value) => change({ failures: value === 'on' })}
        />
      </div>
      <div class="buttons">
        <Button kind="main" needs="admin" onClick={save}>
          {texts.save}
        </Button>
        <Button needs="admin" disabled={!of.configured || of.to.length === 0} onClick={test}>
          {texts.test}
        </Button>
        <span class="quiet">{texts.testHelp}</span>
      </div>
    </section>
  );
}

const onOff = ({ on, off }: { on: string; off: string }) => [
  { value: 'on', label: on },
  { value: 'off', label: off },
];
