import type { Disk } from '../../domain/ports/disk.ts';
import type { Clock, Crypto, Logger } from '../../domain/ports/machine.ts';
import type { ProcessIdentity } from '../this-process.ts';
import type { StoreStop } from './stop.ts';

export interface LowdbStoreOptions {
  /** Absolute; made with mode 0700 where it is absent. */
  folder: string;
  disk: Disk;
  clock: Clock;
  crypto: Crypto;
  process: ProcessIdentity;
  /** The disk or the lock cannot be trusted any more: end the process at once, without closing. */
  onFatal: (error: StoreStop) => void;
  /** An operator confirmed that a damaged file may go back to its previous generation. */
  acceptBackup?: boolean;
  /** So long an entry of the Action log stays in its pages; where it is absent, for ever. */
  logMonths?: number;
  logger?: Logger;
}
