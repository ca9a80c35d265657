import type { How, WhyNot } from '../../sync/undo/answer.ts';
import type { MoneyView } from './common.ts';
import type { PlanView } from './plans.ts';

/** What taking lines back would do, a row a document. */
export interface UndoPreviewView {
  documents: UndoDocumentView[];
  /** What cannot be taken back, and why. */
  kept: (UndoRowView & { why: WhyNot })[];
  /** What it takes off what customers owe. */
  totals: MoneyView[];
  /** The mapping that goes back with a correction that is taken back; null where none does. */
  mapsBack: { name: string; target: string } | null;
  seen: string;
}
/** What correcting a mapping since a day does: both halves, of one run. */
export interface CorrectionPreviewView {
  takes: Pick<UndoPreviewView, 'documents' | 'kept' | 'totals'>;
  plans: PlanView[];
  /** What the new lines come to. */
  totals: MoneyView[];
  /** What is mapped now and what it is corrected to. */
  was: string;
  is: string;
  seen: string;
}
interface UndoRowView {
  documentId: string;
  number: string | null;
  url: string | null;
  customerName: string;
  lines: number;
  amount: MoneyView;
}
export interface UndoDocumentView extends UndoRowView {
  how: How;
  /** The day of the document that answers it, where one does. */
  dated: string | null;
  /** The last day that the system invoiced: so far it stays as it was billed. */
  stays: string | null;
}
