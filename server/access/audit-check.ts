import type { Crypto, Disk } from '../domain/ports.ts';
import type { AuditEntry } from './audit.ts';
import { type ChainEnd, chainStart, follows, isSealed } from './audit-chain.ts';
import { chainFiles, operatorChain } from './audit-files.ts';
import type { MasterKey } from './master-keys.ts';

export interface CheckedChain {
  name: string;
  entries: number;
  /** Entries that a crash left behind the seal; the next start takes them in and says so. */
  unsealed: number;
  /** What was found first; null when the chain is whole. */
  fault: string | null;
}

/**
 * Looks at every chain: each entry as it was written and following on the one before, the seal at its
 * end, and no chain gone that the operator's own says there is.
 */
export async function checkAudit(options: {
  folder: string;
  disk: Disk;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}): Promise<CheckedChain[]> {
  const { folder, disk, crypto } = options;
  const names = await disk.list(folder);
  const checked = await Promise.all(names.map((name) => checkChain(name, options)));
  const files = chainFiles(disk, folder, operatorChain);
  const living = new Set<string>();
  for (const month of await files.months())
    for (const entry of await files.entries(month)) noteLife(living, entry);
  const gone = [...living].filter((name) => !names.includes(name));
  const missing = gone.map((name) => ({ name, entries: 0, unsealed: 0, fault: 'is missing' }));
  const noOperator = names.length > 0 && !names.includes(operatorChain);
  const operator = { name: operatorChain, entries: 0, unsealed: 0, fault: 'is missing' };
  // A chain that the operator's never began stands for entries of the operator's that are gone.
  return [...checked, ...missing, ...(noOperator ? [operator] : [])].map((chain) =>
    chain.fault === null && chain.name !== operatorChain && !living.has(chain.name)
      ? { ...chain, fault: 'began without the operator’s trail' }
      : chain,
  );

  async function checkChain(
    name: string,
    { masterKeys }: { masterKeys: readonly MasterKey[] },
  ): Promise<CheckedChain> {
    const own = chainFiles(disk, folder, name);
    const seal = await own.end();
    let end: ChainEnd = chainStart;
    let atSeal: string | null = seal?.position === 0 ? end.hash : null;
    const result = (fault: string | null): CheckedChain => ({
      name,
      entries: end.position,
      unsealed: Math.max(0, end.position - (seal?.position ?? 0)),
      fault,
    });
    for (const month of await own.months())
      for (const entry of await own.entries(month)) {
        if (entry === null || !follows(end, entry, crypto))
          return result(`entry ${end.position + 1} was changed, left out or put in`);
        if (!entry.at.startsWith(month.slice(0, 7)))
          return result(`entry ${entry.position} is in the wrong month`);
        end = { position: entry.position, hash: entry.hash };
        if (end.position === seal?.position) atSeal = end.hash;
      }
    if (seal === null) return result('has no seal');
    if (!isSealed(name, seal, masterKeys)) return result('has a seal that is not ours');
    if (seal.position > end.position)
      return result(`entries ${end.position + 1} to ${seal.position} are missing`);
    return result(atSeal === seal.hash ? null : 'is not the chain that was sealed');
  }
}

function noteLife(living: Set<string>, entry: AuditEntry | null): void {
  if (entry?.action !== 'audit' || typeof entry.object !== 'string') return;
  if (entry.reason === 'begins') living.add(entry.object);
  if (entry.reason?.startsWith('ends at ') === true) living.delete(entry.object);
}
