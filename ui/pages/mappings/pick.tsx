import { useSignal } from '@preact/signals';
import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ItemForm } from '../../parts/item-form.tsx';
import { TargetPicker } from '../../parts/target-picker.tsx';
import { ask } from '../../state/ask.ts';
import {
  changeCustomers,
  mapCustomer,
  mapProduct,
  searchCompanies,
  searchItems,
} from '../../state/mappings.ts';
import { notifyError, settle } from '../../state/toasts.ts';
import { type Thought, whatIf } from '../../state/what-if.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';
import { sentencesOf } from '../settings/foreseen.ts';
import { settleBulk } from './bulk.ts';

/** Chooses, changes or creates the company of one customer. */
export function PickCompany({
  id,
  row,
  onClose,
}: {
  id: string;
  row: Pick<View.CustomerMappingRow, 'id' | 'name' | 'target' | 'suggestion'>;
  onClose: () => void;
}) {
  const take = async (target: { id: string }) => {
    if (!(await mayRemap(id, row, { change: 'customer', customerId: row.id, targetId: target.id })))
      return;
    const done = await settle(
      mapCustomer(id, row.id, target.id),
      wizardTexts.picker.mapped,
      'mappings',
      'tasks',
    );
    if (done) onClose();
  };
  const create = async () => {
    const yes = await ask({
      title: sayWith(wizardTexts.picker.createCompanyTitle, { name: row.name }),
      body: [sayWith(wizardTexts.picker.createCompanyBody)],
      yes: wizardTexts.picker.create,
    });
    if (!yes) return;
    if (await settleBulk(changeCustomers(id, { do: 'create', ids: [row.id] }), texts.created))
      onClose();
  };
  return (
    <Dialog title={say(texts.chooseFor, { name: row.name })} onClose={onClose}>
      <TargetPicker
        label={sayWith(wizardTexts.picker.searchCompany)}
        start={row.name.split(' ')[0] ?? ''}
        find={(search) => searchCompanies(id, search)}
        suggestion={row.suggestion}
        onPick={take}
      />
      <Button icon="plus" needs="operator" onClick={create}>
        {sayWith(wizardTexts.picker.createCompany)}
      </Button>
    </Dialog>
  );
}

/** Chooses, changes or adds the item of one product or fee. */
export function PickItem({
  id,
  row,
  onClose,
}: {
  id: string;
  row: Pick<
    View.ProductMappingRow,
    'productKey' | 'name' | 'fee' | 'target' | 'suggestion' | 'partNumber'
  >;
  onClose: () => void;
}) {
  const adding = useSignal(false);
  const take = async (target: { id: string }) => {
    const { productKey, fee } = row;
    if (!(await mayRemap(id, row, { change: 'product', productKey, fee, targetId: target.id })))
      return;
    const done = await settle(
      mapProduct(id, row.productKey, row.fee, target.id),
      wizardTexts.picker.mapped,
      'mappings',
      'tasks',
    );
    if (done) onClose();
  };
  if (adding.value) return <ItemForm connectionId={id} product={row} onClose={onClose} />;
  return (
    <Dialog title={say(texts.chooseFor, { name: row.name })} onClose={onClose}>
      <TargetPicker
        label={sayWith(wizardTexts.picker.searchItem)}
        start={row.name.split(' ')[0] ?? ''}
        find={(search) => searchItems(id, search)}
        suggestion={row.suggestion}
        onPick={take}
      />
      <Button
        icon="plus"
        needs="operator"
        onClick={() => {
          adding.value = true;
        }}
      >
        {sayWith(wizardTexts.picker.addItem)}
      </Button>
    </Dialog>
  );
}

/** A change of target asks, and says what stays. */
async function mayRemap(
  id: string,
  row: { name: string; target: View.TargetView | null },
  change: Thought,
): Promise<boolean> {
  if (!row.target) return true;
  const foreseen = await whatIf(id, change);
  if (!foreseen.ok) {
    notifyError(foreseen.error);
    return false;
  }
  const yes = await ask({
    title: sayWith(texts.remapTitle, { name: row.name }),
    body: [sayWith(texts.remapBody), ...sentencesOf(foreseen.value)],
    yes: texts.change,
  });
  return yes !== null;
}
