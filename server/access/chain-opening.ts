import type { Crypto } from '../domain/ports/machine.ts';
import { type ChainEnd, chainStart, follows, isSealed } from './audit-chain.ts';
import { type ChainFiles, entryOf } from './audit-files.ts';
import type { MasterKey } from './master-keys.ts';

/** Where a chain goes on after a start. */
export interface ChainOpening {
  end: ChainEnd;
  /** Nothing was ever written: `sealed` where an earlier start came as far as its first seal. */
  empty: 'no' | 'sealed' | 'bare';
  /** Told to the operator where it is not where the seal says. */
  odd: string | null;
}

/** Cuts what a crash tore, and takes in whole entries that follow on behind the seal. */
export async function openChain(options: {
  name: string;
  files: ChainFiles;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}): Promise<ChainOpening> {
  const { name, files, crypto, masterKeys } = options;
  const seal = await files.end();
  const month = (await files.months()).at(-1);
  if (month === undefined && (seal === null || seal.position === 0))
    return { end: chainStart, empty: seal === null ? 'bare' : 'sealed', odd: null };
  if (month !== undefined) await files.mend(month);
  const entries = month === undefined ? [] : (await files.lines(month)).map(entryOf);
  const behind = entries.filter((entry) => (entry?.position ?? 0) > (seal?.position ?? 0));
  let end: ChainEnd = seal ?? chainStart;
  for (const entry of behind) {
    if (entry === null || !follows(end, entry, crypto)) break;
    end = entry;
  }
  const known = seal !== null && isSealed(name, seal, masterKeys);
  const took = behind.length > 0 ? `took in ${behind.length} behind its seal` : null;
  return {
    end: { position: end.position, hash: end.hash },
    empty: 'no',
    odd: known ? took : 'goes on behind a seal that does not hold',
  };
}
