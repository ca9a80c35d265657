import type { AuditEntry, AuditPage, AuditQuery } from './audit.ts';
import { type ChainFiles, entryOf } from './audit-files.ts';

/**
 * The newest entries before a position. Only what is shown is parsed: positions have no gap, so a file's
 * first line tells where each of the others stands. A line that is no entry is left out here and found
 * by the check.
 */
export async function pageOf(files: ChainFiles, { before, limit }: AuditQuery): Promise<AuditPage> {
  const entries: AuditEntry[] = [];
  const months = await files.months();
  for (const month of months.reverse()) {
    const lines = await files.lines(month);
    const first = entryOf(lines[0] ?? '')?.position ?? 1;
    const until = before === null ? lines.length : Math.min(lines.length, before - first);
    for (let at = until - 1; at >= 0; at -= 1) {
      const entry = entryOf(lines[at] ?? '');
      if (entry === null || (before !== null && entry.position >= before)) continue;
      entries.push(entry);
      if (entries.length === limit)
        return { entries, next: entry.position > 1 ? entry.position : null };
    }
  }
  return { entries, next: null };
}
