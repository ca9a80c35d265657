import type { DocumentKind, DocumentState } from '../../domain/document.ts';
import type { Blockers } from '../../sync/month/close.ts';
import type { DifferenceName } from '../../sync/month/differences.ts';
import type { MoneyView, PageOf } from './common.ts';

/** A month of a connection: what was charged, what stands on documents, and a name for every cent between. */
export interface MonthView extends PageOf<MonthDifferenceView> {
  month: string;
  /** The months there is anything of, newest first. */
  months: { month: string; closed: boolean }[];
  isOver: boolean;
  figures: MonthFiguresView[];
  documents: { count: number; drafts: number; draftMoney: MoneyView[] };
  /** Where the least is left first; the page shows so many of them, the statement all. */
  costs: MonthCostView[];
  costsTotal: number;
  blockers: Blockers;
  canClose: boolean;
  closed: { by: string; at: string; changes: MonthChangeView[] } | null;
  /** Sent back with a closing: it closes what the person saw. */
  seen: string;
}
export interface MonthFiguresView {
  currency: string;
  charged: string;
  own: string;
  differences: { name: DifferenceName; amount: string; count: number }[];
  documents: string;
  unexplained: string;
  /** Told by the marketplace for what stands on them; with its differences it is `tax`. */
  taxTold: string;
  taxDifferences: { name: DifferenceName; amount: string; count: number }[];
  tax: string;
  /** What the marketplace charges the reseller, the part of it for which nothing is billed, and what is left of what was. */
  cost: string;
  costUnbilled: string;
  left: string;
  /** Charges whose cost nobody tells. */
  costUnknown: number;
}
/** What the marketplace charges the reseller for one customer, against what was billed for the same charges. */
export interface MonthCostView {
  customerId: string;
  customerName: string;
  cost: MoneyView;
  unbilled: MoneyView;
  billed: MoneyView;
  left: MoneyView;
  unknown: number;
}
/** What a closed month comes to now, where it is not what it came to at its closing. */
export interface MonthChangeView {
  figure: 'charged' | 'own' | 'documents' | 'tax';
  was: MoneyView;
  is: MoneyView;
}
export interface MonthDifferenceView {
  id: string;
  name: DifferenceName;
  reason: string | null;
  customerName: string;
  text: string;
  orderNumber: string | null;
  /** The open task, where there is one. */
  taskId: string | null;
  amount: MoneyView;
  document: { number: string; url: string } | null;
}
/** A month on one page, for the accountant, with every difference. */
export interface MonthStatementView extends Omit<MonthView, keyof PageOf<unknown> | 'months'> {
  tenant: string;
  system: string;
  account: string;
  today: string;
  rows: MonthDifferenceView[];
  papers: {
    number: string;
    kind: DocumentKind;
    date: string;
    state: DocumentState;
    customerName: string;
    net: MoneyView;
    tax: MoneyView;
    total: MoneyView;
  }[];
}
