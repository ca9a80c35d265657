import type { Settings } from '../domain/settings.ts';
import type { Role } from '../domain/tenant.ts';
import type { DifferenceName } from '../sync/month/differences.ts';
import type {
  BillFromBody,
  CareBody,
  CorrectionBody,
  CorrectionPreviewBody,
  CreateItemsBody,
  CredentialsBody,
  CsvBody,
  CustomerBulkBody,
  CustomerMapBody,
  DecisionBody,
  DriftBody,
  FlowBody,
  GrantBody,
  ItemMapBody,
  KeptBody,
  LetterAnswerBody,
  LettersBody,
  LettersSwitchBody,
  LetterTestBody,
  LookAnswerBody,
  MailBody,
  MarketplaceBody,
  MonthCloseBody,
  OpeningBody,
  OwnChargeBody,
  OwnStepBody,
  PreviewBody,
  ProductBulkBody,
  RunBody,
  SecondBody,
  ShadowSwitchBody,
  TaskBulkBody,
  TicketingBody,
  UndoBody,
  UndoPreviewBody,
  WhatIfBody,
} from './bodies.ts';
import type { AheadView } from './views/ahead.ts';
import type { AuditCheckView, AuditPageView } from './views/audit.ts';
import type { ErrorView, PageOf } from './views/common.ts';
import type { ConsentView, FlowView, OptionalRightView } from './views/connecting.ts';
import type { CheckView, ConnectionView } from './views/connection.ts';
import type { DashboardView } from './views/dashboard.ts';
import type { DecisionView } from './views/decisions.ts';
import type { DriftView } from './views/drifts.ts';
import type { InvoicesView } from './views/invoices.ts';
import type { KeptRecordView } from './views/kept.ts';
import type { LeaverView } from './views/leaving.ts';
import type { LettersView } from './views/letters.ts';
import type { LogDetailsView, LogEntryView, LogPartView } from './views/log.ts';
import type { FoundKind, LookView } from './views/look.ts';
import type { MailView } from './views/mail.ts';
import type {
  CsvPreviewView,
  CustomerMappingRow,
  MappingHistoryView,
  ProductMappingRow,
  TargetView,
} from './views/mappings.ts';
import type { MarketplaceView } from './views/marketplace.ts';
import type { MonthStatementView, MonthView } from './views/months.ts';
import type { OpeningLineView, OpeningView } from './views/openings.ts';
import type { OwnChargeView } from './views/own-charges.ts';
import type { PeopleView } from './views/people.ts';
import type { PreviewView } from './views/plans.ts';
import type { QuotesView } from './views/quotes.ts';
import type { RunView } from './views/runs.ts';
import type { SettingsView } from './views/settings.ts';
import type { ShadowCustomerLinesView, ShadowView } from './views/shadow.ts';
import type { ShellView } from './views/shell.ts';
import type { StreamEvent } from './views/stream.ts';
import type { TaskRow, TaskView } from './views/tasks.ts';
import type { TicketingView } from './views/ticketing.ts';
import type { CorrectionPreviewView, UndoPreviewView } from './views/undo.ts';
import type { WhatIfView } from './views/what-if.ts';

/**
 * The whole HTTP interface between the page and the app: one line a route. The router is written
 * against it (`routes/`), and the page's `ui/api.ts` takes its types from it; a wrong path, field or
 * reply does not compile. `C` stands for `/v1/connections/:connectionId`.
 */
export interface Api {
  'GET /v1/shell': Route<None, ShellView>;
  'GET /v1/stream': Route<None, StreamEvent>;
  'GET /v1/log': Route<{ query: LogFilter }, PageOf<LogEntryView> & { complete: boolean }>;
  'GET /v1/log/:seq': Route<None, LogDetailsView>;
  'GET /v1/log-parts': Route<None, LogPartView[]>;
  'GET /v1/audit': Route<{ query: AuditFilter }, AuditPageView>;
  'GET /v1/audit/check': Route<None, AuditCheckView>;
  'GET /v1/kept-records': Route<None, KeptRecordView[]>;
  'POST /v1/kept-records': Route<{ body: KeptBody }, { changed: number }>;
  'GET /v1/marketplace': Route<None, MarketplaceView>;
  'PUT /v1/marketplace': Route<{ body: MarketplaceBody }, MarketplaceView>;
  'POST /v1/marketplace/test': Route<None, MarketplaceView>;
  'GET /v1/systems/:systemId/consent': Route<None, ConsentView>;
  /** Tries typed access; nothing is stored. */
  'POST /v1/systems/:systemId/test': Route<
    { body: Pick<CredentialsBody, 'credentials'> },
    { accountName: string; baseCurrency: string; lacks: OptionalRightView[] }
  >;
  'POST /v1/systems/:systemId/connect': Route<{ body: CredentialsBody }, ConnectionView>;
  'POST /v1/flows': Route<{ body: FlowBody }, { flowId: string; launchSecret: string }>;
  'GET /v1/flows/:flowId': Route<None, FlowView>;
  'POST /v1/flows/:flowId/complete': Route<None, FlowView>;
  'POST /v1/flows/:flowId/choose': Route<{ body: { accountId: string } }, ConnectionView>;

  'GET /v1/connections/:connectionId': Route<None, ConnectionView>;
  'DELETE /v1/connections/:connectionId': Route<None, ConnectionView>;
  'POST /v1/connections/:connectionId/test': Route<None, ConnectionView>;
  'POST /v1/connections/:connectionId/check': Route<None, CheckView>;
  'POST /v1/connections/:connectionId/pause': Route<{ body: { paused: boolean } }, ConnectionView>;
  'GET /v1/connections/:connectionId/dashboard': Route<None, DashboardView>;
  'GET /v1/connections/:connectionId/settings': Route<None, SettingsView>;
  'PUT /v1/connections/:connectionId/settings': Route<
    { body: { settings: Settings } },
    SettingsView
  >;
  'PUT /v1/connections/:connectionId/bill-from': Route<{ body: BillFromBody }, ConnectionView>;

  /** Who has opened the app: whom a task can be given to. */
  'GET /v1/people': Route<None, { id: string; name: string }[]>;
  'PUT /v1/connections/:connectionId/tasks/care': Route<{ body: CareBody }, { changed: number }>;
  /** Says which tasks a person has open; who else has, by name. */
  'POST /v1/connections/:connectionId/tasks/presence': Route<
    { body: { taskIds: string[] } },
    { others: string[] }
  >;
  'GET /v1/connections/:connectionId/tasks': Route<{ query: TaskFilter }, PageOf<TaskRow>>;
  'GET /v1/connections/:connectionId/tasks/:taskId': Route<None, TaskView>;
  'POST /v1/connections/:connectionId/tasks/ignore': Route<
    { body: TaskBulkBody },
    { changed: number }
  >;
  'POST /v1/connections/:connectionId/tasks/restore': Route<
    { body: TaskBulkBody },
    { changed: number }
  >;
  'POST /v1/connections/:connectionId/preview': Route<{ body: PreviewBody }, PreviewView>;
  'POST /v1/connections/:connectionId/runs': Route<{ body: RunBody }, RunView>;
  'GET /v1/connections/:connectionId/runs': Route<None, RunView[]>;
  'GET /v1/connections/:connectionId/runs/:runId': Route<None, RunView>;
  /** What taking back would do; nothing is written. */
  'POST /v1/connections/:connectionId/runs/:runId/second': Route<{ body: SecondBody }, RunView>;
  'GET /v1/connections/:connectionId/invoices': Route<{ query: InvoiceFilter }, InvoicesView>;
  /** The invoice as the customer gets it, passed on from the system and never kept; `application/pdf`. */
  'GET /v1/connections/:connectionId/invoices/:invoiceId/pdf': Route<None, Response>;
  /** Reads invoices and quotes now, without waiting for their hour. */
  'POST /v1/connections/:connectionId/invoices/read': Route<None, { changed: number }>;
  'GET /v1/connections/:connectionId/quotes': Route<{ query: QuoteFilter }, QuotesView>;
  'GET /v1/connections/:connectionId/letters': Route<{ query: PageFilter }, LettersView>;
  'PUT /v1/connections/:connectionId/letters': Route<{ body: LettersBody }, LettersView>;
  'POST /v1/connections/:connectionId/letters/switch': Route<
    { body: LettersSwitchBody },
    { changed: number }
  >;
  /** Sends a customer's letter to the reseller's own addresses alone. */
  'POST /v1/connections/:connectionId/letters/test': Route<
    { body: LetterTestBody },
    { changed: number }
  >;
  'POST /v1/connections/:connectionId/letters/answer': Route<
    { body: LetterAnswerBody },
    { changed: number }
  >;
  'GET /v1/connections/:connectionId/leaving': Route<{ query: PageFilter }, PageOf<LeaverView>>;
  'GET /v1/connections/:connectionId/people': Route<None, PeopleView>;
  'PUT /v1/connections/:connectionId/grants': Route<{ body: GrantBody }, PeopleView>;
  'POST /v1/connections/:connectionId/corrections/preview': Route<
    { body: CorrectionPreviewBody },
    CorrectionPreviewView
  >;
  'POST /v1/connections/:connectionId/corrections': Route<{ body: CorrectionBody }, RunView>;
  'POST /v1/connections/:connectionId/undo/preview': Route<
    { body: UndoPreviewBody },
    UndoPreviewView
  >;
  'POST /v1/connections/:connectionId/undo': Route<{ body: UndoBody }, RunView>;
  'POST /v1/connections/:connectionId/unclear/:intentId': Route<
    { body: { happened: boolean } },
    { changed: number }
  >;
  'GET /v1/connections/:connectionId/ahead': Route<None, AheadView>;
  'GET /v1/connections/:connectionId/decisions': Route<
    { query: DecisionFilter },
    PageOf<DecisionView>
  >;
  'POST /v1/connections/:connectionId/decisions': Route<{ body: DecisionBody }, DecisionView>;
  'DELETE /v1/connections/:connectionId/decisions/:decisionId': Route<None, { changed: number }>;
  'GET /v1/connections/:connectionId/drifts': Route<{ query: PageFilter }, PageOf<DriftView>>;
  'POST /v1/connections/:connectionId/drifts': Route<{ body: DriftBody }, { changed: number }>;
  'GET /v1/connections/:connectionId/openings': Route<{ query: PageFilter }, PageOf<OpeningView>>;
  /** The likeliest first, at most 20. */
  'GET /v1/connections/:connectionId/openings/:subscriptionId/lines': Route<
    None,
    OpeningLineView[]
  >;
  'POST /v1/connections/:connectionId/openings': Route<{ body: OpeningBody }, { changed: number }>;

  'GET /v1/connections/:connectionId/look': Route<{ query: LookFilter }, LookView>;
  /** Starts reading; it goes on by itself. */
  'POST /v1/connections/:connectionId/look': Route<None, LookView>;
  'POST /v1/connections/:connectionId/look/answers': Route<
    { body: LookAnswerBody },
    { changed: number }
  >;

  /** The last three months planned again as if it were so; nothing is stored. */
  'POST /v1/connections/:connectionId/what-if/preview': Route<{ body: WhatIfBody }, WhatIfView>;
  'GET /v1/connections/:connectionId/mail': Route<None, MailView>;
  'PUT /v1/connections/:connectionId/mail': Route<{ body: MailBody }, MailView>;
  /** Sends a letter to the saved addresses at once. */
  'POST /v1/connections/:connectionId/mail/test': Route<None, MailView>;
  'GET /v1/connections/:connectionId/ticketing': Route<
    { query: { board?: string; type?: string; issueType?: string } },
    TicketingView
  >;
  'PUT /v1/connections/:connectionId/ticketing': Route<{ body: TicketingBody }, TicketingView>;
  'GET /v1/connections/:connectionId/months/:month': Route<{ query: MonthFilter }, MonthView>;
  /** The whole month on one page. */
  'GET /v1/connections/:connectionId/months/:month/statement': Route<None, MonthStatementView>;
  'POST /v1/connections/:connectionId/months/:month/close': Route<
    { body: MonthCloseBody },
    MonthView
  >;
  'DELETE /v1/connections/:connectionId/months/:month/close': Route<None, MonthView>;

  /** A month as automatic would have billed it, beside what was billed by hand; writes nothing. */
  'GET /v1/connections/:connectionId/shadow/:month': Route<{ query: ShadowFilter }, ShadowView>;
  'GET /v1/connections/:connectionId/shadow/:month/customers/:customerId': Route<
    { query: PageFilter },
    ShadowCustomerLinesView
  >;
  'POST /v1/connections/:connectionId/shadow/:month/switch': Route<
    { body: ShadowSwitchBody },
    { changed: number }
  >;

  'GET /v1/connections/:connectionId/own-charges': Route<
    { query: OwnChargeFilter },
    PageOf<OwnChargeView> & {
      /** Where the books are kept. */ today: string;
      /** The account's own first. */ currencies: string[];
    }
  >;
  'POST /v1/connections/:connectionId/own-charges': Route<{ body: OwnChargeBody }, OwnChargeView>;
  /** Change from a date, pause, resume, end. */
  'POST /v1/connections/:connectionId/own-charges/:ownChargeId': Route<
    { body: OwnStepBody },
    OwnChargeView
  >;

  'GET /v1/connections/:connectionId/mappings/customers': Route<
    { query: MappingFilter },
    PageOf<CustomerMappingRow>
  >;
  'PUT /v1/connections/:connectionId/mappings/customers': Route<
    { body: CustomerMapBody },
    { changed: number }
  >;
  /** Suggest, confirm, switch automatic, switch who bills, create in the system, unmap. */
  'POST /v1/connections/:connectionId/mappings/customers/bulk': Route<
    { body: CustomerBulkBody },
    { changed: number; failed: ErrorView[] }
  >;
  'GET /v1/connections/:connectionId/mappings/customers/:id/history': Route<
    None,
    MappingHistoryView[]
  >;
  'GET /v1/connections/:connectionId/mappings/products': Route<
    { query: MappingFilter },
    PageOf<ProductMappingRow>
  >;
  'PUT /v1/connections/:connectionId/mappings/products': Route<
    { body: ItemMapBody },
    { changed: number }
  >;
  'POST /v1/connections/:connectionId/mappings/products/bulk': Route<
    { body: ProductBulkBody },
    { changed: number; failed: ErrorView[] }
  >;
  'POST /v1/connections/:connectionId/mappings/products/create': Route<
    { body: CreateItemsBody },
    { changed: number; failed: ErrorView[] }
  >;
  'GET /v1/connections/:connectionId/mappings/products/:id/history': Route<
    None,
    MappingHistoryView[]
  >;
  'POST /v1/connections/:connectionId/mappings/:kind/csv': Route<{ body: CsvBody }, CsvPreviewView>;
  'GET /v1/connections/:connectionId/targets/companies': Route<
    { query: { search: string } },
    TargetView[]
  >;
  'GET /v1/connections/:connectionId/targets/items': Route<
    { query: { search: string } },
    TargetView[]
  >;

  /** Files, answered as `text/csv`. */
  'GET /v1/connections/:connectionId/look.csv': Route<{ query: LookFilter }, string>;
  'GET /v1/connections/:connectionId/months/:month/statement.csv': Route<None, string>;
  'GET /v1/log.csv': Route<{ query: LogFilter }, string>;
  'GET /v1/log-parts/:number': Route<None, string>;
  'GET /v1/audit.csv': Route<{ query: AuditFilter }, string>;
  'GET /v1/connections/:connectionId/mappings/customers.csv': Route<None, string>;
  'GET /v1/connections/:connectionId/mappings/products.csv': Route<None, string>;
}

export interface Route<Input, Reply> {
  input: Input;
  reply: Reply;
}
type None = Record<never, never>;

/** Query members are text; an absent one is left out. */
export interface PageFilter {
  page?: string;
}
export interface TaskFilter extends PageFilter {
  view: TaskViewName;
  search?: string;
  customerId?: string;
}
export type TaskViewName = 'needs' | 'ready' | 'waiting' | 'snoozed' | 'ignored' | 'done' | 'all';
export interface MappingFilter extends PageFilter {
  only?: 'unmapped' | 'suggested' | 'excluded';
  search?: string;
  sort?: 'name' | 'money' | 'state';
}
export interface DecisionFilter extends PageFilter {
  kind?: 'exclude' | 'price';
  search?: string;
}
export interface LookFilter extends PageFilter {
  /** `answered` shows what was answered; every other only what is not. */
  show?: 'all' | FoundKind | 'answered';
  customerId?: string;
  currency?: string;
}
export interface InvoiceFilter extends PageFilter {
  show?: 'open' | 'overdue';
  customerId?: string;
}
export interface QuoteFilter extends PageFilter {
  customerId?: string;
}
export interface MonthFilter extends PageFilter {
  show?: DifferenceName;
}
export interface ShadowFilter extends PageFilter {
  show?: 'all' | 'clean' | 'different';
}
export interface OwnChargeFilter extends PageFilter {
  search?: string;
}
export interface LogFilter {
  before?: string;
  from?: string;
  to?: string;
  actor?: string;
  action?: string;
  result?: string;
  customerId?: string;
  text?: string;
  level?: 'errors-and-action' | 'all';
}

export interface AuditFilter {
  before?: string;
}

export interface SessionReply {
  token: string;
  expiresInSeconds: number;
  user: { id: string; name: string; role: Role };
  tenant: { name: string; marketplace: string };
  /** The tile the host opened, which names a system. */
  module: string;
}

export const pageSize = 50;
export type { ErrorView };
