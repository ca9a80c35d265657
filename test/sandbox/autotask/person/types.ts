import type { HandLines } from '../../people/hand-lines.ts';

/** Fields as a person fills them in: text by field name; an empty one clears the field. */
export type Fields = Readonly<Record<string, string>>;

/**
 * What the reseller's people do on Autotask's own pages, under the same rules as the API. Each act throws with the words of the
 * refusal.
 */
export interface Person {
  /** Creates a record of any entity that can be created; gives its id. A child names its parent. */
  create(entity: string, fields: Fields, parentId?: number): number;
  change(entity: string, id: number, fields: Fields): void;
  /** Opens contracts by hand for the company of that name, in the place of all it had; null where there is none. */
  openByHand(company: string, given: readonly HandLines[]): number[] | null;
  remove(entity: string, id: number): void;
  /** Approve & Post: everything up to a day (today), of one contract or all; gives how many billing items came of it. */
  post(options?: { through?: string; contractId?: number }): number;
  /** Processes invoices of what is posted, of one company or all; gives their ids. */
  invoice(options?: { companyId?: number }): number[];
  voidInvoice(invoiceId: number): void;
  /** Marks an invoice as paid on a day, or as not paid. */
  setPaid(invoiceId: number, date: string | null): void;
  /** The security level "Can't read costs" of the API user. */
  setHidesCosts(hides: boolean): void;
  setApiUserActive(isActive: boolean): void;
  /** Generates a new secret; the old one is refused from now on. */
  newSecret(): string;
  /** The vendor moves the tenant to another zone; the old one refuses its users. */
  moveZone(zone: number): void;
}
