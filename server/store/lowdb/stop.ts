import { AppError, retryLater } from '../../domain/errors.ts';
import type { StoreHealth } from '../../domain/ports/store.ts';

/**
 * The store cannot go on without an operator. Unlike other errors its message is whole sentences,
 * because it is read on a terminal; it names files and fixed words, never what is in them.
 */
export class StoreStop extends AppError {
  readonly reason: StopReason;

  constructor(options: {
    reason: StopReason;
    file: string;
    problem: string;
    fix: string;
    cause?: unknown;
  }) {
    const { reason, file, problem, fix, cause } = options;
    super('store.failed', { facts: { reason, file, problem, fix }, cause });
    this.reason = reason;
    this.message = `${file}: ${problem}. ${fix}`;
  }
}
export type StopReason =
  | 'damaged'
  | 'missing'
  | 'newer-version'
  | 'other-writer'
  | 'locked'
  | 'sync-failed'
  | 'full'
  | 'read-only'
  | 'refused';

export const restoreFix =
  'Restore the data folder from a backup, or start once with acceptBackup to go on from the previous generation of this file';

/** What a caller sees of a failed write: nothing was changed and it may be tried again. */
export function commitError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = refusalOf(error) ?? 'store.failed';
  return new AppError(code, { retry: retryLater(), cause: error });
}

/** The start could not write; nothing was lost, and the next start may. Other errors stay as they are. */
export const startError = (error: unknown, folder: string): unknown =>
  refusalStop(error, folder, 'start again; nothing was lost');

/** A backup or a restore could not write where it was told to. Other errors stay as they are. */
export const copyError = (error: unknown, folder: string): unknown =>
  refusalStop(error, folder, 'run this again; the store is as it was');

export type Refusal = NonNullable<StoreHealth['refuses']>;

function refusalStop(error: unknown, folder: string, then: string): unknown {
  const refusal = refusalOf(error);
  if (refusal === null) return error;
  const { fix, ...stop } = refusalStops[refusal];
  return new StoreStop({ ...stop, fix: `${fix}, then ${then}`, file: folder, cause: error });
}
const refusalStops = {
  'store.full': {
    reason: 'full',
    problem: 'there is no room left on the disk',
    fix: 'Make room',
  },
  'store.read-only': {
    reason: 'read-only',
    problem: 'the disk or the folder takes no changes',
    fix: 'Let the user of this process write there',
  },
} as const;

/** Where the disk itself is sound and only refuses: nothing was written, a later try may succeed. */
export function refusalOf(error: unknown): Refusal | null {
  const code = diskCodeOf(error);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return 'store.full';
  return ['EROFS', 'EACCES', 'EPERM'].includes(code) ? 'store.read-only' : null;
}

export const diskCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
