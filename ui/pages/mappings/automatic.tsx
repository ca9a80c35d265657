import { plural, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Moneys } from '../../parts/money.tsx';
import { PlanList } from '../../parts/plan-list.tsx';
import { previewAutomatic, turningOn } from '../../state/automatic.ts';
import { changeCustomers } from '../../state/mappings.ts';
import { writable } from '../../state/run.ts';
import { words } from '../../state/shell.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { settleBulk } from './bulk.ts';

const syncTexts = pagesTexts.syncAll;

interface Customer {
  id: string;
  name: string;
}

/** Off at once; on only after seeing what it would write now. */
export const switchAutomatic = (id: string, customers: Customer[], on: boolean) =>
  on
    ? previewAutomatic(id, customers)
    : settleBulk(
        changeCustomers(id, { do: 'automatic', ids: customers.map((one) => one.id), on: false }),
      );

export function TurnOnDialog({ id }: { id: string }) {
  const state = turningOn.value;
  if (!state) return null;
  const { customers, preview } = state;
  const held = preview.plans.filter(({ needs }) => needs.length > 0);
  const close = () => {
    turningOn.value = null;
  };
  const yes = async () => {
    const ids = customers.map((one) => one.id);
    if (await settleBulk(changeCustomers(id, { do: 'automatic', ids, on: true }))) close();
  };
  return (
    <Dialog
      title={say(texts.automaticTitle, { name: nameOf(customers) })}
      wide
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{en.common.cancel}</Button>
          <Button kind="main" onClick={yes}>
            {texts.automaticYes}
          </Button>
        </>
      }
    >
      {preview.plans.length === 0 ? (
        <p>{texts.automaticNothing}</p>
      ) : (
        <>
          <p>{texts.automaticNow}</p>
          <p class="big">
            <Moneys of={preview.totals} />
          </p>
          <PlanList
            id="automatic-now"
            title={plural(en.dashboard.documents, preview.documents, {
              document: words.value.document,
            })}
            plans={writable(preview)}
          />
          {held.length > 0 && (
            <PlanList
              id="automatic-held"
              title={syncTexts.blocked}
              help={syncTexts.blockedHelp}
              plans={held}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

const nameOf = (customers: Customer[]) =>
  customers.length === 1
    ? (customers[0]?.name ?? '')
    : plural(texts.countCustomers, customers.length);
