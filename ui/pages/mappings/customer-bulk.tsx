import { plural } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { ask } from '../../state/ask.ts';
import { changeCustomers, customers } from '../../state/mappings.ts';
import { connection, words } from '../../state/shell.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { sayWith } from '../../texts/words.ts';
import { switchAutomatic } from './automatic.tsx';
import { settleBulk } from './bulk.ts';
import { BulkActions } from './bulk-actions.tsx';
import { billHere, isShared } from './who-bills.tsx';

/** What can be done with the ticked customers. */
export function CustomerBulk({ id, ids, done }: { id: string; ids: string[]; done: () => void }) {
  const named = (customers.state.value.value?.rows ?? []).filter((row) => ids.includes(row.id));
  const create = async () => {
    const facts = { company: words.value.company };
    const yes = await ask({
      title: plural(texts.createTitle, ids.length, facts),
      body: [sayWith(texts.createBody)],
      yes: sayWith(texts.create),
    });
    if (yes && (await settleBulk(changeCustomers(id, { do: 'create', ids }), texts.created)))
      done();
  };
  const bill = async () => {
    if (await billHere(id, named)) done();
  };
  return (
    <BulkActions kind="customers" ids={ids} change={(act) => changeCustomers(id, act)} done={done}>
      <Button small onClick={create}>
        {sayWith(texts.create)}
      </Button>
      <Button
        small
        needs="operator"
        disabled={connection.value?.mayApprove !== true}
        onClick={() => switchAutomatic(id, named, true)}
      >
        {texts.automaticOn}
      </Button>
      <Button small onClick={() => switchAutomatic(id, named, false)}>
        {texts.automaticOff}
      </Button>
      {isShared() && (
        <Button small needs="operator" onClick={bill}>
          {texts.whoBills.yes}
        </Button>
      )}
    </BulkActions>
  );
}
