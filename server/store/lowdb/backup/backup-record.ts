import * as v from 'valibot';
import { instantSchema } from '../../../domain/dates.ts';
import type { Disk } from '../../../domain/ports/disk.ts';
import { archivePartOf, backupRecordName, manifestName, segmentIndexNumber } from '../names.ts';
import { StoreStop } from '../stop.ts';
import { decode } from '../text.ts';

/** Nothing but the files of a store: a record that was tampered with writes nowhere else. */
const pathSchema = v.pipe(
  v.string(),
  v.check((path) => {
    if (path === manifestName) return true;
    const [, name] = /^tenants\/t-[a-z0-9-]+\/([\w.-]+)$/.exec(path) ?? [];
    return name !== undefined && isOfTenant(name);
  }),
);
const isOfTenant = (name: string): boolean =>
  /^[A-Za-z][\w-]*\.jsonl?$/.test(name) ||
  segmentIndexNumber(name) > 0 ||
  archivePartOf(name) !== null;

/** Written last: a folder without it is no whole backup. */
export const backupRecordSchema = v.object({
  kind: v.literal('ledgerport-backup'),
  version: v.literal(1),
  takenAt: instantSchema,
  tenants: v.number(),
  files: v.pipe(
    v.array(v.object({ path: pathSchema, bytes: v.number(), sha256: v.string() })),
    v.check((files) => files.some(({ path }) => path === manifestName)),
  ),
});
export type BackupRecord = v.InferOutput<typeof backupRecordSchema>;

export async function readBackupRecord(disk: Disk, folder: string): Promise<BackupRecord> {
  const file = `${folder}/${backupRecordName}`;
  const bytes = await disk.read(file);
  try {
    return v.parse(backupRecordSchema, JSON.parse(decode(bytes ?? new Uint8Array())));
  } catch (cause) {
    throw new StoreStop({
      reason: bytes === null ? 'missing' : 'damaged',
      file,
      problem: bytes === null ? 'is missing: this is no whole backup' : 'is damaged',
      fix: 'Name the folder that `npm run backup` filled to its end',
      cause,
    });
  }
}
