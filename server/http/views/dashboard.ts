import type { NeedCode } from '../../domain/task.ts';
import type { ErrorView, MoneyView } from './common.ts';
import type { ConnectionView } from './connection.ts';
import type { RunView, UnclearView } from './runs.ts';
import type { TaskRow } from './tasks.ts';

export interface DashboardView {
  connection: ConnectionView;
  checklist: {
    id:
      | 'marketplace'
      | 'connect'
      | 'settings'
      | 'customers'
      | 'products'
      | 'bill-from'
      | 'preview'
      | 'sync';
    done: boolean;
    facts: Record<string, string>;
  }[];
  checklistDone: boolean;
  needs: {
    rows: TaskRow[];
    total: number;
    money: MoneyView[];
    byCode: { code: NeedCode; count: number; money: MoneyView[] }[];
  };
  /** The largest first. */
  unclear: UnclearView[];
  ready: { total: number; money: MoneyView[] };
  waiting: {
    rows: { reason: ErrorView | null; count: number; money: MoneyView[]; retryAt: string | null }[];
    total: number;
  };
  writtenSince: {
    at: string | null;
    documents: number;
    lines: number;
    money: MoneyView[];
    by: { name: string; documents: number; money: MoneyView[] }[];
  };
  openings: { total: number };
  unmapped: { customers: number; products: number; money: MoneyView[] };
  /** Customers whose automatic switch is off, with what waits for them. */
  manualCustomers: { count: number; money: MoneyView[] };
  warnings: { code: string; facts: Record<string, string> }[];
  /** Of systems that make the invoices themselves; null for others. */
  exports: ExportsView | null;
  /** Null where the system's invoices are not read. */
  invoicing: {
    open: MoneyView[];
    openCount: number;
    overdue: MoneyView[];
    overdueCount: number;
    /** Open opportunities; null where they are not read. */
    quotes: number | null;
  } | null;
  running: RunView | null;
  /** Prepared, and waiting for a second person. */
  awaiting: RunView[];
  keptRecords: number;
}
/** When lines go to the system by themselves, and what went last. */
export interface ExportsView {
  /** Where somebody makes invoices of them. */
  madeIn: string;
  mode: 'off' | 'daily' | 'every-5-minutes';
  minuteOfDay: number | null;
  /** With the next check, or at a time of a day where the books are kept; null where nothing is scheduled. */
  next:
    | { kind: 'check'; at: string | null }
    | { kind: 'day'; on: string; minuteOfDay: number }
    | null;
  last: {
    runId: string;
    by: string;
    startedAt: string;
    endedAt: string | null;
    documents: number;
    lines: number;
    money: MoneyView[];
    /** Documents that were not written and do not go on by themselves. */
    stopped: number;
  } | null;
}
