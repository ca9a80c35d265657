import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantId } from '../../server/domain/ids.ts';
import type { Clock } from '../../server/domain/ports/machine.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { readEnvironment } from '../../server/env.ts';
import { machine } from '../../server/machine.ts';
import { openLowdbStore } from '../../server/store/lowdb/index.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { openBusyRoad } from './busy-road.ts';
import { readyMonth } from './first-month.ts';
import type { Volume } from './new-business.ts';

/** A data folder of an app in which everything is ready to be written, while no app runs on it. */
export interface StoredMonth {
  dataDir: string;
  env: Record<string, string>;
}

export async function withStoredMonth<T>(
  volume: Volume,
  work: (stored: StoredMonth) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
  try {
    const busy = await openBusyRoad({ dataDir });
    try {
      await readyMonth(busy, { invoice: 'existing', volume });
    } finally {
      await busy.road.close();
    }
    return await work({ dataDir, env: busy.env });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The store of a data folder, and its first tenant if there is one. */
export async function openStoreAt(
  dataDir: string,
  env: Record<string, string>,
  clock: Clock = { nowMs: () => Date.now(), waitUntil: async () => undefined },
): Promise<{ store: Store; tenantId: TenantId | null }> {
  const { disk, crypto } = machine(readEnvironment({ ...env, LOG_LEVEL: 'silent' }));
  const store = await openLowdbStore({
    folder: dataDir,
    disk,
    crypto,
    clock,
    process: thisProcess(),
    onFatal: (error) => {
      throw error;
    },
  });
  const [tenantId = null] = await store.tenants();
  return { store, tenantId };
}
