import { date } from '../../domain/dates.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Crypto } from '../../domain/ports/machine.ts';

/**
 * A tenant's folder: a readable start and a hash. The hash alone tells tenants apart, so that length,
 * case and special names of a file system never matter.
 */
export function folderNameOf(tenant: TenantId, crypto: Crypto): string {
  const readable = tenant
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24);
  return `t-${readable}-${crypto.hash(tenant).slice(0, 40)}`;
}

export const manifestName = 'manifest.json';
export const lockName = 'writer.lock';
export const tenantsName = 'tenants';
export const hotName = 'hot.json';
/** Where a restore prepares; while it is there, what lies beside it may be half of two stores. */
export const restoringName = 'restoring';
export const backupRecordName = 'backup.json';

export const temporaryOf = (path: string): string => `${path}.tmp`;
export const backupOf = (path: string): string => `${path}.backup`;
export const damagedOf = (path: string): string => `${path}.damaged`;
export const isTemporary = (name: string): boolean => name.endsWith('.tmp');

export const documentName = (collection: string): string => `${collection}.json`;
export const linkName = 'link.jsonl';
export const monthName = (collection: string, placedOn: string): string =>
  `${collection}-${placedOn.slice(0, 7)}.jsonl`;
/** The month `YYYY-MM` of a file made by `monthName`, null for other files. */
export const monthOf = (collection: string, name: string): string | null =>
  name.startsWith(`${collection}-`)
    ? (/^-(\d{4}-\d{2})\.jsonl$/.exec(name.slice(collection.length))?.[1] ?? null)
    : null;

export const segmentName = (number: number): string =>
  `log-${String(number).padStart(6, '0')}.jsonl`;
/** The number of a segment's file; 0 for other files. */
export const segmentNumber = (name: string): number =>
  Number(/^log-(\d{6})\.jsonl$/.exec(name)?.[1] ?? 0);
/** The number of the segment that the index file belongs to; 0 for other files. */
export const segmentIndexNumber = (name: string): number =>
  Number(/^log-(\d{6})\.index\.json$/.exec(name)?.[1] ?? 0);
export const segmentIndexName = (number: number): string =>
  `log-${String(number).padStart(6, '0')}.index.json`;

/** A part of the archive: its number and days are in the name, so that a list reads no file. */
export const archiveName = (part: { number: number; from: string; to: string }): string =>
  `log-${String(part.number).padStart(6, '0')}.${part.from}.${part.to}.jsonl.gz`;
export function archivePartOf(name: string) {
  const found = /^log-(\d{6})\.(\d{4}-\d{2}-\d{2})\.(\d{4}-\d{2}-\d{2})\.jsonl\.gz$/.exec(name);
  if (found === null) return null;
  const [, number = '', from = '', to = ''] = found;
  return { number: Number(number), from: date(from), to: date(to) };
}
