import { expect, test } from 'vitest';
import { SimulatedDisk } from './simulated-disk.ts';
import { customer, logEntry, note, openOn, tenantA } from './world.ts';

const secret = 'hunter2';

/** Every file whose bytes hold the secret. */
const holding = (disk: SimulatedDisk): string[] =>
  disk
    .paths()
    .filter((path) => new TextDecoder().decode(disk.peek(path) ?? undefined).includes(secret))
    .map((path) => path.slice(path.lastIndexOf('/') + 1));

test('C14: a secret that was removed is in no file any more after the next commit', async () => {
  const disk = new SimulatedDisk();
  const store = await openOn(disk);
  await store.transact(tenantA, (tx) => {
    tx.put('note', note('token', secret));
    tx.put('customer', customer('cu1', secret));
    tx.log(logEntry('connected'));
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(holding(disk)).toContain('hot.json');
  await store.transact(tenantA, (tx) => {
    tx.remove('note', 'token');
    tx.put('customer', customer('cu1', 'shredded'));
  });
  await store.transact(tenantA, (tx) => tx.put('customer', customer('cu1', 'and once more')));
  await store.close();
  expect(holding(disk)).toEqual([]);
});

test('C14: a file that was set aside goes with the tenant', async () => {
  const disk = new SimulatedDisk();
  const store = await openOn(disk);
  for (const text of ['one', secret])
    await store.transact(tenantA, (tx) => tx.put('note', note('token', text)));
  const survived = disk.crash();
  const path = survived.paths().find((name) => name.endsWith('hot.json')) ?? '';
  survived.poke(path, new TextEncoder().encode(`{"damaged":"${secret}`));
  const again = await openOn(survived, { acceptBackup: true });
  expect(holding(survived)).toEqual(['hot.json.damaged']);
  await again.redact(tenantA);
  expect(holding(survived)).toEqual([]);
});
