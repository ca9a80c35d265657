import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/states.tsx';
import { go, href } from '../../router.ts';
import { chooseAccount, stopConnecting } from '../../state/connect.ts';
import { settingsFor } from '../../state/dialogs.ts';
import { shell } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { pagesTexts } from '../../texts/en-pages.ts';

const texts = pagesTexts.connect;

/** Several organisations: none is preselected. A single one is confirmed too. */
export function ChooseAccount({
  flowId,
  accounts,
}: {
  flowId: string;
  accounts: View.FlowView['accounts'];
}) {
  const [only] = accounts;
  const chosen = useSignal(accounts.length === 1 ? (only?.id ?? '') : '');
  const take = async () => {
    const made = await settle(chooseAccount(flowId, chosen.value), texts.done);
    if (!made) return;
    stopConnecting();
    await shell.reload();
    const known = shell.state.value.value?.connections.find(({ id }) => id === made.id);
    if (!known?.settingsSaved) settingsFor.value = made.id;
    go(href(['c', made.id]));
  };
  return (
    <>
      <h1>{texts.choose}</h1>
      <section class="card">
        {accounts.length === 0 && (
          <ErrorBox
            error={{
              code: 'connect.no-organisation',
              message: texts.noneAllowed,
              next: texts.noneAllowedHelp,
              said: null,
              requestId: '',
              retryAt: null,
            }}
            again={stopConnecting}
          />
        )}
        <fieldset class="options">
          <legend class="hidden">{texts.choose}</legend>
          {accounts.map(({ id, name }) => (
            <label key={id} class="option">
              <input
                type="radio"
                name="account"
                checked={chosen.value === id}
                onChange={() => {
                  chosen.value = id;
                }}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <p class="quiet">{accounts.length === 1 ? texts.confirmOne : texts.chooseHelp}</p>
        <div class="buttons">
          <Button kind="main" needs="admin" disabled={chosen.value === ''} onClick={take}>
            {texts.take}
          </Button>
          <Button onClick={stopConnecting}>{texts.cancel}</Button>
        </div>
      </section>
    </>
  );
}
