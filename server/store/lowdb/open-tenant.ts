import { Low } from 'lowdb';
import type { TenantId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { Courier } from './courier.ts';
import { DurableFile } from './durable-file.ts';
import { DurableJson } from './durable-json.ts';
import { emptyHotDocument, type HotDocument, hotCodec } from './hot-document.ts';
import { Loading } from './loading.ts';
import type { ActionLog } from './log/action-log.ts';
import { hotName, isTemporary } from './names.ts';
import { restoreFix, StoreStop } from './stop.ts';
import type { TenantFolder } from './tenant-files.ts';

export interface OpenTenant {
  hot: Low<HotDocument>;
  courier: Courier;
  log: ActionLog;
  /** Files that had to go back to their previous generation. */
  usedBackups: string[];
}

interface OpenOptions extends TenantFolder {
  tenant: TenantId;
  clock: Clock;
  /** The manifest names the tenant, so its document must be there. */
  named: boolean;
}

/**
 * Loads a tenant and finishes what a crash left: temporary files are swept, torn tails cut, and the
 * outbox carried out. Anything that no crash can leave throws StoreStop.
 */
export async function openTenant(options: OpenOptions): Promise<OpenTenant> {
  const { disk, folder, tenant, named, fuse } = options;
  for (const name of await disk.list(folder))
    if (isTemporary(name)) await disk.remove(`${folder}/${name}`);

  const hotFile = new DurableFile({ ...options, name: hotName });
  const adapter = new DurableJson<HotDocument>({
    file: hotFile,
    codec: hotCodec(tenant, hotFile.path),
    required: named,
    acceptBackup: options.acceptBackup,
  });
  const hot = new Low<HotDocument>(adapter, emptyHotDocument(tenant));
  await hot.read();
  if (!named && hot.data.sequence > 0) throw notNamed(hotFile.path);

  const loading = new Loading({ ...options, document: hot.data, isOlder: adapter.usedBackup });
  await loading.documents();
  await loading.records();
  await loading.log();
  loading.finish(hotFile.path);
  await loading.revive();
  const { files, actionLog, usedBackups } = loading;
  if (adapter.usedBackup) usedBackups.unshift(hotFile.path);
  if (usedBackups.length > 0) await hot.write();

  const courier = new Courier({ document: hot.data, files, log: actionLog });
  await courier.carry();
  fuse.check();
  return { hot, courier, log: actionLog, usedBackups };
}

const notNamed = (file: string): StoreStop =>
  new StoreStop({
    reason: 'damaged',
    file,
    problem: 'holds data of a tenant that the manifest does not name',
    fix: restoreFix,
  });
