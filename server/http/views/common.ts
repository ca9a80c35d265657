import type { ErrorCode } from '../../domain/errors.ts';

/** `amount` is decimal text. */
export interface MoneyView {
  amount: string;
  currency: string;
}
export interface ErrorView {
  code: ErrorCode;
  /** What happened, for a person. */
  message: string;
  /** What to do now, for a person. */
  next: string;
  /** The other side's own words, if any. */
  said: string | null;
  requestId: string;
  /** When it will be tried again by itself. */
  retryAt: string | null;
  /** Names of ours that say more, such as the `field` of a form; never what was sent. */
  facts?: Readonly<Record<string, string>>;
}
export interface PageOf<T> {
  rows: T[];
  total: number;
  next: string | null;
  counts: Record<string, number>;
}
/** A document as a person finds it in the system. */
export interface DocumentRef {
  id: string;
  number: string | null;
  url: string | null;
}
