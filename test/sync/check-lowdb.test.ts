import { expect, test } from 'vitest';
import { checkTenant } from '../../server/sync/check/check.ts';
import { SimulatedDisk } from '../store/simulated-disk.ts';
import { openOn } from '../store/world.ts';
import { connectedWorld, connectionOf, orderOf, tenantId } from './check-world.ts';

test('the embedded store takes what the check stores, and has it after it was opened again', async () => {
  const world = await connectedWorld({
    orders: Array.from({ length: 120 }, (_, n) => orderOf(`${n}`)),
    unreadable: [{ what: 'order', id: 'x', problem: 'total', body: '{}' }],
  });
  await world.check();
  const disk = new SimulatedDisk();
  const store = await openOn(disk);
  await store.transact(tenantId, (tx) => tx.put('connection', connectionOf()));
  const context = { ...world.context, store };
  await checkTenant(context, tenantId, { purpose: 'background' });
  await checkTenant(context, tenantId, { purpose: 'background' });
  await store.close();
  const again = await openOn(disk);
  const reader = await again.read(tenantId);
  const memory = await world.store.read(tenantId);
  for (const collection of ['task', 'order', 'charge', 'cursor', 'keptRecord'] as const) {
    const idsIn = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();
    expect(idsIn(reader.list(collection))).toEqual(idsIn(memory.list(collection)));
  }
  await again.close();
});
