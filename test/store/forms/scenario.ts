import type { Store } from '../../../server/domain/ports/store.ts';
import { SimulatedDisk } from '../simulated-disk.ts';
import {
  charge,
  customer,
  lease,
  link,
  logEntry,
  note,
  openOn,
  tenantA,
  tenantB,
} from '../world.ts';

/** Every kind of file, with work under way: the outbox of the last commits was not carried out. */
export async function written(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  const store = await openOn(disk);
  for (const number of [1, 2, 3]) await commit(store, number);
  await store.transact(tenantB, (tx) => tx.put('note', note('gone')));
  await store.redact(tenantB);
  disk.onCall = (call) =>
    call.operation === 'write' && !call.path.endsWith('hot.json.tmp') ? 'ENOSPC' : null;
  for (const number of [4, 5]) await commit(store, number);
  return disk.crash();
}

export const commit = (store: Store, number: number): Promise<void> =>
  store.transact(tenantA, (tx) => {
    tx.put('note', note('count', `Größe ${number} 😀`));
    tx.put('lease', lease(number));
    tx.put('customer', customer('cu1', String(number)));
    tx.put('link', link(`l${number}`, number === 2 ? 'freed' : 'live'));
    tx.put('charge', charge(`ch${number}`, { placedOn: `2026-0${number}-01` }));
    tx.log(logEntry(String(number), { facts: { said: `"${number}"` } }));
  });

/** The files as text by path. */
export const textsOf = (disk: SimulatedDisk): Record<string, string> =>
  Object.fromEntries(
    disk
      .paths()
      .filter((path) => !path.endsWith('writer.lock'))
      .map((path) => [path, new TextDecoder().decode(disk.peek(path) ?? undefined)]),
  );

export async function diskOf(texts: Readonly<Record<string, string>>): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  for (const [path, text] of Object.entries(texts)) {
    await disk.mkdir(path.slice(0, path.lastIndexOf('/')));
    const file = await disk.open(path, 'create');
    await file.write(new TextEncoder().encode(text));
    await file.sync();
    await disk.syncFolder(path.slice(0, path.lastIndexOf('/')));
  }
  return disk;
}
