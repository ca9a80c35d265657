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
import { RemapDialog, type Remapping } from './remap.tsx';

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
  const remapping = useSignal<Remapping | null>(null);
  const take = async ({ id: targetId }: { id: string }) => {
    const { id: customerId } = row;
    const fromNowOn = (from?: string) => mapCustomer(id, customerId, targetId, from);
    if (row.target)
      remapping.value = await thought(id, {
        change: { change: 'customer', customerId, targetId },
        fromNowOn,
        since: (since) => ({ kind: 'customer', customerId, targetId, since }),
      });
    else if (await settle(fromNowOn(), wizardTexts.picker.mapped, 'mappings', 'tasks')) onClose();
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
  if (remapping.value)
    return <RemapDialog {...{ id, row, onClose }} kind="customers" remapping={remapping.value} />;
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
    'id' | 'productKey' | 'name' | 'fee' | 'target' | 'suggestion' | 'partNumber'
  >;
  onClose: () => void;
}) {
  const adding = useSignal(false);
  const remapping = useSignal<Remapping | null>(null);
  const take = async ({ id: targetId }: { id: string }) => {
    const { productKey, fee } = row;
    const fromNowOn = (from?: string) => mapProduct(id, productKey, fee, targetId, from);
    if (row.target)
      remapping.value = await thought(id, {
        change: { change: 'product', productKey, fee, targetId },
        fromNowOn,
        since: (since) => ({ kind: 'product', productKey, fee, targetId, since }),
      });
    else if (await settle(fromNowOn(), wizardTexts.picker.mapped, 'mappings', 'tasks')) onClose();
  };
  if (remapping.value)
    return <RemapDialog {...{ id, row, onClose }} kind="products" remapping={remapping.value} />;
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

/** A change of target, with what it would have done; null where nobody can tell. */
async function thought(
  id: string,
  { change, ...remapping }: Omit<Remapping, 'foreseen'> & { change: Thought },
): Promise<Remapping | null> {
  const read = await whatIf(id, change);
  if (read.ok) return { ...remapping, foreseen: sentencesOf(read.value) };
  notifyError(read.error);
  return null;
}
