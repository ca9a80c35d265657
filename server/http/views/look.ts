import type { FoundAnswer, SaidAnswer } from '../../sync/look/given-answers.ts';
import type { FindingKind, FindingReason, NoLink } from '../../sync/look/looked.ts';
import type { ErrorView, MoneyView, PageOf } from './common.ts';

/** The read-only look: how far it is, what it found in total, and one page of it. */
export interface LookView extends PageOf<FoundView> {
  /** `done` is what was found; while `reading` or `waiting` it is what is known so far. */
  state: 'never' | 'reading' | 'waiting' | 'done' | 'failed';
  /** Invoices written by hand, or lines that stay open until somebody ends them. */
  compares: 'invoices' | 'open-lines';
  /** The first day whose invoices were read. */
  from: string;
  startedAt: string | null;
  endedAt: string | null;
  failure: ErrorView | null;
  read: { documents: number; subscriptions: number; subscriptionsTotal: number };
  notCompared: {
    unmatched: number;
    elsewhere: number;
    ours: number;
    unread: number;
    usage: number;
  };
  /** A month, over all that is not answered yet: what customers should pay more, and less. */
  missing: MoneyView[];
  tooMuch: MoneyView[];
  /** Exact matches that can be linked all at once. */
  linkable: number;
  /** For the filters: those something was found of. */
  customers: { id: string; name: string }[];
  currencies: string[];
}
export type FoundKind = FindingKind;
export interface FoundView {
  id: string;
  kind: FindingKind;
  reason: FindingReason;
  customerId: string;
  customerName: string;
  /** The product, or the words of a line that has none. */
  name: string;
  /** Positive: the customer should pay so much more a month. */
  monthly: MoneyView;
  here: FoundFigures | null;
  there: (FoundFigures & FoundLine) | null;
  cost: MoneyView | null;
  belowCost: boolean;
  /** The end of the subscription, or the last day it was billed. */
  since: string | null;
  answer: FoundAnswer | null;
  answers: SaidAnswer[];
  /** Why it cannot be linked as it stands. */
  noLink: NoLink | null;
  /** Sent back with an answer, so that only what a person saw is answered. */
  seen: string;
}
export interface FoundFigures {
  quantity: string;
  unitPrice: string | null;
  monthly: MoneyView | null;
  /** Subscriptions, or lines, that are summed. */
  count: number;
}
export interface FoundLine {
  text: string;
  number: string | null;
  /** Of its invoice; null of a line that stays open. */
  date: string | null;
  url: string;
}
