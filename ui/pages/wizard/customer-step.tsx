import { useEffect } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';
import { TargetPicker } from '../../parts/target-picker.tsx';
import { ask } from '../../state/ask.ts';
import { changeCustomers, customers, mapCustomer, searchCompanies } from '../../state/mappings.ts';
import { settle } from '../../state/toasts.ts';
import { unmappedCustomers, type Work } from '../../state/wizard.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

const texts = wizardTexts.customer;

/** One picker for each customer that has no company yet. */
export const CustomerStep = ({ id, of }: { id: string; of: Work }) => (
  <>
    <h2>{sayWith(texts.title)}</h2>
    <p class="lead">{texts.lead}</p>
    {unmappedCustomers(of).map((customer) => (
      <One key={customer.id} id={id} customer={customer} />
    ))}
  </>
);

function One({ id, customer }: { id: string; customer: { id: string; name: string } }) {
  useEffect(() => {
    void customers.load(id, new URLSearchParams({ search: customer.name }).toString());
  }, [customer.id]);
  const row = customers.state.value.value?.rows.find((one) => one.id === customer.id);
  const create = async () => {
    const yes = await ask({
      title: sayWith(wizardTexts.picker.createCompanyTitle, { name: customer.name }),
      body: [sayWith(wizardTexts.picker.createCompanyBody)],
      yes: wizardTexts.picker.create,
    });
    if (!yes) return;
    await settle(
      changeCustomers(id, { do: 'create', ids: [customer.id] }),
      ({ failed }) => failed[0]?.message ?? wizardTexts.picker.created,
      'mappings',
      'tasks',
    );
  };
  return (
    <div class="block-of">
      <h3>{customer.name}</h3>
      <TargetPicker
        label={sayWith(wizardTexts.picker.searchCompany)}
        start={customer.name.split(' ')[0] ?? ''}
        find={(search) => searchCompanies(id, search)}
        suggestion={row?.suggestion}
        onPick={(target) =>
          settle(
            mapCustomer(id, customer.id, target.id),
            wizardTexts.picker.mapped,
            'mappings',
            'tasks',
          )
        }
      />
      <Button icon="plus" needs="operator" onClick={create}>
        {sayWith(wizardTexts.picker.createCompany)}
      </Button>
    </div>
  );
}
