import { useSignal } from '@preact/signals';
import type { Failure, View } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Await, ErrorBox, Notice } from '../../parts/states.tsx';
import { go, href } from '../../router.ts';
import { settingsFor } from '../../state/dialogs.ts';
import { reload, useResource } from '../../state/resource.ts';
import { type Settings, saveSettings, settings } from '../../state/settings.ts';
import { may } from '../../state/shell.ts';
import { notify } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';
import { mayChange } from './foreseen.ts';
import { Basics, More } from './form.tsx';
import { impossible, refusalText } from './impossible.ts';
import { mayTurnOn } from './turn-on.ts';

const close = () => {
  settingsFor.value = null;
};

/** Opens by itself after connecting and asks five things; later everything is behind the gear. */
export function SettingsDialog() {
  const id = settingsFor.value ?? '';
  const from = useResource(settings, id);
  const draft = useSignal<Settings | null>(null);
  const refused = useSignal<Failure | null>(null);
  const view = from.value;
  const shown = draft.value ?? view?.settings ?? null;
  const known = shown ? impossible(shown) : new Map<string, string>();
  const save = async () => {
    if (!shown) return;
    if (view?.saved && !(await mayChange(id, { change: 'settings', settings: shown }))) return;
    if (view && !(await mayTurnOn(id, view.settings, shown))) return;
    const result = await saveSettings(id, shown);
    if (!result.ok) {
      refused.value = result.error;
      return;
    }
    const first = !view?.saved;
    notify('ok', settingsTexts.saved, { next: settingsTexts.savedNext });
    settings.put(result.value);
    close();
    reload('shell', 'connection', 'tasks');
    if (first) go(href(['c', id], { ask: 'bill-from' }));
  };
  return (
    <Dialog
      title={view && !view.saved ? settingsTexts.firstTitle : settingsTexts.title}
      wide
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{en.common.cancel}</Button>
          <Button kind="main" needs="admin" disabled={!shown || known.size > 0} onClick={save}>
            {settingsTexts.save}
          </Button>
        </>
      }
    >
      <Await from={from} again={settings.reload}>
        {(value) => (
          <Form
            view={value}
            draft={shown ?? value.settings}
            refused={refused.value}
            known={known}
            change={(next) => {
              draft.value = next;
              refused.value = null;
            }}
          />
        )}
      </Await>
    </Dialog>
  );
}

function Form({
  view,
  draft,
  refused,
  known,
  change,
}: {
  view: View.SettingsView;
  draft: Settings;
  refused: Failure | null;
  known: ReadonlyMap<string, string>;
  change: (next: Settings) => void;
}) {
  const warned = view.warnings
    .filter(({ field }) => draft[field] === view.settings[field])
    .map(({ field, code }): [string, string] => [field, warningText(code)]);
  const field = refused?.facts?.field;
  const errors = new Map([...warned, ...known]);
  if (refused && field) errors.set(field, refusalText(refused.facts?.reason) ?? refused.message);
  const form = { view, draft, change, errors, disabled: !may('admin') };
  const basic = ['priceFrom', 'automatic', 'notifications', 'invoice', 'closingDay', 'accountCode'];
  const inMore = [...errors.keys()].some((id) => !basic.includes(id));
  return (
    <>
      {!view.saved && <p class="lead">{settingsTexts.first}</p>}
      {!may('admin') && <Notice>{settingsTexts.needsAdmin}</Notice>}
      {refused && <ErrorBox error={refused} />}
      <div class="form">
        <Basics {...form} />
      </div>
      <details open={inMore}>
        <summary>{settingsTexts.more}</summary>
        <div class="form">
          <More {...form} />
        </div>
      </details>
    </>
  );
}

const texts: Readonly<Record<string, string | undefined>> = settingsTexts.warnings;
const warningText = (code: string): string => sayWith(texts[code] ?? settingsTexts.warnings.other);
