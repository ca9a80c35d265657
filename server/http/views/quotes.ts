import type { MoneyView, PageOf } from './common.ts';
import type { OptionalRightView } from './connecting.ts';

export interface QuoteRow {
  id: string;
  title: string;
  customerName: string;
  stage: string | null;
  amount: MoneyView | null;
  closesOn: string | null;
  /** The opportunity in the system. */
  url: string | null;
  document: { status: 'none' } | { status: 'link'; url: string } | { status: 'refused' };
}
export interface QuotesView extends PageOf<QuoteRow> {
  available: boolean;
  readAt: string | null;
  lacks: OptionalRightView | null;
  /** The setting, and the fields that opportunities have; empty where none is known. */
  field: string | null;
  fields: string[];
}
