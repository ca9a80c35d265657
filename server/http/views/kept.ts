import type { ErrorCode } from '../../domain/errors.ts';
import type { MoneyView } from './common.ts';

/** A record that could not be read, or (`setAside`) that could not be worked with. */
export interface KeptRecordView {
  id: string;
  source: string;
  what: string;
  problem: string;
  seenAt: string;
  setAside: {
    subject: string;
    amount: MoneyView | null;
    code: ErrorCode;
    firstAt: string;
    attempts: number;
    /** It is tried with the next check, which was asked for. */
    again: boolean;
    needsPerson: boolean;
    ignored: { reason: string; by: string; at: string } | null;
  } | null;
}
