import { useSignal } from '@preact/signals';
import type { FeeKind, View } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { ItemForm } from '../../parts/item-form.tsx';
import { TargetPicker } from '../../parts/target-picker.tsx';
import { mapProduct, searchItems } from '../../state/mappings.ts';
import { settle } from '../../state/toasts.ts';
import { unmappedProducts, type Work } from '../../state/wizard.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

const texts = wizardTexts.product;
type Product = View.TaskView['products'][number];

/** One picker for each product that has no item yet, and one for each of its fees on request. */
export const ProductStep = ({ id, of }: { id: string; of: Work }) => (
  <>
    <h2>{sayWith(texts.title)}</h2>
    <p class="lead">{texts.lead}</p>
    {unmappedProducts(of).map((product) => (
      <One key={product.productKey} id={id} product={product} />
    ))}
  </>
);

function One({ id, product }: { id: string; product: Product }) {
  const fees = product.fees.filter((fee) => fee !== 'recurring');
  return (
    <div class="block-of">
      <h3>{product.name}</h3>
      <Pick id={id} product={product} fee={null} />
      {fees.map((fee) => (
        <details key={fee}>
          <summary>
            {texts.fees[fee]}: {texts.feeApart}
          </summary>
          <Pick id={id} product={product} fee={fee} />
        </details>
      ))}
    </div>
  );
}

function Pick({ id, product, fee }: { id: string; product: Product; fee: FeeKind | null }) {
  const adding = useSignal(false);
  return (
    <>
      <TargetPicker
        label={sayWith(wizardTexts.picker.searchItem)}
        start={product.name.split(' ')[0] ?? ''}
        find={(search) => searchItems(id, search)}
        onPick={(target) =>
          settle(
            mapProduct(id, product.productKey, fee, target.id),
            wizardTexts.picker.mapped,
            'mappings',
            'tasks',
          )
        }
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
      {adding.value && (
        <ItemForm
          connectionId={id}
          product={{ ...product, fee, partNumber: null }}
          onClose={() => {
            adding.value = false;
          }}
        />
      )}
    </>
  );
}
