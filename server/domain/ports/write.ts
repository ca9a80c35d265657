import type { Company } from '../company.ts';
import type { CalendarDate } from '../dates.ts';
import type {
  Document,
  DocumentKind,
  DocumentState,
  LineContent,
  StandingStep,
} from '../document.ts';
import type { Failure } from '../errors.ts';
import type { Marker } from '../ids.ts';
import type { Item } from '../item.ts';
import type { Money } from '../money.ts';
import type { Header } from '../plan.ts';
import type { ExportField } from '../settings.ts';

/** The lines and state one document shall get. Lines not named stay exactly as they are. */
export interface DocumentWrite {
  ref: string;
  documentKind: DocumentKind;
  /** Set to open a new document. */
  open: (Header & { marker: Marker }) | null;
  /** The last read of the document that is changed. */
  before: Document | null;
  lines: readonly LineChange[];
  /** Fields of lines that stay as they are, and are the system's default on a new line. */
  leaves?: readonly ExportField[];
  /** The state it shall have afterwards; null leaves it. */
  state: Exclude<DocumentState, 'paid'> | null;
  send: boolean;
  allocate: { documentId: string; amount: Money; date: CalendarDate } | null;
}

export type LineChange =
  /** `date`: the day of a one-off line, where the system wants one. */
  | { change: 'add'; content: LineContent; marker: Marker; date?: CalendarDate }
  /**
   * A line that stays and is invoiced by the system, period by period. `lineId` is null where it is to
   * be opened; the steps are in the order of their days, one a day.
   */
  | {
      change: 'stand';
      lineId: string | null;
      content: LineContent;
      marker: Marker;
      before: { quantity: string; unitPrice: string } | null;
      steps: readonly StandingStep[];
    }
  | { change: 'amend'; lineId: string; content: LineContent; marker: Marker }
  | { change: 'remove'; lineId: string };

export type Outcome =
  | {
      status: 'ok';
      document: Document | null;
      company: Company | null;
      item: Item | null;
      warnings: string[];
    }
  /** The system answered that it did not do it. */
  | {
      status: 'rejected';
      failure: Failure;
      /** The call was refused as a whole: nothing tells which of its elements is to blame. */
      together?: boolean;
    }
  /** Surely not done: refused before it was looked at (limits, maintenance, no connection). */
  | { status: 'unsent'; failure: Failure }
  /** Nobody knows: `recover` must ask. */
  | { status: 'unknown'; failure: Failure };

export type Recovered =
  | { status: 'happened'; document: Document | null; company: Company | null; item: Item | null }
  | { status: 'absent' }
  /** A part of it is there: the same element sent again finishes it, and does nothing twice. */
  | { status: 'unfinished' }
  | { status: 'unclear'; lookAt: string };
