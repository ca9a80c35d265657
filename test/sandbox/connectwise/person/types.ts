import type { HandLines } from '../../people/hand-lines.ts';
import type { RightName, SetupTable, Verb } from '../schema/rights.ts';

/** Fields as a person fills them in: text by field name; an empty one clears the field, a reference is an id. */
export type Fields = Readonly<Record<string, string>>;

/**
 * What the reseller's people do on ConnectWise's own pages, under the same rules as the API. Each act throws with the words of the
 * refusal.
 */
export interface Person {
  /** Creates a record of any kind that can be created; gives its id. A child names its parent. */
  create(record: string, fields: Fields, parentId?: number): number;
  change(record: string, id: number, fields: Fields): void;
  /** Opens agreements by hand for the company of that name, in the place of all it had; null where there is none. */
  openByHand(company: string, given: readonly HandLines[]): number[] | null;
  remove(record: string, id: number): void;
  /** Agreement Invoicing up to a day (today), of one agreement or all; gives the ids of the invoices. */
  invoice(options?: { through?: string; agreementId?: number }): number[];
  /** Deletes the last invoice of an agreement. */
  deleteInvoice(invoiceId: number): void;
  /** Applies a payment to an invoice: the balance, or a part of it. */
  pay(invoiceId: number, options?: { amount?: string; date?: string }): number;
  /** Grants a right of the API member's security role, or takes it away. */
  setRight(right: RightName, verb: Verb, isGranted: boolean): void;
  /** Table Setup, customised: lets the role read a table, or not. */
  setTable(table: SetupTable, isGranted: boolean): void;
  /** Can't read costs: whether the role sees unit costs and margins. */
  setHidesCosts(hides: boolean): void;
  setMemberActive(isActive: boolean): void;
  /** A new pair of keys; the old one is refused from now on. */
  newKeys(): { publicKey: string; privateKey: string };
  /** The vendor upgrades the region: discovery tells another codebase, and the old one is not found. */
  setCodebase(codebase: string): void;
}
