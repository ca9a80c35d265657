import type { LetterSwitch } from '../../domain/letter-switch.ts';
import type { ErrorView, PageOf } from './common.ts';

/** Customers with a bill in the last two months, and their letter about it. */
export interface LettersView extends PageOf<LetterRow> {
  configured: boolean;
  /** Day of the month on which they leave; null is never. */
  day: number | null;
  month: string;
  /** Where an answer goes; null where nobody is named under Mail. */
  replyTo: string | null;
}
export interface LetterRow {
  customerId: string;
  customerName: string;
  /** The contact's address in the system; null where there is none that can be used. */
  to: string | null;
  state: LetterSwitch;
  /** Nothing is sent where nothing changed. */
  changes: number;
  preview: { subject: string; text: string };
  letter: {
    month: string;
    to: string;
    state: 'sending' | 'sent' | 'refused' | 'unclear';
    at: string;
    failure: ErrorView | null;
  } | null;
}
