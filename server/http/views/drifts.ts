import type { DocumentKind, DocumentState } from '../../domain/document.ts';
import type { MoneyView } from './common.ts';

/** A document of ours that a person changed in the system. */
export interface DriftView {
  documentId: string;
  documentKind: DocumentKind;
  number: string | null;
  url: string | null;
  state: DocumentState;
  customerName: string;
  changedAt: string;
  /** Names what is shown; an answer to anything else is refused. */
  seen: string;
  lines: DriftLineView[];
}
export interface DriftLineView {
  id: string;
  change: 'voided' | 'deleted' | 'missing' | 'amount' | 'quantity' | 'price' | 'tax';
  text: string;
  orderNumber: string;
  was: LineFigures;
  now: LineFigures | null;
  /** The document on which it was given back already: an answer takes that back too, where it can be. */
  givenBackOn: string | null;
}
export interface LineFigures {
  quantity: string;
  unitPrice: string;
  amount: MoneyView;
  /** Null where the system tells none of the line. */
  tax: MoneyView | null;
}
