import { plural } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { ask } from '../../state/ask.ts';
import { changeCustomers, customers } from '../../state/mappings.ts';
import { connection, words } from '../../state/shell.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { sayWith } from '../../texts/words.ts';
import { switchAutomatic } from './automatic.tsx';
import { settleBulk } from './bulk.ts';
import { billHere, isShared } from './who-bills.tsx';

/** What can be done with the ticked customers. */
export function CustomerBulk({
  id,
  ids,
  done,
}: {
  id: string;
  ids: string[];
  done: (next: ReadonlySet<string>) => void;
}) {
  const named = (customers.state.value.value?.rows ?? []).filter((row) => ids.includes(row.id));
  const finish = async (change: Promise<boolean>) => {
    if (await change) done(new Set());
  };
  const create = async () => {
    const facts = { company: words.value.company };
    const yes = await ask({
      title: plural(texts.createTitle, ids.length, facts),
      body: [sayWith(texts.createBody)],
      yes: sayWith(texts.create),
    });
    if (yes) await finish(settleBulk(changeCustomers(id, { do: 'create', ids }), texts.created));
  };
  const unmap = async () => {
    const yes = await ask({
      title: plural(texts.unmapTitle, ids.length),
      body: [sayWith(texts.unmapBody)],
      yes: texts.unmap,
      danger: true,
    });
    if (yes) await finish(settleBulk(changeCustomers(id, { do: 'unmap', ids })));
  };
  const exclude = async () => {
    const yes = await ask({
      title: plural(texts.excludeTitle, ids.length),
      body: [texts.excludeBody],
      yes: texts.exclude,
      reason: en.common.reason,
      until: true,
    });
    if (!yes) return;
    const { reason, until } = yes;
    await finish(settleBulk(changeCustomers(id, { do: 'exclude', ids, reason, until })));
  };
  return (
    <fieldset class="buttons bulk">
      <legend class="hidden">{plural(en.common.selected, ids.length)}</legend>
      <span class="quiet" aria-hidden="true">
        {plural(en.common.selected, ids.length)}
      </span>
      <Button
        small
        onClick={() =>
          finish(settleBulk(changeCustomers(id, { do: 'confirm', ids }), texts.accepted))
        }
      >
        {texts.accept}
      </Button>
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
        <Button small needs="operator" onClick={() => finish(billHere(id, named))}>
          {texts.whoBills.yes}
        </Button>
      )}
      <Button small onClick={unmap}>
        {texts.unmap}
      </Button>
      <Button small onClick={exclude}>
        {texts.exclude}
      </Button>
    </fieldset>
  );
}
