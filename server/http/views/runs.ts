import type { ErrorView, MoneyView } from './common.ts';

/** A write without a task whose outcome nobody could tell: a person looks and says. */
export interface UnclearView {
  id: string;
  what: 'undo' | 'change' | 'send' | 'create';
  /** Document number, or what to search for in the system. */
  lookAt: string;
  url: string | null;
  amount: MoneyView | null;
  by: string;
  at: string;
}
export interface RunView {
  id: string;
  kind: 'manual' | 'automatic' | 'undo' | 'closing' | 'correction';
  by: string;
  startedAt: string;
  endedAt: string | null;
  total: number;
  done: number;
  parts: {
    ref: string;
    customerName: string;
    state:
      | 'waiting'
      | 'writing'
      | 'written'
      | 'stale'
      | 'blocked'
      | 'rejected'
      | 'unknown'
      | 'delayed';
    documentId: string | null;
    documentNumber: string | null;
    documentUrl: string | null;
    amount: MoneyView | null;
    taskIds: string[];
    failure: ErrorView | null;
  }[];
  /** Why it waits for a second person; null where it does not. */
  awaits: {
    why: 'limit' | 'grant';
    limit: { amount: string; currency: string } | null;
    /** Whose ids cannot be the second person's. */
    notBy: string[];
    totals: MoneyView[];
  } | null;
  second: { by: string; at: string; answer: 'given' | 'declined' | 'expired' } | null;
  /** Every document it wrote is still an open draft. */
  canUndo: boolean;
}
