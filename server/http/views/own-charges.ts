import type { MoneyView } from './common.ts';
import type { TargetView } from './mappings.ts';

export interface OwnChargeView {
  id: string;
  number: string;
  customerId: string;
  customerName: string;
  description: string;
  quantity: string;
  unitPrice: string;
  amount: MoneyView;
  /** Null is charged once. */
  everyMonths: number | null;
  from: string;
  until: string | null;
  state: 'planned' | 'running' | 'paused' | 'ended' | 'once';
  /** The first day of the next period, where one comes. */
  next: string | null;
  item: TargetView | null;
  accountCode: string | null;
  taxType: string | null;
  /** Every price it had or will have, the oldest first. */
  terms: { from: string; description: string; quantity: string; unitPrice: string }[];
  /** Days in which no period begins; the last may have no end yet. */
  pauses: { from: string; until: string | null }[];
  /** The document that the last billed period stands on. */
  billed: { number: string; url: string | null; on: string } | null;
}
