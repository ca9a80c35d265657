import { UndoDialog } from '../../parts/undo-dialog.tsx';
import { href, place } from '../../router.ts';
import { connection } from '../../state/shell.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { CustomersTab } from './customers.tsx';
import { KeptTab } from './kept.tsx';
import { OwnChargesTab } from './own-charges.tsx';
import { ProductsTab } from './products.tsx';

const tabs = ['customers', 'products', 'prices', 'own', 'excluded'] as const;

/** Which customer is which company, which product is which item, and what is kept apart. */
export function MappingsPage() {
  const id = connection.value?.id ?? '';
  const tab = tabs.find((one) => one === place.value.path[3]) ?? 'customers';
  return (
    <>
      <h1>{texts.title}</h1>
      <section class="card">
        <div class="tabs">
          {tabs.map((name) => (
            <a
              key={name}
              href={href(['c', id, 'mappings', name])}
              aria-current={name === tab ? 'page' : undefined}
            >
              {texts.tabs[name]}
            </a>
          ))}
        </div>
        {tab === 'customers' && <CustomersTab id={id} />}
        {tab === 'products' && <ProductsTab id={id} />}
        {tab === 'prices' && <KeptTab id={id} kind="price" />}
        {tab === 'own' && <OwnChargesTab id={id} />}
        {tab === 'excluded' && <KeptTab id={id} kind="exclude" />}
      </section>
      <UndoDialog />
    </>
  );
}
