import type { Company, CompanyDraft } from '../company.ts';
import type { Account } from '../connection.ts';
import type { CalendarDate } from '../dates.ts';
import type { Document, DocumentKind } from '../document.ts';
import type { Element, Intent } from '../intent.ts';
import type { Invoice } from '../invoice.ts';
import type { Item, ItemDraft, Reference } from '../item.ts';
import type { Quote } from '../quote.ts';
import type { Feature } from './connector-manifest.ts';
import type { Callbacks } from './hints.ts';
import type { InvoiceFile, InvoicesRead, InvoicesWanted } from './invoices.ts';
import type { Limiter } from './limiter.ts';
import type { Clock, Fetch } from './machine.ts';
import type { Delta, Read } from './read.ts';
import type { ServiceDesk } from './service-desk.ts';
import type { Credentials, OAuthClient } from './system-access.ts';
import type { UserLists } from './user-lists.ts';
import type { DocumentWrite, Outcome, Recovered } from './write.ts';

/** What every call to a system needs: the network, and the clock that its time-out goes by. */
export interface CallContext {
  fetch: Fetch;
  clock: Clock;
}
export interface SessionContext extends CallContext {
  account: Account;
  /** Takes a place in the connection's limits; `person` may use the reserve. */
  limiter: Limiter;
  purpose: 'background' | 'person';
}

export interface OAuthContext extends SessionContext {
  /** A valid access token; refreshed under the connection's lease when `background` work needs it. */
  accessToken(): Promise<string>;
}
export interface CredentialContext extends SessionContext {
  credentials(): Promise<Credentials>;
  /** What the operator is registered with at the vendor; null where there is nothing. */
  client: OAuthClient | null;
}

/** One connection to one account. Methods throw AppError `system.*`. */
export interface ConnectorSession {
  account(): Promise<Account>;
  companies(since: string | null): Promise<Delta<Company>>;
  items(since: string | null): Promise<Delta<Item>>;
  reference(): Promise<Reference>;
  /**
   * Changed since the position, with lines; credit notes included. A `sparing` look may leave out, for
   * an hour at most, kinds that cost a call of their own; never use it before a write.
   */
  documents(since: string | null, how?: { sparing: boolean }): Promise<Delta<Document>>;
  /** Whole documents by id, in as few calls as the vendor allows. */
  documentsById(wanted: readonly { id: string; kind: DocumentKind }[]): Promise<Read<Document>>;
  /**
   * One page of the invoices dated on or after the day, with lines, whoever wrote them; `page` is where
   * the page before said to go on. Left out where what is open is all there is to compare with.
   */
  invoicesDated?(
    from: CalendarDate,
    page: string | null,
  ): Promise<Read<Document> & { next: string | null }>;
  /** Invoices of mapped companies, whoever made them; left out where none are read back. */
  invoices?(wanted: InvoicesWanted): Promise<InvoicesRead>;
  /** The invoice as the customer gets it. Throws `request.not-found` where the system has it no more. */
  invoiceFile?(invoice: Pick<Invoice, 'id' | 'kind'>): Promise<InvoiceFile>;
  /**
   * All open opportunities of mapped companies, with the document in the user-defined field of this
   * name; `fields` are the names that they have.
   */
  quotes?(wanted: {
    companies: InvoicesWanted['companies'];
    documentField: string | null;
  }): Promise<Read<Quote> & { fields: string[] }>;
  /**
   * Tries all rights that a connection needs, where a person typed the access. Throws `connect.right` with the first one
   * missing, `connect.refused` where the access itself is not accepted.
   */
  requireRights?(): Promise<void>;
  /** Which of the manifest's optional rights the access lacks; left out where it has none. */
  lacks?(): Promise<readonly Feature[]>;
  /** Left out where the system calls no address of ours. */
  callbacks?: Callbacks;
  /** Left out where the system has no service desk. */
  tickets?: ServiceDesk;
  /** Left out where no private file can be put on a document. */
  userLists?: UserLists;
  /** Every document that carries one of our marks, for the first check after any connect. */
  marked(): Promise<Read<Document>>;
  /** Pure: the atomic elements of writes, in order. No call is made. */
  prepare(writes: readonly DocumentWrite[]): Element[];
  prepareCompany(draft: CompanyDraft): Element;
  prepareItem(draft: ItemDraft): Element;
  /**
   * Elements of one batch name, in exactly one vendor call; where a system has no batches, in as few
   * as it allows, each element such that sending it again finishes what is missing. An outcome each, in
   * their order.
   */
  write(elements: readonly Element[], idempotencyKey: string): Promise<Outcome[]>;
  /** Asks the system what became of unknown elements; an answer each, in their order. */
  recover(intents: readonly Intent[]): Promise<Recovered[]>;
}
