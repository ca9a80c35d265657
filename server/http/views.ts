import type { AuditEntry } from '../access/audit.ts';
import type { ChainFault } from '../access/chain-check.ts';
import type { DecisionValue, Scope } from '../domain/decision.ts';
import type { DocumentKind, DocumentState } from '../domain/document.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { WhyLeaving } from '../domain/leaving.ts';
import type { LetterSwitch } from '../domain/letter-switch.ts';
import type { LogAction } from '../domain/log-entry.ts';
import type { OrderType } from '../domain/order.ts';
import type { ExplanationStep } from '../domain/plan.ts';
import type { TicketField } from '../domain/ports.ts';
import type { BillingPeriod, FeeKind } from '../domain/product.ts';
import type { ExportField, Settings } from '../domain/settings.ts';
import type { ShadowVerdict } from '../domain/shadow.ts';
import type { NeedCode, TaskState } from '../domain/task.ts';
import type { Role } from '../domain/tenant.ts';
import type { ProblemKind } from '../domain/ticket.ts';
import type { FoundAnswer, SaidAnswer } from '../sync/look/given-answers.ts';
import type { FindingKind, FindingReason } from '../sync/look/looked.ts';
import type { Blockers } from '../sync/month/close.ts';
import type { DifferenceName } from '../sync/month/differences.ts';
import type { How, WhyNot } from '../sync/undo/answer.ts';
import type { LineField } from '../sync/what-if/compare.ts';

/** What the page gets. Amounts are decimal text; instants ISO 8601; dates `YYYY-MM-DD`. */
export interface MoneyView {
  amount: string;
  currency: string;
}
export interface ErrorView {
  code: ErrorCode;
  /** What happened, for a person. */
  message: string;
  /** What to do now, for a person. */
  next: string;
  /** The other side's own words, if any. */
  said: string | null;
  requestId: string;
  /** When it will be tried again by itself. */
  retryAt: string | null;
  /** Names of ours that say more, such as the `field` of a form; never what was sent. */
  facts?: Readonly<Record<string, string>>;
}
export interface PageOf<T> {
  rows: T[];
  total: number;
  next: string | null;
  counts: Record<string, number>;
}

export interface ShellView {
  user: { id: string; name: string; role: Role };
  tenant: { name: string; marketplace: string };
  marketplaceConnected: boolean;
  systems: {
    id: string;
    name: string;
    words: { document: string; company: string; item: string };
    /** Where somebody makes invoices of our lines; null where ours are the invoices. */
    madeIn: string | null;
    inPlace: boolean;
  }[];
  connections: {
    id: string;
    systemId: string;
    name: string;
    state: 'active' | 'broken' | 'disconnected';
    paused: { by: string; at: string } | null;
    needs: number;
    settingsSaved: boolean;
    /** Whether this person may approve here and switch automatic on. */
    mayApprove: boolean;
    /** Whether a wrong mapping can be corrected since a day; not where the system invoices lines itself. */
    corrects: boolean;
  }[];
  /** Open the settings by itself: the connection was just made and its settings never saved. */
  openSettings: string | null;
}
export interface ConsentView {
  systemId: string;
  name: string;
  consequences: string[];
  scopes: { scope: string; why: string }[];
  /** Without one of these that feature alone is hidden. */
  optionalRights: OptionalRightView[];
  ownAppPossible: boolean;
  redirectUri: string;
  /** What a person types, where no consent page gives access. */
  credentials: {
    steps: string[];
    warnings: string[];
    fields: {
      id: string;
      name: string;
      help: string;
      kind: 'text' | 'secret' | 'choice';
      choices: { value: string; name: string }[];
      optional: boolean;
    }[];
  } | null;
}
/** A right that one feature alone needs. */
export interface OptionalRightView {
  feature: 'invoices' | 'quotes' | 'tickets' | 'hints';
  scope: string;
  why: string;
  /** Where it is granted. */
  where: string;
}
export interface MarketplaceView {
  name: string;
  connected: boolean;
  failure: ErrorView | null;
  method: string | null;
  savedBy: string | null;
  savedAt: string | null;
  apiBase: string;
  methods: {
    id: string;
    name: string;
    fields: { id: string; name: string; help: string; secret: boolean; optional: boolean }[];
  }[];
  lacks: string[];
  budget: BudgetView;
}
export interface BudgetView {
  perMinute: number;
  perDay: number;
  usedToday: number;
}

export interface FlowView {
  state: 'waiting' | 'begun' | 'returned' | 'choose' | 'done' | 'failed';
  accounts: { id: string; name: string }[];
  connectionId: string | null;
  failure: ErrorView | null;
}
export interface ConnectionView {
  id: string;
  systemId: string;
  systemName: string;
  accountName: string;
  demo: boolean;
  baseCurrency: string;
  timeZone: string;
  state: 'active' | 'broken' | 'disconnected';
  failure: ErrorView | null;
  connectedBy: string;
  connectedAt: string;
  ownApp: boolean;
  paused: { by: string; at: string } | null;
  billFrom: string | null;
  /** Preselected where unanswered: first of next month. */
  billFromProposal: string;
  lastCheckAt: string | null;
  nextCheckAt: string | null;
  checking: boolean;
  limits: {
    minuteRemaining: number | null;
    dayRemaining: number | null;
    blockedUntil: string | null;
  };
  /** Set while the system failed so often that its calls rest. */
  resting: { since: string; until: string; failures: number; reason: ErrorView } | null;
  marketplaceBudget: BudgetView;
  /** Optional rights that are missing, as the last reading or test found. */
  lacks: OptionalRightView[];
}
/** An invoice of a mapped company as it stands in the system. */
export interface InvoiceRow {
  id: string;
  kind: 'invoice' | 'creditNote';
  number: string;
  customerId: string | null;
  customerName: string;
  state: 'draft' | 'open' | 'part-paid' | 'paid' | 'voided';
  overdue: boolean;
  date: string | null;
  dueDate: string | null;
  paidOn: string | null;
  total: MoneyView;
  balance: MoneyView;
  /** In the system: the invoice, or its company where no link leads to an invoice. */
  url: string | null;
  /** The document that it bills, where the system tells one. */
  document: { name: string; url: string } | null;
  /** Which of our lines it billed, the first of them; empty where the system does not tell. */
  lines: { text: string; amount: MoneyView; on: string | null }[];
  /** All of them. */
  linesTotal: number;
}
export interface InvoicesView extends PageOf<InvoiceRow> {
  /** Left out of everything where the system's invoices are not read. */
  available: boolean;
  /** Where somebody makes invoices of our lines; null where ours are the invoices. */
  madeIn: string | null;
  partPayments: boolean;
  tellsLines: boolean;
  readAt: string | null;
  lacks: OptionalRightView | null;
  months: number;
  /** What is left to pay of those shown without a filter by state, and what of it is overdue. */
  open: MoneyView[];
  overdue: MoneyView[];
  customer: { id: string; name: string } | null;
}
export interface QuoteRow {
  id: string;
  title: string;
  customerName: string;
  stage: string | null;
  amount: MoneyView | null;
  closesOn: string | null;
  /** The opportunity in the system. */
  url: string | null;
  document: { status: 'none' } | { status: 'link'; url: string } | { status: 'refused' };
}
export interface QuotesView extends PageOf<QuoteRow> {
  available: boolean;
  readAt: string | null;
  lacks: OptionalRightView | null;
  /** The setting, and the fields that opportunities have; empty where none is known. */
  field: string | null;
  fields: string[];
}
export interface CheckView {
  startedAt: string;
  tasksNew: number;
  ordersRead: number;
  failures: ErrorView[];
}

/** A write without a task whose outcome nobody could tell: a person looks and says. */
export interface UnclearView {
  id: string;
  what: 'undo' | 'change' | 'send' | 'create';
  /** Document number, or what to search for in the system. */
  lookAt: string;
  url: string | null;
  amount: MoneyView | null;
  by: string;
  at: string;
}
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
/** A customer who is leaving, with what is still to come. */
export interface LeaverView {
  customerId: string;
  name: string;
  why: WhyLeaving;
  lastDay: string | null;
  /** Charges are expected, and billed without a question, until this day. */
  until: string | null;
  ending: { id: string; name: string; on: string | null }[];
  orders: { total: number; asking: number; taskIds: string[]; money: MoneyView[] };
  drafts: { documentId: string; number: string | null; url: string; total: MoneyView }[];
  byUse: boolean;
  own: { number: string; text: string; next: string | null }[];
  archived: boolean;
}
/** The people of the reseller who have opened the app. */
export interface PeopleView {
  people: {
    id: string;
    name: string;
    lastAt: string;
    /** "Approve and automatic", given to them by name. */
    granted: { by: string; at: string } | null;
  }[];
  limit: { amount: string; currency: string } | null;
}
export interface DashboardView {
  connection: ConnectionView;
  checklist: {
    id:
      | 'marketplace'
      | 'connect'
      | 'settings'
      | 'customers'
      | 'products'
      | 'bill-from'
      | 'preview'
      | 'sync';
    done: boolean;
    facts: Record<string, string>;
  }[];
  checklistDone: boolean;
  needs: {
    rows: TaskRow[];
    total: number;
    money: MoneyView[];
    byCode: { code: NeedCode; count: number; money: MoneyView[] }[];
  };
  /** The largest first. */
  unclear: UnclearView[];
  ready: { total: number; money: MoneyView[] };
  waiting: {
    rows: { reason: ErrorView | null; count: number; money: MoneyView[]; retryAt: string | null }[];
    total: number;
  };
  writtenSince: {
    at: string | null;
    documents: number;
    lines: number;
    money: MoneyView[];
    by: { name: string; documents: number; money: MoneyView[] }[];
  };
  openings: { total: number };
  unmapped: { customers: number; products: number; money: MoneyView[] };
  /** Customers whose automatic switch is off, with what waits for them. */
  manualCustomers: { count: number; money: MoneyView[] };
  warnings: { code: string; facts: Record<string, string> }[];
  /** Of systems that make the invoices themselves; null for others. */
  exports: ExportsView | null;
  /** Null where the system's invoices are not read. */
  invoicing: {
    open: MoneyView[];
    openCount: number;
    overdue: MoneyView[];
    overdueCount: number;
    /** Open opportunities; null where they are not read. */
    quotes: number | null;
  } | null;
  running: RunView | null;
  /** Prepared, and waiting for a second person. */
  awaiting: RunView[];
  keptRecords: number;
}

/** When lines go to the system by themselves, and what went last. */
export interface ExportsView {
  /** Where somebody makes invoices of them. */
  madeIn: string;
  mode: 'off' | 'daily' | 'every-5-minutes';
  minuteOfDay: number | null;
  /** With the next check, or at a time of a day where the books are kept; null where nothing is scheduled. */
  next:
    | { kind: 'check'; at: string | null }
    | { kind: 'day'; on: string; minuteOfDay: number }
    | null;
  last: {
    runId: string;
    by: string;
    startedAt: string;
    endedAt: string | null;
    documents: number;
    lines: number;
    money: MoneyView[];
    /** Documents that were not written and do not go on by themselves. */
    stopped: number;
  } | null;
}

/** A record that could not be read, or (`setAside`) that could not be worked with. */
export interface KeptRecordView {
  id: string;
  source: string;
  what: string;
  problem: string;
  seenAt: string;
  setAside: {
    subject: string;
    amount: MoneyView | null;
    code: ErrorCode;
    firstAt: string;
    attempts: number;
    /** It is tried with the next check, which was asked for. */
    again: boolean;
    needsPerson: boolean;
    ignored: { reason: string; by: string; at: string } | null;
  } | null;
}

export interface SettingsView {
  settings: Settings;
  saved: boolean;
  systemName: string;
  choices: {
    accounts: { code: string; name: string }[];
    taxRates: { type: string; name: string; rate: string }[];
    tracking: { id: string; name: string; options: { id: string; name: string }[] }[];
    themes: { id: string; name: string }[];
    documentTypes: { id: string; name: string }[];
  };
  capabilities: {
    sends: boolean;
    tracking: boolean;
    themes: boolean;
    /** Each charge is a line of an invoice, in whatever currency. */
    lines: boolean;
    exports: readonly ExportField[];
    /** Its open opportunities are read, with the document in a field that the setting names. */
    quotes: boolean;
  };
  /** Warnings that stay until answered, such as no default account. */
  warnings: { field: keyof Settings; code: string }[];
}

export interface NeedView {
  code: NeedCode;
  guard: boolean;
  subject: string;
  facts: Record<string, string>;
}
/** A document as a person finds it in the system. */
export interface DocumentRef {
  id: string;
  number: string | null;
  url: string | null;
}
export interface TaskRow {
  id: string;
  orderId: string;
  orderNumber: string;
  orderType: OrderType;
  customerId: string;
  customerName: string;
  placedOn: string;
  amount: MoneyView;
  state: TaskState;
  needs: NeedView[];
  written: number;
  lines: number;
  retryAt: string | null;
  failure: ErrorView | null;
  /** `document` is where it was billed by hand, for the reason `linked`. */
  ignored: { reason: string; by: string; at: string; document: DocumentRef | null } | null;
  documents: DocumentRef[];
  /** What people arranged about it. */
  care: {
    assignee: { id: string; name: string } | null;
    note: { text: string; by: string; at: string } | null;
    snoozedUntil: string | null;
  };
  /** Who else has it open now, by name. */
  present: string[];
}
export interface ChargeView {
  key: string;
  description: string;
  detailType: string;
  class: string;
  productKey: string | null;
  productName: string | null;
  subscriptionId: string | null;
  candidates: { id: string; name: string }[];
  quantity: string;
  unitPrice: string | null;
  amount: MoneyView;
  link: { documentId: string; number: string | null; url: string | null } | null;
  excluded: string | null;
}
export interface TaskView extends TaskRow {
  groups: {
    subscriptionId: string | null;
    subscriptionName: string | null;
    state: TaskState;
    needs: NeedView[];
    charges: ChargeView[];
  }[];
  customerMapped: TargetView | null;
  /** One per product of the task, for the wizard's second step. */
  products: { productKey: string; name: string; fees: FeeKind[]; target: TargetView | null }[];
}
export interface TargetView {
  id: string;
  name: string;
  detail: string;
  archived: boolean;
}

export interface PlanLineView {
  chargeKey: string;
  revision: string;
  orderId: string;
  orderNumber: string;
  subscriptionId: string | null;
  productKey: string | null;
  description: string;
  quantity: string;
  unitPrice: string;
  discount: { kind: 'percent' | 'amount'; value: string } | null;
  accountCode: string | null;
  taxType: string | null;
  priceFrom: 'marketplace' | 'system' | 'person' | 'billed';
  amount: MoneyView;
  explanation: ExplanationStep[];
}
export interface PlanView {
  ref: string;
  fingerprint: string;
  customerId: string;
  customerName: string;
  companyName: string | null;
  documentKind: DocumentKind;
  target: {
    kind: 'new' | 'existing';
    documentId: string | null;
    number: string | null;
    date: string | null;
    reference: string | null;
    url: string | null;
  };
  /** Open documents of the customer that the lines could go to instead. */
  choices: {
    id: string;
    number: string | null;
    date: string | null;
    total: MoneyView;
    state: DocumentState;
  }[];
  postAs: Settings['postAs'];
  lines: PlanLineView[];
  /** Lines already there, for before and after. */
  existing: {
    description: string;
    quantity: string;
    unitPrice: string;
    amount: MoneyView;
    ours: boolean;
  }[];
  before: MoneyView;
  after: MoneyView;
  added: MoneyView;
  needs: NeedView[];
  warnings: { code: string; facts: Record<string, string> }[];
  taskIds: string[];
  /** Why it is worth a second look; empty for the usual. */
  unusual: { code: string; facts: Record<string, string> }[];
}
export interface PreviewView {
  plans: PlanView[];
  totals: MoneyView[];
  lastMonth: MoneyView[];
  documents: number;
  blocked: number;
  /** Said where an earlier order of the same subscription was taken in. */
  alsoTaken: { orderNumber: string; because: string }[];
}
export interface RunView {
  id: string;
  kind: 'manual' | 'automatic' | 'undo' | 'closing' | 'correction';
  by: string;
  startedAt: string;
  endedAt: string | null;
  total: number;
  done: number;
  parts: {
    ref: string;
    customerName: string;
    state:
      | 'waiting'
      | 'writing'
      | 'written'
      | 'stale'
      | 'blocked'
      | 'rejected'
      | 'unknown'
      | 'delayed';
    documentId: string | null;
    documentNumber: string | null;
    documentUrl: string | null;
    amount: MoneyView | null;
    taskIds: string[];
    failure: ErrorView | null;
  }[];
  /** Why it waits for a second person; null where it does not. */
  awaits: {
    why: 'limit' | 'grant';
    limit: { amount: string; currency: string } | null;
    /** Whose ids cannot be the second person's. */
    notBy: string[];
    totals: MoneyView[];
  } | null;
  second: { by: string; at: string; answer: 'given' | 'declined' | 'expired' } | null;
  /** Every document it wrote is still an open draft. */
  canUndo: boolean;
}
export interface DecisionView {
  id: string;
  scope: Scope;
  value: DecisionValue;
  by: string;
  at: string;
  subject: string;
  /** A month, or once where it is about one order or charge; an estimate. */
  worth: MoneyView[];
  /** An exclusion whose end has come. */
  ended: boolean;
}
/** What taking lines back would do, a row a document. */
export interface UndoPreviewView {
  documents: UndoDocumentView[];
  /** What cannot be taken back, and why. */
  kept: (UndoRowView & { why: WhyNot })[];
  /** What it takes off what customers owe. */
  totals: MoneyView[];
  /** The mapping that goes back with a correction that is taken back; null where none does. */
  mapsBack: { name: string; target: string } | null;
  seen: string;
}
/** What correcting a mapping since a day does: both halves, of one run. */
export interface CorrectionPreviewView {
  takes: Pick<UndoPreviewView, 'documents' | 'kept' | 'totals'>;
  plans: PlanView[];
  /** What the new lines come to. */
  totals: MoneyView[];
  /** What is mapped now and what it is corrected to. */
  was: string;
  is: string;
  seen: string;
}
interface UndoRowView {
  documentId: string;
  number: string | null;
  url: string | null;
  customerName: string;
  lines: number;
  amount: MoneyView;
}
export interface UndoDocumentView extends UndoRowView {
  how: How;
  /** The day of the document that answers it, where one does. */
  dated: string | null;
  /** The last day that the system invoiced: so far it stays as it was billed. */
  stays: string | null;
}
/** A document of ours that a person changed in the system. */
export interface DriftView {
  documentId: string;
  documentKind: DocumentKind;
  number: string | null;
  url: string | null;
  state: DocumentState;
  customerName: string;
  changedAt: string;
  /** Names what is shown; an answer to anything else is refused. */
  seen: string;
  lines: DriftLineView[];
}
export interface DriftLineView {
  id: string;
  change: 'voided' | 'deleted' | 'missing' | 'amount' | 'quantity' | 'price';
  text: string;
  orderNumber: string;
  was: LineFigures;
  now: LineFigures | null;
}
export interface LineFigures {
  quantity: string;
  unitPrice: string;
  amount: MoneyView;
}
export interface OpeningView {
  subscriptionId: string;
  name: string;
  customerName: string;
  monthly: MoneyView | null;
  newestOrder: { number: string; placedOn: string; amount: MoneyView } | null;
  answer: 'next-order' | 'newest-order' | 'link' | null;
  /** The line it was billed on by hand, as it was when a person chose it. */
  link: { document: DocumentRef; text: string; quantity: string; amount: MoneyView } | null;
}
/** The read-only look: how far it is, what it found in total, and one page of it. */
export interface LookView extends PageOf<FoundView> {
  /** `done` is what was found; while `reading` or `waiting` it is what is known so far. */
  state: 'never' | 'reading' | 'waiting' | 'done' | 'failed';
  /** The first day whose invoices were read. */
  from: string;
  startedAt: string | null;
  endedAt: string | null;
  failure: ErrorView | null;
  read: { documents: number; subscriptions: number; subscriptionsTotal: number };
  notCompared: {
    unmatched: number;
    elsewhere: number;
    ours: number;
    unread: number;
    usage: number;
  };
  /** A month, over all that is not answered yet: what customers should pay more, and less. */
  missing: MoneyView[];
  tooMuch: MoneyView[];
  /** Exact matches that can be linked all at once. */
  linkable: number;
  /** For the filters: those something was found of. */
  customers: { id: string; name: string }[];
  currencies: string[];
}
export type FoundKind = FindingKind;
export interface FoundView {
  id: string;
  kind: FindingKind;
  reason: FindingReason;
  customerId: string;
  customerName: string;
  /** The product, or the words of a line that has none. */
  name: string;
  /** Positive: the customer should pay so much more a month. */
  monthly: MoneyView;
  here: FoundFigures | null;
  there: (FoundFigures & FoundLine) | null;
  cost: MoneyView | null;
  belowCost: boolean;
  /** The end of the subscription, or the last day it was billed. */
  since: string | null;
  answer: FoundAnswer | null;
  answers: SaidAnswer[];
  /** Sent back with an answer, so that only what a person saw is answered. */
  seen: string;
}
export interface FoundFigures {
  quantity: string;
  unitPrice: string | null;
  monthly: MoneyView | null;
  /** Subscriptions, or lines, that are summed. */
  count: number;
}
export interface FoundLine {
  text: string;
  number: string | null;
  date: string;
  url: string;
}
/** A month billed by hand beside what automatic would have billed: a page of customers. */
export interface ShadowView extends PageOf<ShadowCustomerView> {
  month: string;
  /** The months whose orders were all read, and the present one; newest first. */
  months: string[];
  /** The month is not over: more may come on either side. */
  runs: boolean;
  /** How far invoices were read: the comparison knows none before `from`. */
  look: { state: LookView['state']; from: string; endedAt: string | null };
  /** The first day whose orders were read; later than the month's first where it is not whole. */
  ordersFrom: string | null;
  counts: { all: number; clean: number; different: number };
  ours: MoneyView[];
  theirs: MoneyView[];
  /** Lines of the reseller's own work, which are not compared. */
  notCompared: { count: number; money: MoneyView[] };
  /** The first day that can be chosen for a switch-over. */
  switchFrom: string;
}
export interface ShadowCustomerView {
  customerId: string;
  name: string;
  ours: MoneyView[];
  theirs: MoneyView[];
  difference: MoneyView[];
  counts: Record<ShadowVerdict, number>;
  documents: { ours: number; theirs: number };
  isClean: boolean;
  /** Sent back with a switch-over: only what a person saw is switched. */
  seen: string;
}
export interface ShadowCustomerLinesView extends PageOf<ShadowRowView> {
  month: string;
  customer: ShadowCustomerView;
  switchFrom: string;
}
export interface ShadowRowView {
  id: string;
  verdict: ShadowVerdict;
  name: string;
  ours: ShadowSideView | null;
  theirs: (ShadowSideView & { lines: (FoundLine & { amount: MoneyView })[] }) | null;
  /** Positive: we would bill so much more. */
  difference: MoneyView;
  /** What a person would be asked first. */
  waits: NeedCode[];
}
export interface ShadowSideView {
  quantity: string;
  amount: MoneyView;
  orders: string[];
}
/** A line written by hand that a subscription may have been billed on. */
export interface OpeningLineView {
  documentId: string;
  lineId: string;
  number: string | null;
  date: string | null;
  state: DocumentState;
  url: string | null;
  text: string;
  quantity: string;
  unitPrice: string;
  amount: MoneyView;
  /** The product of the subscription that is most like it, as the marketplace has it. */
  here: {
    name: string;
    quantity: string;
    unitPrice: string | null;
    amount: MoneyView | null;
  } | null;
}

export interface SuggestionView {
  targetId: string;
  targetName: string;
  scorePercent: number;
  reason: string;
}
export interface CustomerMappingRow {
  id: string;
  name: string;
  status: string;
  target: TargetView | null;
  suggestion: SuggestionView | null;
  monthly: MoneyView[];
  automatic: boolean;
  /** The connection that bills the customer; null where nobody does. */
  billedBy: string | null;
  billFrom: string | null;
  waiting: MoneyView[];
  excluded: { reason: string; until: string | null } | null;
  billedBySchedule: { amount: MoneyView; every: string; answered: boolean } | null;
}
export interface ProductMappingRow {
  id: string;
  productKey: string;
  name: string;
  vendor: string | null;
  partNumber: string | null;
  fee: FeeKind | null;
  target: TargetView | null;
  suggestion: SuggestionView | null;
  monthly: MoneyView[];
  accountCode: string | null;
  taxType: string | null;
  excluded: { reason: string; until: string | null } | null;
}
/** What comes: terms that end soon, and what is open of years paid in parts. */
export interface AheadView {
  /** How many days are looked ahead. */
  days: number;
  renewals: {
    subscriptionId: string;
    name: string;
    customerName: string;
    on: string;
    renews: boolean;
    /** Of one billing period; empty where nobody tells a price. */
    amounts: MoneyView[];
    period: BillingPeriod | null;
  }[];
  parts: {
    subscriptionId: string;
    name: string;
    customerName: string;
    orderNumber: string;
    whole: MoneyView;
    billed: number;
    count: number;
    open: MoneyView;
    /** The day the next part is due. */
    next: string;
  }[];
}
export interface OwnChargeView {
  id: string;
  number: string;
  customerId: string;
  customerName: string;
  description: string;
  quantity: string;
  unitPrice: string;
  amount: MoneyView;
  /** Null is charged once. */
  everyMonths: number | null;
  from: string;
  until: string | null;
  state: 'planned' | 'running' | 'paused' | 'ended' | 'once';
  /** The first day of the next period, where one comes. */
  next: string | null;
  item: TargetView | null;
  accountCode: string | null;
  taxType: string | null;
  /** Every price it had or will have, the oldest first. */
  terms: { from: string; description: string; quantity: string; unitPrice: string }[];
  /** Days in which no period begins; the last may have no end yet. */
  pauses: { from: string; until: string | null }[];
  /** The document that the last billed period stands on. */
  billed: { number: string; url: string | null; on: string } | null;
}
export interface MappingHistoryView {
  at: string;
  by: string;
  targetName: string | null;
  from: string | null;
  how: string;
}
export interface CsvPreviewView {
  changes: {
    line: number;
    name: string;
    from: string | null;
    to: string | null;
    problem: string | null;
  }[];
  valid: number;
  invalid: number;
  applied: boolean;
}

/** Entries of the Action log that are no longer in its pages. */
export interface LogPartView {
  number: number;
  entries: number;
  from: string;
  to: string;
}
export interface LogEntryView {
  seq: number;
  at: string;
  actor: string;
  action: LogAction;
  result: 'ok' | 'asks' | 'waits' | 'failed';
  subject: string;
  sentence: string;
  customerId: string | null;
  amount: MoneyView | null;
  taskId: string | null;
  documentId: string | null;
  documentUrl: string | null;
  failure: ErrorView | null;
}
/** What stands behind one entry: read when a person opens it, since a page of plans is long. */
export interface LogDetailsView {
  /** Its lines that still stand, and can be taken back. */
  standing: { chargeKey: string; linkId: string }[];
  orderNumber: string | null;
  /** What was planned to be written, with how each amount came about. */
  plan: {
    documentKind: DocumentKind;
    lines: PlanLineView[];
    before: MoneyView;
    after: MoneyView;
  } | null;
  /** Settings that were changed. */
  changes: { field: string; before: string; after: string }[];
  /** The other side's own words. */
  said: string | null;
  /** Whatever else was kept. */
  other: unknown;
}
/** One entry of the audit trail: who had access, who was refused, and why. */
export interface AuditEntryView {
  position: number;
  at: string;
  action: AuditEntry['action'];
  outcome: AuditEntry['outcome'];
  actor: string | null;
  object: string | null;
  reason: string | null;
}
export interface AuditPageView {
  rows: AuditEntryView[];
  next: string | null;
}
/** What a look through the whole trail found. */
export interface AuditCheckView {
  checkedAt: string;
  entries: number;
  fault: ChainFault | null;
}

/** Lines of the live stream; the page shows a pop-up for `notice` and reads again on `changed`. */
export type StreamEvent =
  | { type: 'hello'; at: string }
  | {
      type: 'notice';
      seq: number;
      result: 'ok' | 'asks' | 'waits' | 'failed';
      text: string;
      group: string;
      connectionId: string | null;
    }
  | {
      type: 'changed';
      what: ('tasks' | 'connection' | 'mappings' | 'run' | 'log')[];
      connectionId: string | null;
    }
  | { type: 'ping' };
export type { Settings };

/** A month of a connection: what was charged, what stands on documents, and a name for every cent between. */
export interface MonthView extends PageOf<MonthDifferenceView> {
  month: string;
  /** The months there is anything of, newest first. */
  months: { month: string; closed: boolean }[];
  isOver: boolean;
  figures: MonthFiguresView[];
  documents: { count: number; drafts: number; draftMoney: MoneyView[] };
  blockers: Blockers;
  canClose: boolean;
  closed: { by: string; at: string; changes: MonthChangeView[] } | null;
  /** Sent back with a closing: it closes what the person saw. */
  seen: string;
}
export interface MonthFiguresView {
  currency: string;
  charged: string;
  own: string;
  differences: { name: DifferenceName; amount: string; count: number }[];
  documents: string;
  unexplained: string;
  tax: string;
  cost: string;
  /** Charges whose cost the marketplace does not tell. */
  costUnknown: number;
}
/** What a closed month comes to now, where it is not what it came to at its closing. */
export interface MonthChangeView {
  figure: 'charged' | 'own' | 'documents' | 'tax';
  was: MoneyView;
  is: MoneyView;
}
export interface MonthDifferenceView {
  id: string;
  name: DifferenceName;
  reason: string | null;
  customerName: string;
  text: string;
  orderNumber: string | null;
  /** The open task, where there is one. */
  taskId: string | null;
  amount: MoneyView;
  document: { number: string; url: string } | null;
}
/** A month on one page, for the accountant, with every difference. */
export interface MonthStatementView extends Omit<MonthView, keyof PageOf<unknown> | 'months'> {
  tenant: string;
  system: string;
  account: string;
  today: string;
  rows: MonthDifferenceView[];
  papers: {
    number: string;
    kind: DocumentKind;
    date: string;
    state: DocumentState;
    customerName: string;
    net: MoneyView;
    tax: MoneyView;
    total: MoneyView;
  }[];
}

/** To whom a connection writes, and what its digest would say now. */
export interface MailView {
  /** Whether the operator has a mail server at all. */
  configured: boolean;
  to: string[];
  digestAt: number | null;
  failures: boolean;
  timeZone: string;
  /** Why the last mail could not be sent, since when. */
  failure: (ErrorView & { at: string }) | null;
  preview: { subject: string; text: string };
}

/** What is told by mail and what by tickets of the system. */
export interface TicketingView {
  /** Whether the system has a service desk that is used here. */
  available: boolean;
  on: boolean;
  kinds: ProblemKind[];
  /** Kinds that no mail is written about. */
  quiet: ProblemKind[];
  place: Record<string, string>;
  companyName: string | null;
  fields: readonly TicketField[];
  /** Rights that are missing for it, with where they are granted. */
  lacking: { scope: string; why: string; where: string }[];
  /** Why the last ticket could not be opened, since when. */
  failure: (ErrorView & { at: string }) | null;
  open: { kind: ProblemKind; summary: string; at: string; url: string | null }[];
}

/** What a change would do. Rows name at most `whatIfRowsMax` customers a month. */
export interface WhatIfView {
  months: { month: string; orders: number; changed: number; rows: WhatIfRow[] }[];
  ready: { orders: number; changed: number; rows: WhatIfRow[] };
  more: MoneyView[];
}
export interface WhatIfRow {
  customerName: string;
  before: WhatIfPaper[];
  after: WhatIfPaper[];
  /** So many lines differ; the first of them. */
  lineCount: number;
  lines: WhatIfLine[];
}
export interface WhatIfPaper {
  kind: DocumentKind;
  date: string | null;
  postAs: string;
  lines: number;
  amount: MoneyView;
}
export interface WhatIfLine {
  text: string;
  orderNumber: string;
  field: LineField;
  /** Amounts as decimal text with `currency`; everything else as it would be written. */
  was: string | null;
  is: string | null;
  currency: string | null;
}
