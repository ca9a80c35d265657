import type { WhyLeaving } from '../../domain/leaving.ts';
import type { MoneyView } from './common.ts';

/** A customer who is leaving, with what is still to come. */
export interface LeaverView {
  customerId: string;
  name: string;
  why: WhyLeaving;
  lastDay: string | null;
  /** Charges are expected, and billed without a question, until this day. */
  until: string | null;
  ending: { id: string; name: string; on: string | null }[];
  orders: { total: number; asking: number; taskIds: string[]; money: MoneyView[] };
  drafts: { documentId: string; number: string | null; url: string; total: MoneyView }[];
  byUse: boolean;
  own: { number: string; text: string; next: string | null }[];
  archived: boolean;
}
