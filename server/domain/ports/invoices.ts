import type { CalendarDate } from '../dates.ts';
import type { Invoice } from '../invoice.ts';
import type { Delta } from './read.ts';

/** Which invoices a reading is about. */
export interface InvoicesWanted {
  /** Of these companies alone, each with the currency it is billed in. */
  companies: readonly { id: string; currency: string | null }[];
  /** Where the last reading said to go on; null reads all that are dated on or after `from`. */
  since: string | null;
  from: CalendarDate;
  /** Known ones that are not settled: read again where the system does not tell that they were paid. */
  open: readonly string[];
  /** Known ones whose lines are known too. */
  known: ReadonlySet<string>;
}

export interface InvoicesRead extends Delta<Invoice> {
  /** Of `open`, what the system has no more. */
  gone: string[];
  /** How many calls it took, where reading all can be dear. */
  calls?: number;
}
export interface InvoiceFile {
  /** A PDF (ISO 32000): its first bytes were looked at. */
  bytes: Uint8Array<ArrayBuffer>;
}
