import type { DocumentState } from '../../domain/document.ts';
import type { DocumentRef, MoneyView } from './common.ts';

export interface OpeningView {
  subscriptionId: string;
  name: string;
  customerName: string;
  monthly: MoneyView | null;
  newestOrder: { number: string; placedOn: string; amount: MoneyView } | null;
  answer: 'next-order' | 'newest-order' | 'link' | null;
  /** The line it was billed on by hand, as it was when a person chose it. */
  link: { document: DocumentRef; text: string; quantity: string; amount: MoneyView } | null;
}
/** A line written by hand that a subscription may have been billed on. */
export interface OpeningLineView {
  documentId: string;
  lineId: string;
  number: string | null;
  date: string | null;
  state: DocumentState;
  url: string | null;
  text: string;
  quantity: string;
  unitPrice: string;
  amount: MoneyView;
  /** The product of the subscription that is most like it, as the marketplace has it. */
  here: {
    name: string;
    quantity: string;
    unitPrice: string | null;
    amount: MoneyView | null;
  } | null;
}
