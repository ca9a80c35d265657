import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FeeKind } from '../api.ts';
import { createItems } from '../state/mappings.ts';
import { settings } from '../state/settings.ts';
import { settle } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { wizardTexts } from '../texts/en-wizard.ts';
import { sayWith } from '../texts/words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { SelectField, TextField } from './field.tsx';

const texts = wizardTexts.product;
const codeMax = 30;
const nameMax = 50;

/** "Add product to …": the few fields an item needs, with what is known filled in. */
export function ItemForm({
  connectionId,
  product,
  onClose,
}: {
  connectionId: string;
  product: { productKey: string; name: string; fee: FeeKind | null; partNumber: string | null };
  onClose: () => void;
}) {
  const code = useSignal((product.partNumber ?? product.name).slice(0, codeMax));
  const name = useSignal(product.name.slice(0, nameMax));
  const description = useSignal('');
  const price = useSignal('');
  const account = useSignal('');
  const tax = useSignal('');
  useEffect(() => {
    void settings.load(connectionId);
  }, []);
  const choices = settings.state.value.value?.choices;
  const wrongPrice = price.value !== '' && !/^\d+(\.\d{1,4})?$/.test(price.value);
  const create = async () => {
    const done = await settle(
      createItems(connectionId, [
        {
          productKey: product.productKey,
          fee: product.fee,
          draft: {
            code: code.value.trim(),
            name: name.value.trim(),
            description: description.value.trim() || null,
            price: price.value || null,
            accountCode: account.value || null,
            taxType: tax.value || null,
          },
        },
      ]),
      ({ failed }) => failed[0]?.message ?? wizardTexts.picker.created,
      'mappings',
      'tasks',
    );
    if (done && done.failed.length === 0) onClose();
  };
  const set = (field: { value: string }) => (value: string) => {
    field.value = value;
  };
  return (
    <Dialog
      title={sayWith(wizardTexts.picker.addItem)}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{en.common.cancel}</Button>
          <Button
            kind="main"
            needs="operator"
            disabled={!code.value.trim() || !name.value.trim() || wrongPrice}
            onClick={create}
          >
            {wizardTexts.picker.create}
          </Button>
        </>
      }
    >
      <div class="form">
        <TextField label={texts.code} value={code.value} maxLength={codeMax} onChange={set(code)} />
        <TextField label={texts.name} value={name.value} maxLength={nameMax} onChange={set(name)} />
        <TextField
          label={texts.price}
          value={price.value}
          inputMode="decimal"
          error={wrongPrice ? wizardTexts.edit.number : null}
          onChange={set(price)}
        />
        <SelectField
          label={texts.account}
          value={account.value}
          choices={[
            { value: '', label: en.common.none },
            ...(choices?.accounts ?? []).map((one) => ({
              value: one.code,
              label: `${one.code} · ${one.name}`,
            })),
          ]}
          onChange={set(account)}
        />
        <SelectField
          label={texts.tax}
          value={tax.value}
          choices={[
            { value: '', label: en.common.none },
            ...(choices?.taxRates ?? []).map((one) => ({ value: one.type, label: one.name })),
          ]}
          onChange={set(tax)}
        />
        <TextField
          label={texts.description}
          value={description.value}
          onChange={set(description)}
        />
      </div>
    </Dialog>
  );
}
