import * as v from 'valibot';
import { stringifyOwn } from '../domain/json.ts';
import type { Disk } from '../domain/ports/disk.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import { type AuditEntry, auditEntrySchema } from './audit.ts';
import { type SealedEnd, sealedEndSchema } from './audit-chain.ts';
import { jsonOf } from './compact-token.ts';
import { replaceText, writeText } from './replace-file.ts';

export const operatorChain = 'operator';
const endName = 'end.json';
const monthPattern = /^\d{4}-\d{2}\.jsonl$/;

/** A chain's folder: told apart by the hash, so that no tenant's name meets the file system. */
export const chainName = (tenantId: string | null, crypto: Crypto): string =>
  tenantId === null ? operatorChain : `t-${crypto.hash(tenantId).slice(0, 40)}`;

/** The files of one chain: `2026-11.jsonl` a month, one entry a line, and `end.json`, its sealed end. */
export function chainFiles(disk: Disk, root: string, name: string) {
  const folder = `${root}/${name}`;

  return {
    months: async (): Promise<string[]> =>
      (await disk.list(folder)).filter((each) => monthPattern.test(each)),

    /** Whole lines only: a torn last line was never told. */
    lines: async (month: string): Promise<string[]> => {
      const bytes = await disk.read(`${folder}/${month}`);
      return new TextDecoder()
        .decode(bytes ?? new Uint8Array())
        .split('\n')
        .slice(0, -1);
    },

    end: async (): Promise<SealedEnd | null> => {
      const bytes = await disk.read(`${folder}/${endName}`);
      const end = v.safeParse(sealedEndSchema, bytes === null ? null : jsonOf(bytes));
      return end.success ? end.output : null;
    },

    /** Cuts what a crash left of a line that was not finished. */
    mend: async (month: string): Promise<void> => {
      const bytes = await disk.read(`${folder}/${month}`);
      const whole = (bytes?.lastIndexOf(10) ?? -1) + 1;
      if (bytes !== null && whole < bytes.length) await disk.truncate(`${folder}/${month}`, whole);
    },

    /** Entries first, then the end: a crash between them leaves entries behind the seal, never a gap. */
    append: async (entries: readonly AuditEntry[], end: SealedEnd): Promise<void> => {
      await disk.mkdir(folder);
      for (const [month, own] of byMonth(entries)) {
        const text = own.map((entry) => `${stringifyOwn(entry)}\n`).join('');
        await writeText(disk, `${folder}/${month}`, { how: 'append', text });
      }
      await replaceText(disk, folder, { name: endName, text: stringifyOwn(end) });
    },

    remove: async (): Promise<void> => {
      for (const each of await disk.list(folder)) await disk.remove(`${folder}/${each}`);
      await disk.remove(folder);
    },
  };
}
export type ChainFiles = ReturnType<typeof chainFiles>;

/** Null where a line is no entry. */
export function entryOf(line: string): AuditEntry | null {
  const entry = v.safeParse(auditEntrySchema, jsonOf(new TextEncoder().encode(line)));
  return entry.success ? entry.output : null;
}

function byMonth(entries: readonly AuditEntry[]): Map<string, AuditEntry[]> {
  const months = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const month = `${entry.at.slice(0, 7)}.jsonl`;
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return months;
}
