import type { Disk } from '../domain/ports/disk.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import { chainFiles, entryOf, operatorChain } from './audit-files.ts';
import { type ChainFault, type CheckedChain, checkChain } from './chain-check.ts';
import type { MasterKey } from './master-keys.ts';

export interface AuditPlace {
  folder: string;
  disk: Disk;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}

/** Looks at every chain there is, and at every one that the operator's says there must be. */
export async function checkAudit(place: AuditPlace): Promise<CheckedChain[]> {
  const names = await place.disk.list(place.folder);
  const begins = await beginnings(place);
  const all = new Set([...names, ...begins.keys()]);
  // A chain that the operator's never began stands for entries of the operator's that are gone.
  if (names.length > 0) all.add(operatorChain);
  return Promise.all([...all].sort().map((name) => checkOne(place, { name, names, begins })));
}

/** One chain, and what the operator's says of its beginning. */
export async function checkNamed(place: AuditPlace, name: string): Promise<CheckedChain> {
  const names = await place.disk.list(place.folder);
  return checkOne(place, { name, names, begins: await beginnings(place, name) });
}

/** In words for the operator. */
export function faultText({ kind, position }: ChainFault): string {
  switch (kind) {
    case 'entry-changed':
      return `entry ${position} was changed, left out or put in`;
    case 'wrong-month':
      return `entry ${position} is in the wrong month`;
    case 'no-seal':
      return 'has no seal';
    case 'foreign-seal':
      return 'has a seal that is not ours';
    case 'end-missing':
      return `its end from entry ${position} on is missing`;
    case 'other-chain':
      return 'is not the chain that was sealed';
    case 'gone':
      return 'is missing';
    case 'began-again':
      return 'was there before: what it held then is gone';
    case 'unknown-beginning':
      return 'began without the operator’s trail';
    default:
      return kind satisfies never;
  }
}

async function checkOne(
  { folder, disk, crypto, masterKeys }: AuditPlace,
  { name, names, begins }: { name: string; names: string[]; begins: Map<string, number> },
): Promise<CheckedChain> {
  const fault = (kind: ChainFault['kind']) => ({ kind, position: null });
  if (!names.includes(name)) return { name, entries: 0, unsealed: 0, fault: fault('gone') };
  const files = chainFiles(disk, folder, name);
  const checked = await checkChain({ name, files, crypto, masterKeys });
  if (checked.fault !== null || name === operatorChain) return checked;
  const times = begins.get(name) ?? 0;
  if (times === 1) return checked;
  return { ...checked, fault: fault(times === 0 ? 'unknown-beginning' : 'began-again') };
}

/** How often the operator's chain says that each began and did not end. */
export async function beginnings(
  { folder, disk }: Pick<AuditPlace, 'folder' | 'disk'>,
  only: string | null = null,
): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  const files = chainFiles(disk, folder, operatorChain);
  for (const month of await files.months())
    for (const line of await files.lines(month)) {
      // Most lines are about something else, and need not be read.
      if (!line.includes('"audit"') || (only !== null && !line.includes(only))) continue;
      const entry = entryOf(line);
      if (entry?.action !== 'audit' || typeof entry.object !== 'string') continue;
      if (entry.reason === 'begins') times.set(entry.object, (times.get(entry.object) ?? 0) + 1);
      if (entry.reason?.startsWith('ends at ') === true) times.delete(entry.object);
    }
  return times;
}
