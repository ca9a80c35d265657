import { plural, say } from '../../i18n.ts';
import { ask } from '../../state/ask.ts';
import { changeCustomers } from '../../state/mappings.ts';
import { connectionName, may, shell } from '../../state/shell.ts';
import { mappingTexts } from '../../texts/en-mappings.ts';
import { settleBulk } from './bulk.ts';

const texts = mappingTexts.whoBills;

interface Customer {
  id: string;
  name: string;
  billedBy: string | null;
}

/** Whether there is anything to choose: one connection bills everybody. */
export const isShared = (): boolean => (shell.state.value.value?.connections.length ?? 0) > 1;

/** Who bills a customer, where several connections could; at most one does. */
export function WhoBills({ id, row }: { id: string; row: Customer }) {
  if (!isShared()) return null;
  const here = row.billedBy === id;
  return (
    <div>
      <label class="switch">
        <input
          type="checkbox"
          checked={here}
          disabled={!may('operator')}
          onChange={(event) => {
            event.currentTarget.checked = here;
            void (here ? leaveToNobody(id, row) : billHere(id, [row]));
          }}
        />
        <span>
          {texts.here}
          <span class="hidden">: {row.name}</span>
        </span>
      </label>
      {!here && (
        <span class="quiet small block">
          {row.billedBy === null ? texts.nobody : say(texts.by, { name: nameOf(row.billedBy) })}
        </span>
      )}
    </div>
  );
}

/** Bills customers from here, after saying who did until now and what stays there. */
export async function billHere(id: string, customers: readonly Customer[]): Promise<boolean> {
  const [only] = customers.length === 1 ? customers : [];
  const others = [...new Set(customers.map(({ billedBy }) => billedBy))].filter(
    (one) => one !== null && one !== id,
  );
  const yes = await ask({
    title: only ? say(texts.title, { name: only.name }) : plural(texts.titleMany, customers.length),
    body: [
      ...others.map((one) => say(texts.until, { name: nameOf(one) })),
      texts.from,
      ...(others.length > 0 ? [texts.open] : []),
    ],
    yes: texts.yes,
  });
  if (!yes) return false;
  const ids = customers.map((one) => one.id);
  return settleBulk(changeCustomers(id, { do: 'bills', ids, on: true }), texts.done);
}

async function leaveToNobody(id: string, { id: customerId, name }: Customer): Promise<void> {
  const yes = await ask({
    title: say(texts.leaveTitle, { name }),
    body: [texts.leave],
    yes: texts.leaveYes,
    danger: true,
  });
  if (yes) await settleBulk(changeCustomers(id, { do: 'bills', ids: [customerId], on: false }));
}

function nameOf(id: string | null): string {
  const found = shell.state.value.value?.connections.find((one) => one.id === id);
  return found ? connectionName(found) : '';
}
