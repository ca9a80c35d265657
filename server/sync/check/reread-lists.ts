import type { Collection } from '../../domain/records.ts';
import type { Check } from './context.ts';
import { cursorId } from './names.ts';
import { isDue } from './set-aside.ts';

/** Which step reads the list that a kind of record is in. */
const stepOf: Readonly<Partial<Record<Collection, string>>> = {
  customer: 'customers',
  product: 'products',
  subscription: 'subscriptions',
  company: 'companies',
  item: 'items',
};
const steps: Readonly<Record<string, string | undefined>> = stepOf;

/**
 * Lets the lists be read whole again that hold a record which was set aside and is due: what comes by
 * changes alone would never bring it a second time.
 */
export async function rereadLists(check: Check): Promise<void> {
  const reader = await check.store.read(check.tenantId);
  const cursors = reader
    .list('keptRecord')
    .filter((kept) => isDue(kept, check))
    .flatMap(({ source, what }) => {
      const step = steps[what];
      return step === undefined ? [] : [cursorId(source, step)];
    })
    .filter((id) => reader.get('cursor', id) !== null);
  if (cursors.length === 0) return;
  await check.store.transact(check.tenantId, (tx) => {
    for (const id of new Set(cursors)) tx.remove('cursor', id);
  });
}
