import { deepEqual, equal } from 'node:assert/strict';
import type { Store } from '../../server/domain/ports/store.ts';
import { charge, customer, link, logEntry, note, tenantA, wholeLog } from './world.ts';

/** Changes every home of records in one transaction, so that any half of it shows. */
export const commitWhole = (store: Store, number: number): Promise<void> =>
  store.transact(tenantA, (tx) => {
    tx.put('note', note('count', String(number)));
    tx.put('customer', customer('cu1', String(number)));
    tx.put('link', link(`l${number}`));
    tx.put('charge', charge(`ch${number}`, { placedOn: `2026-0${1 + (number % 8)}-01` }));
    tx.log(logEntry(String(number)));
  });

/** Everything of some first commits and nothing of the others; how many there are. Throws otherwise. */
export async function wholeCommits(store: Store): Promise<number> {
  const reader = await store.read(tenantA);
  const count = Number(reader.get('note', 'count')?.text ?? '0');
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  deepEqual(
    (await wholeLog(store, tenantA)).map(({ seq, subject }) => [seq, subject]),
    numbers.map((number) => [number, String(number)]),
  );
  equal(reader.get('customer', 'cu1')?.name, count === 0 ? undefined : String(count));
  deepEqual(
    reader.list('link').map(({ id }) => id),
    numbers.map((number) => `l${number}`),
  );
  deepEqual(
    reader
      .list('charge')
      .map(({ id }) => id)
      .sort(),
    numbers.map((number) => `ch${number}`).sort(),
  );
  return count;
}
