import type { StandingKind } from '../document.ts';
import type { ExportField, Settings } from '../settings.ts';
import type { CredentialForm } from './system-access.ts';

export interface ConnectorManifest {
  id: string;
  name: string;
  /** `perOrder` systems get a line a charge; `standing` systems keep one open line a subscription. */
  kind: 'perOrder' | 'standing';
  /** What the system calls each; `account` is what sorts income, and what a new item needs. */
  words: { document: string; company: string; item: string; account: string };
  /** The rights asked for: of a consent, or those that the typed login must have. */
  scopes: readonly { scope: string; why: string }[];
  /**
   * Rights that something of its own needs and nothing else: without one that alone is hidden, with what
   * is missing, and the connection works.
   */
  optionalRights?: readonly OptionalRight[];
  /** What its own invoices tell; left out where none are read back. */
  invoicing?: {
    /** Where somebody makes invoices of our lines, as a person finds it; null where ours are invoices. */
    madeIn: string | null;
    /** Whether parts of an invoice that were paid are told. */
    partPayments: boolean;
    /** Whether an invoice tells which lines it billed. */
    tellsLines: boolean;
    /** Whether its changes since a time tell all that became of an invoice: then all are read but once. */
    tellsChanges?: true;
  };
  /** Whether its open opportunities are read. */
  quotes?: true;
  /** Whether lists of users can be put on its documents as private files. */
  userLists?: true;
  /** Whether tickets can be opened in it. */
  tickets?: true;
  /** The callback's query member that names the company, where the vendor has one (`realmId`). */
  companyParameter?: string;
  /** How a person gets what they type, and the fields for it; left out where a consent gives access. */
  credentials?: CredentialForm;
  /** What happens on both sides, shown before consent. */
  consequences: readonly string[];
  batch: { documents: number; companies: number; items: number };
  capabilities: {
    sends: boolean;
    creditNotes: boolean;
    tracking: boolean;
    themes: boolean;
    discounts: boolean;
  };
  limits: {
    lineTextMax: number;
    referenceMax: number;
    itemCodeMax: number;
    readBeforeWriteMaxMs: number;
    lateCommitMaxMs: number;
    idempotencyWindowMs: number;
  };
  /** Of `standing` systems alone. */
  standing?: {
    document: StandingKind;
    /** Lines hold whole units only. */
    wholeUnits: boolean;
    /** A document that we open bills each line whole for every period in which it has a day. */
    wholePeriods: boolean;
    /** What a line can do without: left as it is on a change, the system's default on a new one. */
    exports: readonly ExportField[];
    /** Months of the billing periods that its documents can have; left out where any can. */
    cycleMonths?: readonly number[];
  };
  /** Settings that cannot work together here, with the field that is wrong. */
  check(settings: Settings): { field: keyof Settings; code: string }[];
}

/** What an optional right is for. */
export type Feature = 'invoices' | 'quotes' | 'tickets' | 'hints' | 'users';
export interface OptionalRight {
  feature: Feature;
  /** As the system names it, and what it is needed for. */
  scope: string;
  why: string;
  /** Where a person grants it. */
  where: string;
}
