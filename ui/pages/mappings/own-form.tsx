import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { TargetPicker } from '../../parts/target-picker.tsx';
import { searchCustomers, searchItems } from '../../state/mappings.ts';
import { addOwnCharge, changeOwnCharge, type OwnDraft } from '../../state/own-charges.ts';
import { settings } from '../../state/settings.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { ownTexts } from '../../texts/en-own.ts';
import { cadence } from './cadence.ts';

const texts = ownTexts.form;
const textMax = 300;
const cadences = [null, 1, 2, 3, 6, 12];

interface Form {
  customer: { id: string; name: string } | null;
  description: string;
  quantity: string;
  unitPrice: string;
  currency: string;
  everyMonths: number | null;
  from: string;
  until: string;
  item: { id: string; name: string } | null;
  accountCode: string;
  taxType: string;
}

/** Adds an own charge, or changes the words, price and place of one from a day on. */
export function OwnChargeForm({
  id,
  row,
  today,
  currencies,
  onClose,
}: {
  id: string;
  row: View.OwnChargeView | null;
  today: string;
  currencies: readonly string[];
  onClose: () => void;
}) {
  const form = useSignal(startOf(row, today, currencies));
  const set = (changed: Partial<Form>) => {
    form.value = { ...form.value, ...changed };
  };
  useEffect(() => {
    void settings.load(id).then(() => {
      const usual = settings.state.value.value?.settings.accountCode;
      if (row === null && usual && form.value.accountCode === '') set({ accountCode: usual });
    });
  }, []);
  const save = async () => {
    const done = await settle(
      row === null
        ? addOwnCharge(id, draftOf(form.value))
        : changeOwnCharge(id, row.id, stepOf(form.value)),
      ownTexts.saved,
      'mappings',
      'tasks',
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={row === null ? texts.add : say(texts.change, { number: row.number })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{en.common.cancel}</Button>
          <Button kind="main" needs="operator" disabled={!isWhole(form.value)} onClick={save}>
            {texts.save}
          </Button>
        </>
      }
    >
      <div class="form">
        {row === null && <Customer id={id} form={form} set={set} />}
        <Words form={form.value} set={set} />
        {row === null ? (
          <Start form={form.value} set={set} currencies={currencies} />
        ) : (
          <TextField
            label={texts.changeFrom}
            help={texts.changeFromHelp}
            type="date"
            value={form.value.from}
            onChange={(from) => set({ from })}
          />
        )}
        <Place id={id} form={form} set={set} />
      </div>
    </Dialog>
  );
}

interface Part {
  form: Form;
  set: (changed: Partial<Form>) => void;
}
type Live = Omit<Part, 'form'> & { id: string; form: Signal<Form> };

const Customer = ({ id, form, set }: Live) =>
  form.value.customer === null ? (
    <TargetPicker
      label={texts.pickCustomer}
      start=""
      find={(search) => searchCustomers(id, search, ({ billedBy }) => billedBy === id)}
      onPick={(customer) => set({ customer })}
    />
  ) : (
    <Chosen
      label={texts.customer}
      name={form.value.customer.name}
      clear={() => set({ customer: null })}
    />
  );

const Words = ({ form, set }: Part) => (
  <>
    <TextField
      label={texts.description}
      value={form.description}
      maxLength={textMax}
      onChange={(description) => set({ description })}
    />
    <TextField
      label={texts.quantity}
      inputMode="decimal"
      value={form.quantity}
      error={isQuantity(form.quantity) ? null : texts.number}
      onChange={(quantity) => set({ quantity })}
    />
    <TextField
      label={texts.unitPrice}
      help={texts.price}
      inputMode="decimal"
      value={form.unitPrice}
      error={form.unitPrice === '' || isPrice(form.unitPrice) ? null : texts.number}
      onChange={(unitPrice) => set({ unitPrice })}
    />
  </>
);

const Start = ({ form, set, currencies }: Part & { currencies: readonly string[] }) => (
  <>
    <SelectField
      label={texts.currency}
      value={form.currency}
      choices={currencies.map((value) => ({ value, label: value }))}
      onChange={(currency) => set({ currency })}
    />
    <SelectField
      label={texts.every}
      help={texts.everyHelp}
      value={String(form.everyMonths ?? '')}
      choices={cadences.map((months) => ({ value: String(months ?? ''), label: cadence(months) }))}
      onChange={(months) => set({ everyMonths: months === '' ? null : Number(months), until: '' })}
    />
    <TextField
      label={texts.from}
      help={texts.fromHelp}
      type="date"
      value={form.from}
      onChange={(from) => set({ from })}
    />
    {form.everyMonths !== null && (
      <TextField
        label={texts.until}
        type="date"
        value={form.until}
        onChange={(until) => set({ until })}
      />
    )}
  </>
);

function Place({ id, form, set }: Live) {
  const picking = useSignal(false);
  const choices = settings.state.value.value?.choices;
  const pick = (on: boolean) => {
    picking.value = on;
  };
  return (
    <>
      <p class="quiet">{texts.place}</p>
      {form.value.item !== null ? (
        <Chosen label={texts.item} name={form.value.item.name} clear={() => set({ item: null })} />
      ) : picking.value ? (
        <TargetPicker
          label={texts.pickItem}
          start=""
          find={(search) => searchItems(id, search)}
          onPick={(item) => {
            pick(false);
            set({ item });
          }}
        />
      ) : (
        <Button onClick={() => pick(true)}>{texts.pickItem}</Button>
      )}
      <SelectField
        label={texts.account}
        value={form.value.accountCode}
        choices={[
          { value: '', label: en.common.none },
          ...(choices?.accounts ?? []).map(({ code, name }) => ({
            value: code,
            label: `${code} · ${name}`,
          })),
        ]}
        onChange={(accountCode) => set({ accountCode })}
      />
      <SelectField
        label={texts.tax}
        value={form.value.taxType}
        choices={[
          { value: '', label: en.common.none },
          ...(choices?.taxRates ?? []).map(({ type, name }) => ({ value: type, label: name })),
        ]}
        onChange={(taxType) => set({ taxType })}
      />
    </>
  );
}

const Chosen = ({ label, name, clear }: { label: string; name: string; clear: () => void }) => (
  <p>
    <span class="quiet">{label}: </span>
    <strong>{name}</strong>{' '}
    <Button small onClick={clear}>
      {ownTexts.change}
      <span class="hidden">: {label}</span>
    </Button>
  </p>
);

const startOf = (
  row: View.OwnChargeView | null,
  today: string,
  currencies: readonly string[],
): Form => ({
  customer: row === null ? null : { id: row.customerId, name: row.customerName },
  description: row?.description ?? '',
  quantity: row?.quantity ?? '1',
  unitPrice: row?.unitPrice ?? '',
  currency: row?.amount.currency ?? currencies[0] ?? '',
  everyMonths: row === null ? 1 : row.everyMonths,
  from: row === null ? today : (row.next ?? row.from),
  until: row?.until ?? '',
  item: row?.item ?? null,
  accountCode: row?.accountCode ?? '',
  taxType: row?.taxType ?? '',
});

const isQuantity = (text: string): boolean => /^\d{1,12}(\.\d{1,4})?$/.test(text);
const isPrice = (text: string): boolean => /^-?\d{1,12}(\.\d{1,4})?$/.test(text);
const isWhole = ({ customer, description, quantity, unitPrice, from, item, accountCode }: Form) =>
  customer !== null &&
  description.trim() !== '' &&
  isQuantity(quantity) &&
  isPrice(unitPrice) &&
  from !== '' &&
  (item !== null || accountCode !== '');

const termsOf = ({ description, quantity, unitPrice, from, item, accountCode, taxType }: Form) => ({
  description: description.trim(),
  quantity,
  unitPrice,
  from,
  itemId: item?.id ?? null,
  accountCode: accountCode || null,
  taxType: taxType || null,
});
const stepOf = (form: Form) => ({ do: 'change' as const, ...termsOf(form) });
const draftOf = (form: Form): OwnDraft => ({
  ...termsOf(form),
  customerId: form.customer?.id ?? '',
  currency: form.currency,
  everyMonths: form.everyMonths,
  until: form.until || null,
});
