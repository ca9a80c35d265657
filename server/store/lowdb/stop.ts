import { AppError, type ErrorCode, retryLater } from '../../domain/errors.ts';

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
  | 'sync-failed';

export const restoreFix =
  'Restore the data folder from a backup, or start once with acceptBackup to go on from the previous generation of this file';

/** What a caller sees of a failed write: nothing was changed and it may be tried again. */
export function commitError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code: ErrorCode = isFull(error) ? 'store.full' : 'store.failed';
  return new AppError(code, { retry: retryLater(), cause: error });
}

const fullCodes: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG'];
export const isFull = (error: unknown): boolean => fullCodes.includes(diskCodeOf(error));

export const diskCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
