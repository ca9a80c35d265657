import type { ShadowVerdict } from '../../domain/shadow.ts';
import type { NeedCode } from '../../domain/task.ts';
import type { MoneyView, PageOf } from './common.ts';
import type { FoundLine, LookView } from './look.ts';

/** A month billed by hand beside what automatic would have billed: a page of customers. */
export interface ShadowView extends PageOf<ShadowCustomerView> {
  month: string;
  /** The months whose orders were all read, and the present one; newest first. */
  months: string[];
  /** The month is not over: more may come on either side. */
  runs: boolean;
  /** How far invoices were read: the comparison knows none before `from`. */
  look: { state: LookView['state']; from: string; endedAt: string | null };
  /** The first day whose orders were read; later than the month's first where it is not whole. */
  ordersFrom: string | null;
  counts: { all: number; clean: number; different: number };
  ours: MoneyView[];
  theirs: MoneyView[];
  /** Lines of the reseller's own work, which are not compared. */
  notCompared: { count: number; money: MoneyView[] };
  /** The first day that can be chosen for a switch-over. */
  switchFrom: string;
}
export interface ShadowCustomerView {
  customerId: string;
  name: string;
  ours: MoneyView[];
  theirs: MoneyView[];
  difference: MoneyView[];
  counts: Record<ShadowVerdict, number>;
  documents: { ours: number; theirs: number };
  isClean: boolean;
  /** Sent back with a switch-over: only what a person saw is switched. */
  seen: string;
}
export interface ShadowCustomerLinesView extends PageOf<ShadowRowView> {
  month: string;
  customer: ShadowCustomerView;
  switchFrom: string;
}
export interface ShadowRowView {
  id: string;
  verdict: ShadowVerdict;
  name: string;
  ours: ShadowSideView | null;
  theirs: (ShadowSideView & { lines: (FoundLine & { date: string; amount: MoneyView })[] }) | null;
  /** Positive: we would bill so much more. */
  difference: MoneyView;
  /** What a person would be asked first. */
  waits: NeedCode[];
}
export interface ShadowSideView {
  quantity: string;
  amount: MoneyView;
  orders: string[];
}
