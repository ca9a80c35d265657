import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Crypto } from '../domain/ports/machine.ts';
import { type ChainEnd, chainStart, follows, isSealed } from './audit-chain.ts';
import { type ChainFiles, entryOf } from './audit-files.ts';
import type { MasterKey } from './master-keys.ts';

/** What was found first in a chain, and at which entry where there is one. */
export interface ChainFault {
  kind:
    | 'entry-changed'
    | 'wrong-month'
    | 'no-seal'
    | 'foreign-seal'
    | 'end-missing'
    | 'other-chain'
    | 'gone'
    | 'began-again'
    | 'unknown-beginning';
  position: number | null;
}
export interface CheckedChain {
  name: string;
  entries: number;
  /** Entries that a crash left behind the seal; the next start takes them in and says so. */
  unsealed: number;
  /** Null when the chain is whole. */
  fault: ChainFault | null;
}

/** Entries looked at before others have their turn: a long chain holds nobody up. */
const atOnce = 500;

/** Looks at one chain: each entry as it was written and following on the one before, the seal at its end. */
export async function checkChain(options: {
  name: string;
  files: ChainFiles;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}): Promise<CheckedChain> {
  const { name, files, crypto, masterKeys } = options;
  const seal = await files.end();
  let end: ChainEnd = chainStart;
  let atSeal: string | null = seal?.position === 0 ? end.hash : null;
  const result = (kind: ChainFault['kind'] | null, position: number | null = null) => ({
    name,
    entries: end.position,
    unsealed: Math.max(0, end.position - (seal?.position ?? 0)),
    fault: kind === null ? null : { kind, position },
  });
  for (const month of await files.months())
    for (const line of await files.lines(month)) {
      const entry = entryOf(line);
      if (entry === null || !follows(end, entry, crypto))
        return result('entry-changed', end.position + 1);
      if (!entry.at.startsWith(month.slice(0, 7))) return result('wrong-month', entry.position);
      end = { position: entry.position, hash: entry.hash };
      if (end.position === seal?.position) atSeal = end.hash;
      if (end.position % atOnce === 0) await nextTurn();
    }
  if (seal === null) return result('no-seal');
  if (!isSealed(name, seal, masterKeys)) return result('foreign-seal');
  if (seal.position > end.position) return result('end-missing', end.position + 1);
  return result(atSeal === seal.hash ? null : 'other-chain');
}
