import * as v from 'valibot';
import type { Instant } from '../../../domain/dates.ts';
import type { Disk } from '../../../domain/ports/disk.ts';
import { type ManifestData, manifestCodec } from '../manifest.ts';
import {
  archivePartOf,
  backupRecordName,
  hotName,
  manifestName,
  segmentIndexNumber,
  segmentNumber,
  tenantsName,
} from '../names.ts';
import { sealedBytes } from '../sealed-bytes.ts';
import { copyError, restoreFix, StoreStop } from '../stop.ts';
import { decode, encode } from '../text.ts';
import { type BackupRecord, backupRecordSchema } from './backup-record.ts';
import { type CopiedFile, writeCopy } from './copied-file.ts';
import { snapshotOf } from './tenant-snapshot.ts';

interface BackupOptions {
  disk: Disk;
  /** The store. It is only read: the app may be running and writing. */
  folder: string;
  /** A new or empty folder outside the store. */
  to: string;
  takenAt: Instant;
}

/**
 * Copies a store, each tenant at one commit of its own, and reads every copy back. Throws StoreStop
 * where there is no store, where anything of it is damaged, where the folder is not empty or has no room.
 */
export async function takeBackup(options: BackupOptions): Promise<BackupRecord> {
  try {
    return await take(options);
  } catch (error) {
    throw copyError(error, options.to);
  }
}

async function take(options: BackupOptions): Promise<BackupRecord> {
  const { disk, folder, to, takenAt } = options;
  const before = await readManifest(disk, folder);
  if (`${to}/`.startsWith(`${folder}/`))
    throw refused(to, 'lies in the store itself', 'Name a folder outside of it');
  if ((await disk.list(to)).length > 0)
    throw refused(to, 'is not empty', 'Name a new folder for each backup');
  await disk.mkdir(to);
  await disk.mkdir(`${to}/${tenantsName}`);
  const files: CopiedFile[] = [];
  for (const named of before.tenants) {
    if (named.state !== 'live') continue;
    files.push(...(await copyTenant(options, named)));
  }
  // A tenant that was deleted meanwhile must not come back out of a backup.
  const after = await readManifest(disk, folder);
  const tenants = before.tenants.map((named) =>
    isLive(after, named) ? named : { ...named, state: 'redacted' as const },
  );
  const kept = await withoutDeleted(options, files, tenants);
  const manifest = await sealedBytes(manifestCodec(manifestName).format({ tenants }));
  kept.unshift(await writeCopy({ disk, folder: to, path: manifestName, bytes: manifest }));
  // As a restore will read it: a file that it would not take is told now, not on the day it is needed.
  const record = v.parse(backupRecordSchema, {
    kind: 'ledgerport-backup',
    version: 1,
    takenAt,
    tenants: tenants.filter(({ state }) => state === 'live').length,
    files: kept,
  });
  const bytes = encode(`${JSON.stringify(record, null, 2)}\n`);
  await writeCopy({ disk, folder: to, path: backupRecordName, bytes });
  await disk.syncFolder(`${to}/${tenantsName}`);
  await disk.syncFolder(to);
  return record;
}

type Named = ManifestData['tenants'][number];
const isLive = ({ tenants }: ManifestData, { tenant }: Named): boolean =>
  tenants.some((named) => named.tenant === tenant && named.state === 'live');

/** Of a tenant that is deleted meanwhile it may be a part, which is dropped at the end. */
async function copyTenant(options: BackupOptions, named: Named): Promise<CopiedFile[]> {
  const { disk, folder, to } = options;
  const below = `${tenantsName}/${named.folder}`;
  const from = `${folder}/${below}`;
  const snapshot = await snapshotOf({ disk, folder: from, tenant: named.tenant });
  if (snapshot === null && isLive(await readManifest(disk, folder), named))
    throw shorter(`${from}/${hotName}`, true);
  if (snapshot === null) return [];
  await disk.mkdir(`${to}/${below}`);
  const copied: CopiedFile[] = [];
  const copy = async (file: string, bytes: Uint8Array) =>
    copied.push(await writeCopy({ disk, folder: to, path: `${below}/${file}`, bytes }));
  for (const { name: file, bytes } of snapshot.documents) await copy(file, bytes);
  for (const { name: file, length } of snapshot.grown) {
    if (length === 0) continue;
    const range = length === null ? undefined : { start: 0, end: length };
    const bytes = await disk.read(`${from}/${file}`, range);
    if (bytes !== null && (length === null || bytes.length === length)) await copy(file, bytes);
    else if (!isLive(await readManifest(disk, folder), named)) return copied;
    else {
      const part = await archivedSince(disk, from, file);
      if (part === null) throw shorter(`${from}/${file}`, bytes === null);
      const isCopied = copied.some(({ path }) => path === `${below}/${part.name}`);
      if (!isCopied) await copy(part.name, part.bytes);
    }
  }
  await disk.syncFolder(`${to}/${below}`);
  return copied;
}

/** The part of the archive that a segment became after the files were listed. */
async function archivedSince(disk: Disk, folder: string, file: string) {
  const number = segmentNumber(file) || segmentIndexNumber(file);
  const name = (await disk.list(folder)).find((one) => archivePartOf(one)?.number === number);
  const bytes = name === undefined ? null : await disk.read(`${folder}/${name}`);
  return name === undefined || bytes === null ? null : { name, bytes };
}

async function withoutDeleted(
  { disk, to }: BackupOptions,
  files: readonly CopiedFile[],
  tenants: ManifestData['tenants'],
): Promise<CopiedFile[]> {
  const deleted = tenants.filter(({ state }) => state === 'redacted');
  const isDeleted = ({ path }: CopiedFile) =>
    deleted.some(({ folder }) => path.startsWith(`${tenantsName}/${folder}/`));
  for (const { path } of files.filter(isDeleted)) await disk.remove(`${to}/${path}`);
  for (const { folder } of deleted) await disk.remove(`${to}/${tenantsName}/${folder}`);
  return files.filter((file) => !isDeleted(file));
}

async function readManifest(disk: Disk, folder: string): Promise<ManifestData> {
  const file = `${folder}/${manifestName}`;
  const bytes = await disk.read(file);
  if (bytes === null) throw refused(folder, 'holds no store', 'Name its folder in DATA_DIR');
  try {
    return manifestCodec(file).parse(decode(bytes));
  } catch (cause) {
    if (cause instanceof StoreStop) throw cause;
    throw new StoreStop({ reason: 'damaged', file, problem: 'is damaged', fix: restoreFix, cause });
  }
}

const refused = (file: string, problem: string, fix: string): StoreStop =>
  new StoreStop({ reason: 'refused', file, problem, fix });

const shorter = (file: string, missing: boolean): StoreStop =>
  new StoreStop({
    reason: missing ? 'missing' : 'damaged',
    file,
    problem: missing ? 'is missing' : 'is shorter than it was',
    fix: restoreFix,
  });
