import type { Company, CompanyDraft } from './company.ts';
import type { Account, Connection } from './connection.ts';
import type { Customer } from './customer.ts';
import type { CalendarDate, Instant } from './dates.ts';
import type {
  Document,
  DocumentKind,
  DocumentState,
  LineContent,
  StandingKind,
  StandingStep,
} from './document.ts';
import type { ErrorCode, Failure } from './errors.ts';
import type { InstallationId, Marker, TenantId } from './ids.ts';
import type { Element, Intent } from './intent.ts';
import type { Invoice } from './invoice.ts';
import type { Item, ItemDraft, Reference } from './item.ts';
import type { LogEntry, NewLogEntry } from './log-entry.ts';
import type { Mail } from './mail.ts';
import type { Money } from './money.ts';
import type { Order } from './order.ts';
import type { Header } from './plan.ts';
import type { Product } from './product.ts';
import type { Quote } from './quote.ts';
import type { Collection, RecordOf } from './records.ts';
import type { ExportField, Settings } from './settings.ts';
import type { Subscription } from './subscription.ts';
import type { TicketPlace } from './ticket.ts';

// ---- the world outside, always an argument ----

export interface Clock {
  nowMs(): number;
  /** Resolves when the clock reaches the instant, or at once when the signal aborts. */
  waitUntil(ms: number, signal?: AbortSignal): Promise<void>;
}
export interface Ids {
  next(): string;
}
/** Cryptography that the domain needs, synchronous so that a simulation can replay it. */
export interface Crypto {
  /** SHA-256 as lower-case hex. */
  hash(text: string): string;
  randomBytes(length: number): Uint8Array;
}
export interface Random {
  /** In [0, 1). */ fraction(): number;
}
export type Fetch = (request: Request) => Promise<Response>;
export interface Logger {
  info(event: string, facts?: object): void;
  warn(event: string, facts?: object): void;
  error(event: string, facts?: object): void;
}

// ---- marketplace ----

/** What a marketplace cannot do; the screens say so. */
export interface MarketplaceCapabilities {
  users: boolean;
  usage: boolean;
  webhooks: boolean;
  costs: boolean;
}

export interface MarketplaceManifest {
  id: string;
  name: string;
  capabilities: MarketplaceCapabilities;
  /** Calls allowed per installation, unless the operator configures others. */
  callsPerMinute: number;
  callsPerDay: number;
  /** Fields of the access form, per method of authentication. */
  methods: readonly { id: string; name: string; fields: readonly AccessField[] }[];
}
export interface AccessField {
  id: string;
  name: string;
  help: string;
  secret: boolean;
  optional: boolean;
}

/** A record that could not be read, with its body so that nothing is dropped. */
export interface Unreadable {
  what: string;
  id: string;
  problem: string;
  body: string;
}
export interface Read<T> {
  records: T[];
  unreadable: Unreadable[];
}

export interface OrderWindow {
  /** Creation time, inclusive. */ from: Instant;
  to: Instant;
}

/** One tenant's marketplace. Every method may throw AppError `marketplace.*`. */
export interface Marketplace {
  /** One cheap call that proves the credentials. */
  test(): Promise<void>;
  customers(): Promise<Read<Customer>>;
  products(): Promise<Read<Product>>;
  /** Orders of the window in list form (`detailed: false`), each once, even when the list shifts. */
  orders(window: OrderWindow): Promise<Read<Order>>;
  /** The detailed form; null where the marketplace no longer has it. */
  order(id: string): Promise<Read<Order>>;
  /** List form, `detailed: false`. */
  subscriptions(): Promise<Read<Subscription>>;
  subscription(id: string): Promise<Read<Subscription>>;
}
export interface MarketplaceContext {
  apiBase: string;
  method: string;
  credentials: Readonly<Record<string, string>>;
  fetch: Fetch;
  clock: Clock;
  crypto: Crypto;
  /** Asked before every call; throws `marketplace.limited` or `marketplace.quota`. */
  spend(purpose: 'background' | 'person'): Promise<void>;
}
export interface MarketplaceAdapter {
  manifest: MarketplaceManifest;
  open(context: MarketplaceContext): Marketplace;
}

// ---- connector ----

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}
/** A token set as the vault keeps it. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: Instant;
  scope: string;
}

/** What a person types to give access, by field id; kept in the vault and never shown again. */
export type Credentials = Readonly<Record<string, string>>;

export interface CredentialForm {
  /** The vendor's own menu path, one step each, shown as a numbered list. */
  steps: readonly string[];
  warnings: readonly string[];
  fields: readonly CredentialField[];
}
export interface CredentialField {
  id: string;
  name: string;
  help: string;
  kind: 'text' | 'secret' | 'choice';
  /** Of a `choice`; empty otherwise. */
  choices: readonly { value: string; name: string }[];
  optional: boolean;
}

export interface ConnectorManifest {
  id: string;
  name: string;
  /** `perOrder` systems get a line a charge; `standing` systems keep one open line a subscription. */
  kind: 'perOrder' | 'standing';
  words: { document: string; company: string; item: string };
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
  };
  /** Whether its open opportunities are read. */
  quotes?: true;
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
export type Feature = 'invoices' | 'quotes' | 'tickets' | 'hints';
export interface OptionalRight {
  feature: Feature;
  /** As the system names it, and what it is needed for. */
  scope: string;
  why: string;
  /** Where a person grants it. */
  where: string;
}

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
export interface Limiter {
  /** Runs the call when the limits allow it; throws `system.limited` or `system.quota` with a time. */
  run(purpose: 'background' | 'person', call: () => Promise<Response>): Promise<Response>;
  view(): {
    minuteRemaining: number | null;
    dayRemaining: number | null;
    blockedUntil: Instant | null;
  };
}

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

export interface Delta<T> extends Read<T> {
  /** Where the next read goes on, in the system's own time. */ position: string;
}

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
}
export interface InvoiceFile {
  /** A PDF (ISO 32000): its first bytes were looked at. */
  bytes: Uint8Array<ArrayBuffer>;
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
  /** Which of the manifest's optional rights the access lacks; left out where it has none. */
  lacks?(): Promise<readonly Feature[]>;
  /** Left out where the system calls no address of ours. */
  callbacks?: Callbacks;
  /** Left out where the system has no service desk. */
  tickets?: ServiceDesk;
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

/** One field of a system's ticket form, with what can be chosen there now. */
export interface TicketField {
  id: string;
  name: string;
  /** A `company` is found by its name among those that are known. */
  kind: 'choice' | 'company';
  choices: readonly { value: string; name: string }[];
  optional: boolean;
}
export interface TicketDraft {
  /** Ends the summary, so that the ticket is found again. */
  mark: string;
  summary: string;
  text: string;
  place: TicketPlace;
}
export type TicketAnswer =
  /** `left`: why the ticket could only be noted, or not even that. */
  | { status: 'ok'; ticketId: string; left: string | null }
  | { status: 'rejected' | 'unsent' | 'unknown'; failure: Failure };
/** Tickets for the reseller's own people. Throws `system.*` where it only reads. */
export interface ServiceDesk {
  /** What a ticket can be put into; some of it hangs on what is chosen already. */
  fields(place: TicketPlace): Promise<TicketField[]>;
  /** One call that makes a ticket. */
  open(draft: TicketDraft): Promise<TicketAnswer>;
  /** The ticket whose summary has the mark, open or not; null where there is none. */
  find(mark: string): Promise<{ ticketId: string } | null>;
  /** Says in it that it is solved and closes it, as far as the system lets it; done again it changes nothing. */
  solve(ticket: { ticketId: string; text: string }): Promise<TicketAnswer>;
}

/**
 * What a system says by itself when something changed there. It is a hint and never data: what changed
 * is read from the system as ever.
 */
export interface Hints {
  /** The header that has the signature of the body. */
  header: string;
  /**
   * The accounts in which something changed, each once; null where the signature is not the one that
   * `key` gives over exactly these bytes.
   */
  read(call: { body: Uint8Array; signature: string | null; key: string }): readonly string[] | null;
}

/**
 * Where a system calls an address that we register with it, one for each connection. Its word is a hint as
 * well. It is signed with a key that the body says where to find.
 */
export interface CallbackFormat {
  /** The header that has the signature of the body. */
  header: string;
  /** Where the body says that its key is; null where it says nothing that could be one. */
  keyAddress(body: Uint8Array): string | null;
  /** Whether the signature is the one that the key gives over exactly these bytes. */
  isSigned(call: { body: Uint8Array; signature: string | null; key: string }): boolean;
}
/** The registrations of one connection. Throws `system.*`. */
export interface Callbacks {
  /** What is registered for addresses that begin so. */
  list(base: string): Promise<{ id: string; url: string; topic: string }[]>;
  /** Everything that the connection wants to hear of; what is registered is left. */
  topics: readonly string[];
  register(url: string, topic: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The key at the address; throws `system.answer` for one that is not on the connection's own host. */
  key(address: string): Promise<string>;
}

interface ConnectorBase {
  manifest: ConnectorManifest;
  /** Left out where the system calls no address of ours. */
  callbacks?: CallbackFormat;
  /** Left out where the system tells nothing, or nothing that can be proven. */
  hints?: Hints;
  /**
   * Every origin it calls: the egress guard lets nothing else out. One `*` stands for up to three
   * digits of a host, where a vendor spreads its customers over numbered hosts.
   */
  origins: readonly string[];
  limiter(clock: Clock): Limiter;
  /** Where a person sees a ticket; left out where there are none. */
  ticketUrl?(account: Account, ticketId: string): string;
  /** Where a person sees the document in the system. */
  documentUrl(account: Account, document: Pick<Document, 'id' | 'kind'>): string;
  /** Where a person sees the invoice, or its company where the system links to no invoice. */
  invoiceUrl?(account: Account, invoice: Pick<Invoice, 'id' | 'kind' | 'companyId'>): string;
  quoteUrl?(account: Account, quote: Pick<Quote, 'id'>): string;
}

/** Access by fields that a person types, such as the login of an API user. */
export interface CredentialConnector extends ConnectorBase {
  auth: 'credentials';
  /**
   * Tries everything the connection will need and gives the account. Throws `connect.refused` where
   * the login is not accepted, `connect.right` with the first right it lacks and where to grant it.
   */
  connect(
    context: Omit<CredentialContext, 'account' | 'credentials'> & { credentials: Credentials },
  ): Promise<Account>;
  open(context: CredentialContext): ConnectorSession;
  /** Takes back what we left with the system; `isOurs` tells our addresses of this connection. */
  release?(
    context: Omit<CredentialContext, 'account'>,
    isOurs: (url: string) => boolean,
  ): Promise<void>;
}

export type Connector = OAuthConnector | CredentialConnector;

/** Access by the vendor's own consent page (RFC 6749). */
export interface OAuthConnector extends ConnectorBase {
  auth: 'oauth';
  /** The address the popup goes to. */
  authorizeUrl(options: {
    client: OAuthClient;
    redirectUri: string;
    state: string;
    challenge: string;
  }): string;
  exchange(
    options: CallContext & {
      client: OAuthClient;
      redirectUri: string;
      code: string;
      verifier: string;
    },
  ): Promise<Tokens>;
  refresh(options: CallContext & { client: OAuthClient; tokens: Tokens }): Promise<Tokens>;
  /**
   * The accounts this consent reached; `authenticated` only those of this flow. `company` came through
   * the browser as `manifest.companyParameter`: it is a question, and only what the vendor answers to
   * these tokens counts.
   */
  accounts(
    options: CallContext & { tokens: Tokens; company?: string | null },
  ): Promise<{ id: string; name: string; vendorConnectionId: string }[]>;
  disconnect(options: CallContext & { tokens: Tokens; vendorConnectionId: string }): Promise<void>;
  open(context: OAuthContext): ConnectorSession;
}

// ---- store ----

/** Reads what is durable. Nothing here sees an uncommitted change of somebody else. */
export interface Reader {
  get<C extends Collection>(collection: C, id: string): RecordOf<C> | null;
  list<C extends Collection>(collection: C): RecordOf<C>[];
}
/** Inside `transact`: reads see this transaction's own writes; nothing but tx may be awaited. */
export interface Transaction extends Reader {
  put<C extends Collection>(collection: C, record: RecordOf<C>): void;
  remove(collection: Exclude<Collection, 'link' | 'charge' | 'order'>, id: string): void;
  log(entry: NewLogEntry): void;
}
export interface LogQuery {
  /** Exclusive upper bound; null starts at the newest. */
  before: number | null;
  limit: number;
  day?: { from: CalendarDate; to: CalendarDate };
  actor?: string;
  action?: string;
  result?: string;
  /** `errors-and-action` leaves out what simply went well. */
  level?: 'errors-and-action' | 'all';
  customerId?: string;
  /** Needs `day`; bounded. */
  text?: string;
}
export interface LogPage {
  entries: LogEntry[] /** Null at the end. */;
  next: number | null;
  scanned: number;
  complete: boolean;
}
/** Entries that left the pages because they are old, together; days as in `LogQuery.day`. */
export interface LogPart {
  number: number;
  first: number;
  last: number;
  from: CalendarDate;
  to: CalendarDate;
}
export interface StoreHealth {
  commitMsP95: number;
  hotRecords: number;
  hotBytes: number;
  advice: string | null;
  /** Why the disk took nothing at the last try; null again once it takes something. */
  refuses: Extract<ErrorCode, 'store.full' | 'store.read-only'> | null;
}

export interface Store {
  /** Atomic, isolated per tenant, durable when it resolves. A throw inside changes nothing. */
  transact<T>(tenant: TenantId, work: (tx: Transaction) => T | Promise<T>): Promise<T>;
  /** A view of what is durable now. The tenant is opened when needed. */
  read(tenant: TenantId): Promise<Reader>;
  log(tenant: TenantId, query: LogQuery): Promise<LogPage>;
  /** The archive of the Action log, newest first. */
  logParts(tenant: TenantId): Promise<LogPart[]>;
  /** A part of it, oldest entry first; null where there is none of this number. */
  readLogPart(tenant: TenantId, number: number): Promise<AsyncIterable<LogEntry> | null>;
  tenants(): Promise<TenantId[]>;
  /** Deletes everything of the tenant; what remains is that it existed. */
  redact(tenant: TenantId): Promise<void>;
  health(): StoreHealth;
  close(): Promise<void>;
}

/** The file system under the embedded store, narrow enough to be simulated call by call. */
export interface Disk {
  /** With mode 0700; no error where it exists. */
  mkdir(path: string): Promise<void>;
  /** Names in the folder, sorted; empty where it is absent. */
  list(path: string): Promise<string[]>;
  /** The whole file or, with a range, its bytes from `start` up to `end` (fewer at the end). */
  read(path: string, range?: { start: number; end: number }): Promise<Uint8Array | null>;
  /** `create` fails where the file exists, `replace` empties it, `append` makes it; mode 0600. */
  open(path: string, how: 'create' | 'replace' | 'append'): Promise<DiskFile>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file or an empty folder; no error where it is absent. */
  remove(path: string): Promise<void>;
  truncate(path: string, length: number): Promise<void>;
  /** Makes names in the folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Identity of a file, to notice another writer; null when absent. */
  identity(path: string): Promise<string | null>;
}
export interface DiskFile {
  write(bytes: Uint8Array): Promise<number>;
  sync(): Promise<void>;
  size(): Promise<number>;
  identity(): Promise<string>;
  close(): Promise<void>;
}

// ---- mail ----

/** Sends one mail to all its recipients. Throws AppError `mail.unreachable` or `mail.refused`. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

// ---- scheduling ----

/** Calls `work` at a time; a later `at` for the same key replaces the earlier one. */
export interface Wake {
  at(key: string, ms: number): void;
  cancel(key: string): void;
  start(work: (key: string) => Promise<void>): void;
  stop(): Promise<void>;
}

export interface Tenancy {
  tenantId: TenantId;
  installationId: InstallationId;
  epoch: number;
}
export type { Connection };
