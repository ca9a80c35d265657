import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { ErrorBox, Notice } from '../../parts/states.tsx';
import { go, href } from '../../router.ts';
import { connectWith, testCredentials } from '../../state/connect.ts';
import { settingsFor } from '../../state/dialogs.ts';
import { shell } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { pagesTexts } from '../../texts/en-pages.ts';

const texts = pagesTexts.connect;

type Form = NonNullable<View.ConsentView['credentials']>;
type Tested =
  | { step: 'untested' | 'testing' }
  | { step: 'reached'; account: string; lacks: readonly View.OptionalRightView[] }
  | { step: 'failed'; error: View.ErrorView };

/** The first step of a connection by typed fields; settings open behind it, then the mappings. */
export function CredentialsStep({
  view,
  form,
  again,
}: {
  view: View.ConsentView;
  form: Form;
  again: string | undefined;
}) {
  const given = useSignal<Record<string, string>>(likely(form));
  const tested = useSignal<Tested>({ step: 'untested' });
  const ready = form.fields.every(({ id, optional }) => optional || given.value[id]?.trim());
  const put = (id: string, value: string) => {
    given.value = { ...given.value, [id]: value };
    tested.value = { step: 'untested' };
  };
  const test = async () => {
    const asked = given.value;
    tested.value = { step: 'testing' };
    const done = await testCredentials(view.systemId, asked);
    // What was typed meanwhile has not been tested.
    if (given.value !== asked) return;
    tested.value = done.ok
      ? { step: 'reached', account: done.value.accountName, lacks: done.value.lacks }
      : { step: 'failed', error: done.error };
  };
  const take = async () => {
    const made = await settle(connectWith(view.systemId, given.value, again), texts.done);
    if (!made) return;
    await shell.reload();
    const known = shell.state.value.value?.connections.find(({ id }) => id === made.id);
    if (!known?.settingsSaved) settingsFor.value = made.id;
    go(href(['c', made.id]));
  };
  const state = tested.value;
  return (
    <section class="card">
      <h2>{say(texts.where, { system: view.name })}</h2>
      <ol class="bullets numbered">
        {form.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {form.warnings.map((warning) => (
        <Notice key={warning} tone="asks">
          <p>{warning}</p>
        </Notice>
      ))}
      <div class="form">
        {form.fields.map((field) =>
          field.kind === 'choice' ? (
            <SelectField
              key={field.id}
              label={labelOf(field)}
              help={field.help}
              value={given.value[field.id] ?? ''}
              choices={[
                { value: '', label: texts.pick },
                ...field.choices.map(({ value, name }) => ({ value, label: name })),
              ]}
              onChange={(value) => put(field.id, value)}
            />
          ) : (
            <TextField
              key={field.id}
              label={labelOf(field)}
              help={field.help}
              type={field.kind === 'secret' ? 'password' : 'text'}
              value={given.value[field.id] ?? ''}
              onChange={(value) => put(field.id, value)}
            />
          ),
        )}
      </div>
      {state.step === 'failed' && <ErrorBox error={state.error} again={test} />}
      {state.step === 'reached' && (
        <Notice>
          <p role="status">{say(texts.reached, { account: state.account })}</p>
          {state.lacks.map(({ scope, why, where }) => (
            <p key={scope}>{say(texts.lacks, { scope, why, where })}</p>
          ))}
        </Notice>
      )}
      <div class="buttons">
        <Button needs="admin" disabled={!ready || state.step === 'testing'} onClick={test}>
          {texts.test}
        </Button>
        <Button kind="main" needs="admin" disabled={!ready} onClick={take}>
          {texts.save}
        </Button>
        <LinkButton kind="quiet" to={again ? href(['c', again]) : '#/'}>
          {en.common.notNow}
        </LinkButton>
      </div>
    </section>
  );
}

/** Books mostly follow the clock of who connects them. */
function likely({ fields }: Form): Record<string, string> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const isKnown = fields.some(
    ({ id, choices }) => id === 'timeZone' && choices.some(({ value }) => value === timeZone),
  );
  return isKnown ? { timeZone } : {};
}

const labelOf = ({ name, optional }: Form['fields'][number]): string =>
  optional ? say(texts.optional, { name }) : name;
