import type { DocumentKind } from '../../domain/document.ts';
import type { LogAction } from '../../domain/log-entry.ts';
import type { ErrorView, MoneyView } from './common.ts';
import type { PlanLineView } from './plans.ts';

/** Entries of the Action log that are no longer in its pages. */
export interface LogPartView {
  number: number;
  entries: number;
  from: string;
  to: string;
}
export interface LogEntryView {
  seq: number;
  at: string;
  actor: string;
  action: LogAction;
  result: 'ok' | 'asks' | 'waits' | 'failed';
  subject: string;
  sentence: string;
  customerId: string | null;
  amount: MoneyView | null;
  taskId: string | null;
  documentId: string | null;
  documentUrl: string | null;
  failure: ErrorView | null;
}
/** What stands behind one entry: read when a person opens it, since a page of plans is long. */
export interface LogDetailsView {
  /** Its lines that still stand, and can be taken back. */
  standing: { chargeKey: string; linkId: string }[];
  orderNumber: string | null;
  /** What was planned to be written, with how each amount came about. */
  plan: {
    documentKind: DocumentKind;
    lines: PlanLineView[];
    before: MoneyView;
    after: MoneyView;
  } | null;
  /** Settings that were changed. */
  changes: { field: string; before: string; after: string }[];
  /** The other side's own words. */
  said: string | null;
  /** Whatever else was kept. */
  other: unknown;
}
