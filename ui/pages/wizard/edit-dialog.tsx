import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Edit, Scope, View } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { settings } from '../../state/settings.ts';
import { settle } from '../../state/toasts.ts';
import { decide, edited, type Work } from '../../state/wizard.ts';
import { en } from '../../texts/en.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

const texts = wizardTexts.edit;
const close = () => {
  edited.value = null;
};

/** Changes a line and asks how far that goes: only now, this subscription, this customer and product. */
export function EditDialog({ id, line, of }: { id: string; line: View.PlanLineView; of: Work }) {
  const draft = useSignal(draftOf(line));
  const reach = useSignal<Scope['kind']>('charge');
  useEffect(() => {
    void settings.load(id);
  }, []);
  const { edit, wrong } = editOf(line, draft.value);
  const scopes = scopesOf(line, of);
  const scope = scopes.find(({ kind }) => kind === reach.value);
  const changed = Object.keys(edit).length > 0;
  const set = (name: keyof Draft) => (value: string) => {
    draft.value = { ...draft.value, [name]: value };
  };
  const save = async () => {
    if (!scope) return;
    const done = await settle(
      decide(id, scope, { kind: 'edit', edit }),
      texts.saved,
      'tasks',
      'mappings',
    );
    if (done) close();
  };
  const numeric = { inputMode: 'decimal' } as const;
  return (
    <Dialog
      title={texts.title}
      wide
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{en.common.cancel}</Button>
          <Button kind="main" needs="operator" disabled={!changed || wrong.size > 0} onClick={save}>
            {texts.save}
          </Button>
        </>
      }
    >
      <TextField
        label={texts.description}
        value={draft.value.description}
        maxLength={3900}
        onChange={set('description')}
      />
      <div class="form">
        {(['quantity', 'unitPrice', 'discount'] as const).map((name) => (
          <TextField
            key={name}
            label={texts[name]}
            {...numeric}
            value={draft.value[name]}
            error={wrong.has(name) ? texts.number : null}
            onChange={set(name)}
          />
        ))}
        <SelectField
          label={texts.priceFrom}
          value={draft.value.priceFrom}
          choices={(['marketplace', 'system', 'person'] as const).map((value) => ({
            value,
            label: value === 'person' ? texts.asEntered : sayWith(texts[value]),
            disabled: value === 'person',
          }))}
          onChange={set('priceFrom')}
        />
        <Reference draft={draft.value} set={set} />
      </div>
      <fieldset class="options">
        <legend>{texts.reach}</legend>
        {scopes.map(({ kind }) => (
          <label key={kind} class="option">
            <input
              type="radio"
              name="reach"
              checked={reach.value === kind}
              onChange={() => {
                reach.value = kind;
              }}
            />
            {reachText(kind)}
          </label>
        ))}
      </fieldset>
      <p class="quiet small">{texts.reachHelp}</p>
    </Dialog>
  );
}

function Reference({
  draft,
  set,
}: {
  draft: Draft;
  set: (name: keyof Draft) => (value: string) => void;
}) {
  const choices = settings.state.value.value?.choices;
  const none = { value: '', label: en.common.none };
  return (
    <>
      <SelectField
        label={texts.account}
        value={draft.accountCode}
        choices={[
          none,
          ...(choices?.accounts ?? []).map(({ code, name }) => ({
            value: code,
            label: `${code} · ${name}`,
          })),
        ]}
        onChange={set('accountCode')}
      />
      <SelectField
        label={texts.tax}
        value={draft.taxType}
        choices={[
          none,
          ...(choices?.taxRates ?? []).map(({ type, name }) => ({ value: type, label: name })),
        ]}
        onChange={set('taxType')}
      />
    </>
  );
}

interface Draft {
  description: string;
  quantity: string;
  unitPrice: string;
  discount: string;
  priceFrom: string;
  accountCode: string;
  taxType: string;
}
const draftOf = (line: View.PlanLineView): Draft => ({
  description: line.description,
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  discount: line.discount?.kind === 'percent' ? line.discount.value : '',
  priceFrom: line.priceFrom,
  accountCode: line.accountCode ?? '',
  taxType: line.taxType ?? '',
});

const decimal = /^-?\d+(\.\d+)?$/;

/** Only what differs from the line goes into the decision. */
function editOf(line: View.PlanLineView, draft: Draft): { edit: Edit; wrong: ReadonlySet<string> } {
  const before = draftOf(line);
  const edit: Edit = {};
  const wrong = new Set<string>();
  const differs = (name: keyof Draft) => draft[name].trim() !== before[name];
  if (differs('description') && draft.description.trim())
    edit.description = draft.description.trim();
  for (const name of ['quantity', 'unitPrice'] as const)
    if (differs(name)) {
      const text = draft[name].trim();
      if (decimal.test(text)) edit[name] = text;
      else wrong.add(name);
    }
  if (differs('discount')) {
    const text = draft.discount.trim();
    if (text === '') edit.discount = null;
    else if (decimal.test(text)) edit.discount = { kind: 'percent', value: text };
    else wrong.add('discount');
  }
  if (differs('priceFrom') && (draft.priceFrom === 'marketplace' || draft.priceFrom === 'system'))
    edit.priceFrom = draft.priceFrom;
  if (differs('accountCode') && draft.accountCode) edit.accountCode = draft.accountCode;
  if (differs('taxType') && draft.taxType) edit.taxType = draft.taxType;
  return { edit, wrong };
}

function scopesOf(line: View.PlanLineView, of: Work): Scope[] {
  const plan = of.preview.plans.find(({ lines }) => lines.includes(line));
  const { chargeKey: key, revision, subscriptionId, productKey } = line;
  const scopes: Scope[] = [{ kind: 'charge', key, revision }];
  if (subscriptionId) scopes.push({ kind: 'subscription', subscriptionId, productKey });
  if (productKey && plan)
    scopes.push({ kind: 'customer-product', customerId: plan.customerId, productKey });
  return scopes;
}
const reachText = (kind: Scope['kind']) =>
  kind === 'subscription' || kind === 'customer-product'
    ? texts.reaches[kind]
    : texts.reaches.charge;
