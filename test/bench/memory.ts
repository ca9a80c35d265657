import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tenantKey } from '../../server/domain/ids.ts';
import type { Reader, Transaction } from '../../server/domain/ports/store.ts';
import { type Collection, collections } from '../../server/domain/records.ts';
import { startChild } from './child-app.ts';
import { type Row, row } from './row.ts';
import { openStoreAt, type StoredMonth, withStoredMonth } from './stored-month.ts';

const tenants = 100;
/** About a reseller of the sandbox world. */
const volume = { customers: 40, subscriptions: 300, products: 60 };
const settleMs = 3_000;
const megabyte = 1024 * 1024;

/** Resident memory of the app's process that serves 100 resellers with 300 open tasks each. */
export async function benchMemory(): Promise<Row[]> {
  return withStoredMonth(volume, async (stored) => {
    const folder = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
    try {
      await copyTenants(stored, folder);
      const app = await startChild({ ...stored.env, DATA_DIR: folder });
      await pause(settleMs);
      const bytes = await app.memoryBytes();
      await app.stop();
      return [
        row(`memory with ${tenants} tenants`, Math.round(bytes / megabyte), 'MB'),
        row(`start to ready with ${tenants} tenants`, Math.round(app.readyMs), 'ms'),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function copyTenants({ dataDir, env }: StoredMonth, folder: string): Promise<void> {
  const from = await openStoreAt(dataDir, env);
  const to = await openStoreAt(folder, env);
  if (from.tenantId === null) throw new Error('no tenant is stored');
  const reader = await from.store.read(from.tenantId);
  for (let number = 0; number < tenants; number += 1)
    await to.store.transact(tenantKey('sandbox', `reseller-${number}`), (tx) => {
      for (const name of Object.keys(collections)) if (isCollection(name)) copy(reader, tx, name);
    });
  await from.store.close();
  await to.store.close();
}

function copy<C extends Collection>(reader: Reader, tx: Transaction, name: C): void {
  for (const record of reader.list(name)) tx.put(name, record);
}
const isCollection = (name: string): name is Collection => Object.hasOwn(collections, name);
