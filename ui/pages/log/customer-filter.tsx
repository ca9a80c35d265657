import { useSignal } from '@preact/signals';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { TargetPicker } from '../../parts/target-picker.tsx';
import { searchCustomers } from '../../state/mappings.ts';
import { connection } from '../../state/shell.ts';
import { pagesTexts } from '../../texts/en-pages.ts';

const texts = pagesTexts.log;

/** One customer alone, found by name; the address keeps the id. */
export function CustomerFilter({ value, set }: { value: string; set: (id: string) => void }) {
  const opened = useSignal(false);
  const chosen = useSignal<{ id: string; name: string } | null>(null);
  const connectionId = connection.value?.id;
  if (connectionId === undefined) return null;
  const name = chosen.value?.id === value ? chosen.value.name : texts.oneCustomer;
  const take = (customer: { id: string; name: string } | null) => {
    chosen.value = customer;
    opened.value = false;
    set(customer?.id ?? '');
  };
  return (
    <>
      <Field label={texts.customer}>
        {(id) => (
          <button
            id={id}
            type="button"
            aria-haspopup="dialog"
            class="button"
            onClick={() => {
              opened.value = true;
            }}
          >
            {value === '' ? texts.any : name}
          </button>
        )}
      </Field>
      {opened.value && (
        <Dialog
          title={texts.customer}
          onClose={() => {
            opened.value = false;
          }}
          foot={<Button onClick={() => take(null)}>{texts.anyCustomer}</Button>}
        >
          <TargetPicker
            label={texts.pickCustomer}
            start=""
            find={(search) => searchCustomers(connectionId, search)}
            onPick={take}
          />
        </Dialog>
      )}
    </>
  );
}
