import type { HeldLine } from '../held.ts';
import type { Step } from './steps.ts';

/** A contract, an agreement: what stays open and is invoiced by the system. */
export interface HeldDocument {
  id: string;
  contact: string;
  currency: string;
  /** Months of one billing period. */
  months: number | null;
  /** Both days are in it. */
  from: string;
  until: string;
  isOpen: boolean;
  /**
   * Set where each line is billed whole for every period in which it has a day: periods are counted from
   * here, and a change counts from the first day of its period.
   */
  wholePeriodsFrom?: string;
}

/** A contract service, an addition: a line of ours that stays open, with its changes as the app made them. */
export interface HeldStanding {
  id: string;
  document: string;
  /** The system's id of what is sold. */
  item: string;
  mark: string | null;
  text: string;
  steps: Step[];
  /** What a person changed after us; null where nothing. */
  drift: string | null;
  /** It was taken back after its first periods were invoiced: those stay, and it ends with the last of them. */
  isInvoiced?: boolean;
}

/** All that one system of standing lines holds of the app's, read from its own journal. */
export interface HeldBook {
  documents: HeldDocument[];
  lines: HeldStanding[];
  /** One-off lines; `isLive` is false once one is gone. */
  once: HeldLine[];
}

/** What stood in the system before its journal begins, and what no journal tells. */
export interface Known {
  /** The currency of each company, by its id. */
  currencies: Readonly<Record<string, string>>;
  documents: readonly HeldDocument[];
}
