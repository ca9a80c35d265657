import { useSignal } from '@preact/signals';
import type { DecisionValue, Scope } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { TargetPicker } from '../../parts/target-picker.tsx';
import { searchCustomers, searchProducts } from '../../state/mappings.ts';
import { settle } from '../../state/toasts.ts';
import { decide } from '../../state/wizard.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts } from '../../texts/en-mappings.ts';

const texts = mappingTexts.floor;
const kinds = ['product', 'customer', 'vendor'] as const;
const acts = ['hold', 'warn', 'off'] as const;
type Kind = (typeof kinds)[number];
type Act = (typeof acts)[number];

/** Says for a product, a customer or a vendor how much must be left over cost. */
export function AddFloor({ id }: { id: string }) {
  const open = useSignal(false);
  const show = (on: boolean) => {
    open.value = on;
  };
  return (
    <>
      <Button needs="operator" onClick={() => show(true)}>
        {texts.add}
      </Button>
      {open.value && <Form id={id} onClose={() => show(false)} />}
    </>
  );
}

function Form({ id, onClose }: { id: string; onClose: () => void }) {
  const kind = useSignal<Kind>('product');
  const chosen = useSignal<{ id: string; name: string } | null>(null);
  const act = useSignal<Act>('hold');
  const percent = useSignal('20');
  const isPercent = act.value === 'off' || /^\d{1,2}$/.test(percent.value);
  const save = async () => {
    if (chosen.value === null) return;
    const done = await settle(
      decide(id, scopeOf(kind.value, chosen.value.id), floorAs(act.value, Number(percent.value))),
      texts.saved,
      'mappings',
      'tasks',
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={texts.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{en.common.cancel}</Button>
          <Button
            kind="main"
            needs="operator"
            disabled={chosen.value === null || !isPercent}
            onClick={save}
          >
            {texts.save}
          </Button>
        </>
      }
    >
      <div class="form">
        <p class="quiet">{texts.lead}</p>
        <SelectField
          label={texts.kind}
          value={kind.value}
          choices={kinds.map((value) => ({ value, label: texts.kinds[value] }))}
          onChange={(value) => {
            kind.value = kinds.find((one) => one === value) ?? 'product';
            chosen.value = null;
          }}
        />
        {chosen.value === null ? (
          <TargetPicker
            key={kind.value}
            label={texts.pick}
            start=""
            find={(search) =>
              kind.value === 'customer'
                ? searchCustomers(id, search, ({ billedBy }) => billedBy === id)
                : searchProducts(id, kind.value, search)
            }
            onPick={(one) => {
              chosen.value = one;
            }}
          />
        ) : (
          <p>
            <strong>{chosen.value.name}</strong>{' '}
            <Button
              small
              onClick={() => {
                chosen.value = null;
              }}
            >
              {mappingTexts.change}
            </Button>
          </p>
        )}
        <SelectField
          label={texts.act}
          value={act.value}
          choices={acts.map((value) => ({ value, label: texts.acts[value] }))}
          onChange={(value) => {
            act.value = acts.find((one) => one === value) ?? 'hold';
          }}
        />
        {act.value !== 'off' && (
          <TextField
            label={texts.percent}
            type="number"
            inputMode="numeric"
            value={percent.value}
            onChange={(text) => {
              percent.value = text;
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

function scopeOf(kind: Kind, subject: string): Scope {
  switch (kind) {
    case 'product':
      return { kind, productKey: subject };
    case 'customer':
      return { kind, customerId: subject };
    case 'vendor':
      return { kind, vendor: subject };
    default:
      return kind satisfies never;
  }
}

const floorAs = (act: Act, percent: number): DecisionValue =>
  act === 'off' ? { kind: 'margin', act } : { kind: 'margin', act, percent };
