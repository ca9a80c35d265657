import type { CalendarDate } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import type { DocumentWrite } from '../../domain/ports/write.ts';
import type { Step } from '../write-steps.ts';

/**
 * How a document gives lines back: off a draft; an unpaid one that holds nothing else is voided; one
 * that must stand is answered by another (a credit note, or an invoice for what a credit note gave).
 * On a document that stays open, lines go back to what they were before.
 */
export type How = 'remove-lines' | 'delete' | 'void' | 'credit-note' | 'invoice' | 'standing-lines';
/**
 * `gone`: a person ended it already. `changed`: a person changed what stays open, and nobody answered for
 * that yet. `unread`: not known. `correction`: it takes back another line.
 * Only a correction says `asks`: it could not be billed again before a person answers; and `standing`:
 * a system that invoices the line by itself has no past to correct.
 */
export type WhyNot =
  | 'gone'
  | 'changed'
  | 'unread'
  | 'busy'
  | 'correction'
  | 'unmapped'
  | 'no-account'
  | 'asks'
  | 'standing';

/** How one document gives lines back, or why it does not. */
export type Answer =
  /** `stays`: the system invoiced up to that day what goes back only from the day after. */
  { can: true; how: How; step: Step; stays?: CalendarDate } | { can: false; why: WhyNot };

/** How a part of an undo names its document. */
export const undoRef = (documentId: string): string => `${undoPrefix}${documentId}`;
export const isUndoRef = (ref: string): boolean => ref.startsWith(undoPrefix);
export const documentOfRef = (ref: string): string => ref.slice(undoPrefix.length);
const undoPrefix = 'undo:';

/** A write that changes nothing yet. */
export const nothing = (document: Document): DocumentWrite => ({
  ref: undoRef(document.id),
  documentKind: document.kind,
  open: null,
  before: document,
  lines: [],
  state: null,
  send: false,
  allocate: null,
});
