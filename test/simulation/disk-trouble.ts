import type { DiskCall, DiskFault } from '../store/simulated-disk.ts';

/** What is wrong with the disk now; it outlives the app's restarts. */
export interface DiskTrouble {
  /** The next calls that write meet it; `short` takes half of what is written and says so. */
  begin(fault: Exclude<DiskFault, 'hang'>, calls: number): void;
  end(): void;
  meet(call: DiskCall): DiskFault | null;
  /** Whether any call of this story has met it so far. */
  isMet(): boolean;
}

export function createDiskTrouble(): DiskTrouble {
  let trouble: { fault: DiskFault; left: number } | null = null;
  let isMet = false;
  return {
    begin: (fault, calls) => {
      trouble = { fault, left: calls };
    },
    end: () => {
      trouble = null;
    },
    meet: (call) => {
      if (trouble === null || !meets(trouble.fault, call)) return null;
      const { fault } = trouble;
      trouble.left -= 1;
      if (trouble.left <= 0) trouble = null;
      isMet = true;
      return fault;
    },
    isMet: () => isMet,
  };
}

/** A full disk takes no bytes and no names; a torn write happens to bytes; a broken one does not sync. */
function meets(fault: DiskFault, { operation }: DiskCall): boolean {
  switch (fault) {
    case 'ENOSPC':
      return operation === 'write';
    case 'short':
      return operation === 'write';
    case 'EIO':
      return operation === 'sync';
    case 'EROFS':
      return operation === 'open' || operation === 'write';
    case 'hang':
      return false;
    default:
      return fault satisfies never;
  }
}
