import * as v from 'valibot';
import { type TenantId, tenantIdSchema } from '../../../server/domain/ids.ts';
import type { LogEntry } from '../../../server/domain/log-entry.ts';
import type { Reader } from '../../../server/domain/ports/store.ts';
import { openLowdbStore } from '../../../server/store/lowdb/index.ts';
import { thisProcess } from '../../../server/store/this-process.ts';
import type { SimulatedDisk } from '../../store/simulated-disk.ts';
import { type Chance, createChance } from '../chance.ts';
import { dataFolder } from '../scene.ts';

/** What a tenant's store holds once the app has stopped. */
export interface Stored {
  tenantId: TenantId;
  reader: Reader;
  log: LogEntry[];
}

const logPageSize = 500;
const logPagesMax = 100;

export async function readStored(
  disk: SimulatedDisk,
  resellerId: string,
  nowMs: number,
): Promise<Stored> {
  const { crypto }: Chance = createChance(0);
  const store = await openLowdbStore({
    folder: dataFolder,
    disk,
    crypto,
    clock: { nowMs: () => nowMs, waitUntil: async () => undefined },
    process: { ...thisProcess(), isAlive: () => false },
    onFatal: (error) => {
      throw error;
    },
  });
  const tenant = (await store.tenants()).find((id) => id.includes(resellerId));
  const tenantId = v.parse(tenantIdSchema, tenant);
  const log: LogEntry[] = [];
  let before: number | null = null;
  for (let pages = 0; pages < logPagesMax; pages += 1) {
    const page = await store.log(tenantId, { before, limit: logPageSize });
    log.push(...page.entries);
    before = page.next;
    if (before === null) break;
  }
  const reader = await store.read(tenantId);
  await store.close();
  return { tenantId, reader, log };
}
