import { defaultSettings } from '../../server/domain/settings.ts';
import type { Api } from '../../server/http/contract.ts';
import type { CustomerMappingRow, ProductMappingRow } from '../../server/http/views/mappings.ts';
import type { TaskView } from '../../server/http/views/tasks.ts';
import * as data from './fixture-data.ts';
import { invoices, quotes } from './fixture-invoices.ts';
import { leavers } from './fixture-leaving.ts';
import { letters } from './fixture-letters.ts';
import {
  isWithLists,
  listDashboard,
  listSettings,
  listShell,
  refusedList,
} from './fixture-lists.ts';
import { lookIn } from './fixture-look.ts';
import { mailIn } from './fixture-mail.ts';
import { monthIn, statementIn } from './fixture-month.ts';
import { awaitingRun, people } from './fixture-people.ts';
import { figureNeeds, psaConnection, psaConsent, psaSystem } from './fixture-psa.ts';
import { shadowIn, shadowLinesIn } from './fixture-shadow.ts';
import { ticketingIn } from './fixture-ticketing.ts';
import { correction, undo } from './fixture-undo.ts';
import { foreseen } from './fixture-what-if.ts';

/** Which world the frame was opened in; the host's token names it. */
export type Scenario =
  | 'full'
  | 'fresh'
  | 'start'
  | 'viewer'
  | 'broken'
  | 'first-settings'
  | 'running'
  | 'tampered'
  | 'two'
  /** A PSA with lists of users, and a marketplace that tells them, or does not. */
  | 'lists'
  | 'untold';
export interface Asked {
  scenario: Scenario;
  path: string;
  query: URLSearchParams;
}
type Answers = { [Key in keyof Api]: (asked: Asked) => Api[Key]['reply'] };

const page = <Row>(rows: Row[], counts: Record<string, number> = {}) => ({
  rows,
  total: rows.length,
  next: null,
  counts,
});
const { connection, euro } = data;
const target = {
  id: 'co1',
  name: 'Brightwater Logistics BV',
  detail: 'info@example.com',
  archived: false,
};
const task: TaskView = {
  ...(data.readyRows[0] ?? data.needsRows[0] ?? fail()),
  groups: [],
  customerMapped: target,
  products: [],
};
const missingNeed: TaskView['needs'][number] = {
  code: 'missing-charge',
  subject: 'missing:s1:p1:2026-11-01',
  guard: false,
  facts: {
    seen: 's1',
    product: 'DNS filter',
    from: '2026-11-01',
    to: '2026-12-01',
    quantity: '12',
    amount: '96.00',
    currency: 'EUR',
  },
};
const asking: TaskView = {
  ...(data.needsRows[1] ?? fail()),
  groups: [
    {
      subscriptionId: 's1',
      subscriptionName: 'Premium',
      state: 'needs-action',
      needs: [...(data.needsRows[1]?.needs ?? []), missingNeed],
      charges: [],
    },
  ],
  customerMapped: null,
  products: [
    { productKey: 'p1', name: 'Microsoft 365 Business Premium', fees: ['setup'], target: null },
  ],
};
const doubting: TaskView = {
  ...(data.needsRows[3] ?? fail()),
  groups: [
    {
      subscriptionId: 's1',
      subscriptionName: 'Premium',
      state: 'needs-action',
      needs: figureNeeds,
      charges: [],
    },
  ],
  customerMapped: target,
  products: [],
};
const customer = (
  id: string,
  name: string,
  more: Partial<CustomerMappingRow>,
): CustomerMappingRow => ({
  id,
  name,
  status: 'active',
  target: null,
  suggestion: null,
  monthly: [euro('420.00')],
  automatic: false,
  billedBy: 'x1',
  billFrom: null,
  waiting: [],
  excluded: null,
  billedBySchedule: null,
  ...more,
});
const product = (
  id: string,
  name: string,
  more: Partial<ProductMappingRow>,
): ProductMappingRow => ({
  id,
  productKey: id,
  name,
  vendor: 'Microsoft',
  partNumber: 'CFQ7TTC0LCHC',
  fee: null,
  target: null,
  suggestion: null,
  monthly: [euro('1204.10')],
  accountCode: null,
  taxType: null,
  excluded: null,
  ...more,
});
const suggestion = {
  targetId: 'co2',
  targetName: 'Hartmann Maschinenbau',
  scorePercent: 92,
  reason: 'same name without “GmbH”',
};
const settings: Api['GET /v1/connections/:connectionId/settings']['reply'] = {
  settings: defaultSettings,
  saved: true,
  systemName: 'Xero',
  choices: {
    accounts: [
      { code: '200', name: 'Sales' },
      { code: '260', name: 'Other revenue' },
    ],
    taxRates: [{ type: 'OUTPUT2', name: '21 % VAT on income', rate: '21.00' }],
    tracking: [{ id: 'tr1', name: 'Region', options: [{ id: 'n', name: 'North' }] }],
    themes: [{ id: 'th1', name: 'Standard' }],
    documentTypes: [{ id: '1', name: 'Cloud subscriptions' }],
  },
  capabilities: {
    sends: true,
    tracking: true,
    themes: true,
    lines: true,
    exports: ['products', 'quantity', 'price', 'cost'],
    quotes: true,
    userLists: false,
  },
  warnings: [{ field: 'accountCode', code: 'no-account' }],
};
const marketplace: Api['GET /v1/marketplace']['reply'] = {
  name: 'CloudBlue',
  connected: true,
  failure: null,
  method: 'key',
  savedBy: 'Anna de Vries',
  savedAt: '2026-11-02T09:00:00Z',
  apiBase: 'https://api.example/simple',
  methods: [
    {
      id: 'key',
      name: 'Subscription key',
      fields: [
        {
          id: 'user',
          name: 'User',
          help: 'A user that may read everything.',
          secret: false,
          optional: false,
        },
        {
          id: 'key',
          name: 'Key',
          help: 'From the marketplace’s API page.',
          secret: true,
          optional: false,
        },
      ],
    },
  ],
  lacks: ['users'],
  budget: connection.marketplaceBudget,
};
const preview: Api['POST /v1/connections/:connectionId/preview']['reply'] = {
  plans: [data.plan],
  totals: [euro('1782.93')],
  lastMonth: [euro('1610.00')],
  documents: 1,
  blocked: 0,
  alsoTaken: [],
};
const changed = () => ({ changed: 1 });
const bulk = () => ({ changed: 1, failed: [] });
const csv = () => 'a,b\n';

export const answers: Answers = {
  'GET /v1/shell': ({ scenario }) => ({
    ...data.shell,
    user: { ...data.shell.user, role: scenario === 'viewer' ? 'viewer' : 'admin' },
    systems: isWithLists(scenario)
      ? listShell.systems
      : [...data.shell.systems, ...(scenario === 'two' ? [psaSystem] : [])],
    connections:
      scenario === 'start'
        ? []
        : (isWithLists(scenario)
            ? listShell.connections
            : [...data.shell.connections, ...(scenario === 'two' ? [psaConnection] : [])]
          ).map((one) => ({
            ...one,
            paused: scenario === 'broken' ? { by: 'Ben Okafor', at: '2026-11-23T08:15:00Z' } : null,
            state: scenario === 'broken' ? ('broken' as const) : one.state,
          })),
    openSettings: scenario === 'first-settings' ? 'x1' : null,
  }),
  'GET /v1/stream': () => ({ type: 'hello', at: '2026-11-23T14:00:00Z' }),
  'GET /v1/log': ({ scenario }) => ({
    ...page([
      ...(isWithLists(scenario) ? [refusedList] : []),
      {
        seq: 412,
        at: '2026-11-23T13:40:12Z',
        actor: 'Anna de Vries',
        action: 'written' as const,
        result: 'ok' as const,
        subject: 'INV-0131',
        sentence: 'Two lines for order SO-10425 were written to INV-0131 of Brightwater Logistics.',
        customerId: 'c5',
        amount: euro('1782.93'),
        taskId: 't5',
        documentId: 'd7',
        documentUrl: 'https://go.example/INV-0131',
        failure: null,
      },
      {
        seq: 411,
        at: '2026-11-23T13:40:10Z',
        actor: 'Ledgerport',
        action: 'rejected' as const,
        result: 'failed' as const,
        subject: 'SO-10423',
        sentence: 'Xero refused the invoice for order SO-10423 of Café Lumière.',
        customerId: 'c3',
        amount: euro('96.20'),
        taskId: 't3',
        documentId: null,
        documentUrl: null,
        failure: data.refusedByXero,
      },
    ]),
    next: '410',
    complete: true,
  }),
  'GET /v1/log-parts': () => [
    { number: 2, entries: 5_000, from: '2023-06-02', to: '2023-11-23' },
    { number: 1, entries: 5_000, from: '2023-01-09', to: '2023-06-02' },
  ],
  'GET /v1/log-parts/:number': csv,
  'GET /v1/audit': () => ({
    rows: [
      {
        position: 1284,
        at: '2026-11-23T13:58:02Z',
        action: 'export' as const,
        outcome: 'ok' as const,
        actor: 'anna@northwind.example',
        sentence: 'Saved as a file: the Action log',
        reason: null,
      },
      {
        position: 1283,
        at: '2026-11-23T13:57:40Z',
        action: 'role' as const,
        outcome: 'refused' as const,
        actor: 'ben@northwind.example',
        sentence: 'Asked for without the right: the settings',
        reason: 'may only look',
      },
      {
        position: 1282,
        at: '2026-11-23T13:57:12Z',
        action: 'session' as const,
        outcome: 'ok' as const,
        actor: 'ben@northwind.example',
        sentence: 'Signed in',
        reason: null,
      },
    ],
    next: '1282',
  }),
  'GET /v1/audit/check': ({ scenario }) => ({
    checkedAt: '2026-11-23T14:00:00Z',
    entries: 1284,
    fault: scenario === 'tampered' ? { kind: 'entry-changed' as const, position: 1207 } : null,
  }),
  'GET /v1/kept-records': () => [
    {
      id: 'k1',
      source: 'Orders',
      what: 'Order 99120',
      problem: 'The total is not a number.',
      seenAt: '2026-11-23T13:58:00Z',
      setAside: null,
    },
    {
      id: 'k2',
      source: 'marketplace',
      what: 'order',
      problem: 'TypeError in priceOf (server/sync/plan/price.ts:54)',
      seenAt: '2026-11-23T13:58:00Z',
      setAside: {
        subject: 'SO99121',
        amount: { amount: '128.40', currency: 'AUD' },
        code: 'internal' as const,
        firstAt: '2026-11-21T09:10:00Z',
        attempts: 3,
        again: false,
        needsPerson: true,
        ignored: null,
      },
    },
  ],
  'POST /v1/kept-records': changed,
  'GET /v1/marketplace': ({ scenario }) => ({
    ...marketplace,
    lacks: scenario === 'lists' ? [] : marketplace.lacks,
  }),
  'PUT /v1/marketplace': () => marketplace,
  'POST /v1/marketplace/test': () => marketplace,
  'GET /v1/systems/:systemId/consent': ({ path }) =>
    psaConsent(path) ?? {
      systemId: 'xero',
      name: 'Xero',
      consequences: [
        'Connecting writes nothing: contacts, items and invoices are only read until you confirm a preview or switch automatic on.',
        'A contact or an item is created only when you ask for it; existing ones are never changed.',
        'Lines that somebody else wrote on an invoice stay as they are.',
      ],
      scopes: [
        { scope: 'accounting.transactions', why: 'To write and read invoices and credit notes.' },
        {
          scope: 'accounting.contacts',
          why: 'To find your customers, and to create one when you ask.',
        },
        { scope: 'offline_access', why: 'To go on working while you are away.' },
      ],
      optionalRights: [],
      ownAppPossible: true,
      redirectUri: 'https://ledgerport.example/connect/callback/xero',
      credentials: null,
    },
  'POST /v1/flows': () => ({ flowId: 'f1', launchSecret: 'once' }),
  'GET /v1/flows/:flowId': () => ({
    state: 'returned',
    accounts: [],
    connectionId: null,
    failure: null,
  }),
  'POST /v1/flows/:flowId/complete': () => ({
    state: 'choose',
    accounts: [
      { id: 'a1', name: 'Northwind Cloud Services BV' },
      { id: 'a2', name: 'Demo Company (Global)' },
    ],
    connectionId: null,
    failure: null,
  }),
  'POST /v1/systems/:systemId/test': () => ({
    accountName: 'Demo Company',
    baseCurrency: 'EUR',
    lacks: [],
  }),
  'POST /v1/systems/:systemId/connect': () => connection,
  'POST /v1/flows/:flowId/choose': () => connection,
  'GET /v1/connections/:connectionId': () => connection,
  'DELETE /v1/connections/:connectionId': () => connection,
  'POST /v1/connections/:connectionId/test': () => connection,
  'POST /v1/connections/:connectionId/check': () => ({
    startedAt: '2026-11-23T14:00:00Z',
    tasksNew: 2,
    ordersRead: 40,
    failures: [],
  }),
  'POST /v1/connections/:connectionId/pause': () => connection,
  'GET /v1/connections/:connectionId/dashboard': ({ scenario }) => {
    if (scenario === 'fresh') return data.freshDashboard;
    if (isWithLists(scenario)) return listDashboard;
    if (scenario !== 'broken') return data.dashboard;
    const failure = {
      ...data.refusedByXero,
      code: 'system.reconnect' as const,
      message: 'Xero ended the connection.',
      next: 'Reconnect it. Nothing is lost; what waits is written afterwards.',
      said: null,
    };
    return { ...data.dashboard, connection: { ...connection, state: 'broken', failure } };
  },
  'GET /v1/connections/:connectionId/settings': ({ scenario }) => ({
    ...(isWithLists(scenario) ? listSettings(settings, scenario) : settings),
    saved: scenario !== 'first-settings',
  }),
  'PUT /v1/connections/:connectionId/settings': () => settings,
  'PUT /v1/connections/:connectionId/bill-from': () => connection,
  'GET /v1/connections/:connectionId/tasks': ({ query }) => {
    const rows = { needs: data.needsRows, ready: data.readyRows }[query.get('view') ?? ''];
    const counts = { needs: 4, ready: 4, waiting: 1, ignored: 1, done: 1, all: 11 };
    return page(rows ?? [...data.needsRows, ...data.readyRows, ...data.otherRows], counts);
  },
  'GET /v1/connections/:connectionId/tasks/:taskId': ({ path }) =>
    path.endsWith('/t2') ? asking : path.endsWith('/t4') ? doubting : task,
  'POST /v1/connections/:connectionId/tasks/ignore': changed,
  'POST /v1/connections/:connectionId/tasks/restore': changed,
  'POST /v1/connections/:connectionId/preview': () => ({
    ...preview,
    plans: [data.unusualPlan, data.blockedPlan, data.plan],
    totals: [euro('3565.86')],
    documents: 2,
    blocked: 1,
  }),
  'POST /v1/connections/:connectionId/runs': () => data.run,
  'GET /v1/connections/:connectionId/runs': () => [data.run],
  'GET /v1/connections/:connectionId/runs/:runId': ({ scenario, path }) =>
    path.endsWith('/r2')
      ? awaitingRun
      : scenario === 'running'
        ? { ...data.run, endedAt: null, done: 1, canUndo: false }
        : data.run,
  'POST /v1/connections/:connectionId/corrections': () => data.run,
  'POST /v1/connections/:connectionId/runs/:runId/second': () => data.run,
  'GET /v1/connections/:connectionId/invoices': () => invoices,
  'GET /v1/connections/:connectionId/invoices/:invoiceId/pdf': () => new Response(),
  'POST /v1/connections/:connectionId/invoices/read': () => ({ changed: 3 }),
  'GET /v1/connections/:connectionId/quotes': () => quotes,
  'GET /v1/connections/:connectionId/letters': () => letters,
  'PUT /v1/connections/:connectionId/letters': () => letters,
  'POST /v1/connections/:connectionId/letters/switch': () => ({ changed: 1 }),
  'POST /v1/connections/:connectionId/letters/test': () => ({ changed: 1 }),
  'POST /v1/connections/:connectionId/letters/answer': () => ({ changed: 1 }),
  'GET /v1/connections/:connectionId/people': () => people,
  'GET /v1/connections/:connectionId/leaving': () => page(leavers),
  'PUT /v1/connections/:connectionId/grants': () => people,
  'POST /v1/connections/:connectionId/corrections/preview': () => correction,
  'POST /v1/connections/:connectionId/undo': () => data.run,
  'POST /v1/connections/:connectionId/undo/preview': () => undo,
  'GET /v1/connections/:connectionId/ahead': () => ({
    days: 60,
    renewals: [
      {
        subscriptionId: 's1',
        name: 'Acronis Cyber Protect, one year',
        customerName: 'Hartmann Maschinenbau GmbH',
        on: '2027-01-12',
        renews: true,
        amounts: [data.euro('1188.00')],
        period: { unit: 'year', count: 1 },
      },
      {
        subscriptionId: 's2',
        name: 'Microsoft 365 Business Premium',
        customerName: 'Bäckerei Lindner',
        on: '2027-01-20',
        renews: false,
        amounts: [],
        period: { unit: 'month', count: 1 },
      },
    ],
    parts: [
      {
        subscriptionId: 's3',
        name: 'Acronis Cyber Protect, one year',
        customerName: 'Bäckerei Lindner',
        orderNumber: 'SO-2031',
        whole: data.euro('706.86'),
        billed: 3,
        count: 12,
        open: data.euro('530.13'),
        next: '2026-12-14',
      },
    ],
  }),
  'GET /v1/connections/:connectionId/decisions': ({ query }) =>
    page(
      data.decisions.filter(
        ({ value }) => (value.kind === 'exclude') === (query.get('kind') === 'exclude'),
      ),
    ),
  'POST /v1/connections/:connectionId/decisions': () => ({
    id: 'de3',
    scope: { kind: 'order', orderId: 'o1' },
    value: { kind: 'document', documentId: null },
    by: 'Anna de Vries',
    at: '2026-11-23T14:00:00Z',
    subject: 'SO-10425',
    worth: [],
    ended: false,
  }),
  'DELETE /v1/connections/:connectionId/decisions/:decisionId': changed,
  'GET /v1/connections/:connectionId/own-charges': () => ({
    ...page([
      data.ownCharge,
      {
        ...data.ownCharge,
        id: 'oc2',
        number: 'OC-2',
        description: 'Firewall, one-off',
        everyMonths: null,
        state: 'once' as const,
        next: null,
        billed: null,
      },
    ]),
    counts: { running: 1 },
    today: '2026-11-23',
    currencies: ['EUR', 'USD'],
  }),
  'POST /v1/connections/:connectionId/own-charges': () => data.ownCharge,
  'POST /v1/connections/:connectionId/own-charges/:ownChargeId': () => data.ownCharge,
  'POST /v1/connections/:connectionId/unclear/:intentId': changed,
  'POST /v1/connections/:connectionId/drifts': changed,
  'GET /v1/connections/:connectionId/drifts': () =>
    page([
      {
        documentId: 'd7',
        documentKind: 'invoice' as const,
        number: 'INV-0131',
        url: 'https://go.example/INV-0131',
        state: 'draft' as const,
        customerName: 'Brightwater Logistics',
        changedAt: '2026-11-23T09:12:00Z',
        seen: 'h1',
        lines: [
          {
            id: 'l1',
            change: 'price' as const,
            text: 'Microsoft 365 Business Premium',
            orderNumber: 'SO-10425',
            was: { quantity: '80', unitPrice: '20', amount: euro('1600.00'), tax: euro('336.00') },
            now: { quantity: '80', unitPrice: '19', amount: euro('1520.00'), tax: euro('319.20') },
            givenBackOn: null,
          },
          {
            id: 'l2',
            change: 'missing' as const,
            text: 'Onboarding',
            orderNumber: 'SO-10425',
            was: { quantity: '1', unitPrice: '250', amount: euro('250.00'), tax: null },
            now: null,
            givenBackOn: 'CN-0012',
          },
        ],
      },
    ]),
  'GET /v1/connections/:connectionId/look': ({ scenario, path }) => lookIn(scenario, path),
  'POST /v1/connections/:connectionId/look': () => lookIn('running'),
  'POST /v1/connections/:connectionId/look/answers': changed,
  'GET /v1/people': () => [
    { id: 'u1', name: 'Anna de Vries' },
    { id: 'u2', name: 'Bram Kuipers' },
  ],
  'PUT /v1/connections/:connectionId/tasks/care': changed,
  'POST /v1/connections/:connectionId/tasks/presence': () => ({ others: [] }),
  'POST /v1/connections/:connectionId/what-if/preview': foreseen,
  'GET /v1/connections/:connectionId/mail': ({ scenario }) => mailIn(scenario),
  'PUT /v1/connections/:connectionId/mail': ({ scenario }) => mailIn(scenario),
  'POST /v1/connections/:connectionId/mail/test': ({ scenario }) => mailIn(scenario),
  'GET /v1/connections/:connectionId/ticketing': ({ scenario }) => ticketingIn(scenario),
  'PUT /v1/connections/:connectionId/ticketing': ({ scenario }) => ticketingIn(scenario),
  'GET /v1/connections/:connectionId/shadow/:month': ({ scenario }) => shadowIn(scenario),
  'GET /v1/connections/:connectionId/shadow/:month/customers/:customerId': shadowLinesIn,
  'POST /v1/connections/:connectionId/shadow/:month/switch': changed,
  'GET /v1/connections/:connectionId/months/:month': ({ scenario }) => monthIn(scenario),
  'GET /v1/connections/:connectionId/months/:month/statement': ({ scenario }) =>
    statementIn(scenario),
  'POST /v1/connections/:connectionId/months/:month/close': ({ scenario }) => monthIn(scenario),
  'DELETE /v1/connections/:connectionId/months/:month/close': ({ scenario }) => monthIn(scenario),
  'GET /v1/connections/:connectionId/openings': () =>
    page([
      {
        subscriptionId: 's1',
        name: 'Microsoft 365 Business Premium, 80 seats',
        customerName: 'Brightwater Logistics',
        monthly: euro('1600.00'),
        newestOrder: { number: 'SO-10388', placedOn: '2026-11-01', amount: euro('1600.00') },
        answer: null,
        link: null,
      },
      {
        subscriptionId: 's2',
        name: 'Acronis Cyber Protect',
        customerName: 'Studio Kanaal',
        monthly: euro('96.00'),
        newestOrder: null,
        answer: 'next-order' as const,
        link: null,
      },
      {
        subscriptionId: 's3',
        name: 'Adobe Creative Cloud, 3 seats',
        customerName: 'Delft Robotics',
        monthly: euro('165.00'),
        newestOrder: { number: 'SO-10391', placedOn: '2026-11-03', amount: euro('165.00') },
        answer: 'link' as const,
        link: {
          document: { id: 'd9', number: 'INV-0118', url: 'https://go.example/INV-0118' },
          text: 'Adobe CC all apps',
          quantity: '3',
          amount: euro('165.00'),
        },
      },
    ]),
  'GET /v1/connections/:connectionId/openings/:subscriptionId/lines': () => [
    {
      documentId: 'd8',
      lineId: 'l1',
      number: 'INV-0123',
      date: '2026-11-01',
      state: 'draft' as const,
      url: 'https://go.example/INV-0123',
      text: 'Microsoft 365 Business Premium, November',
      quantity: '82',
      unitPrice: '20',
      amount: euro('1640.00'),
      here: {
        name: 'Microsoft 365 Business Premium',
        quantity: '80',
        unitPrice: '20',
        amount: euro('1600.00'),
      },
    },
    {
      documentId: 'd8',
      lineId: 'l2',
      number: 'INV-0123',
      date: '2026-11-01',
      state: 'draft' as const,
      url: 'https://go.example/INV-0123',
      text: 'Managed support',
      quantity: '1',
      unitPrice: '250',
      amount: euro('250.00'),
      here: {
        name: 'Microsoft 365 Business Premium',
        quantity: '80',
        unitPrice: '20',
        amount: euro('1600.00'),
      },
    },
  ],
  'POST /v1/connections/:connectionId/openings': changed,
  'GET /v1/connections/:connectionId/mappings/customers': () =>
    page([
      customer('c5', 'Brightwater Logistics', {
        target,
        automatic: true,
        monthly: [euro('1904.00')],
      }),
      customer('c1', 'Hartmann Maschinenbau GmbH', {
        suggestion,
        waiting: [euro('12480.00')],
        monthly: [euro('12480.00')],
      }),
      customer('c2', 'Oakridge Dental Group', {
        target: { ...target, id: 'co4', name: 'Oakridge Dental Group' },
        monthly: [data.dollar('3120.50'), euro('20.00')],
        billedBy: 'x2',
      }),
      customer('c3', 'Café Lumière', {
        target: { ...target, id: 'co3', name: 'Café Lumière' },
        billedBySchedule: { amount: euro('96.20'), every: 'month', answered: false },
      }),
      customer('c4', 'Northwind, internal', {
        excluded: { reason: 'Own use', until: '2027-06-30' },
        billFrom: '2027-01-01',
        billedBy: null,
      }),
    ]),
  'PUT /v1/connections/:connectionId/mappings/customers': changed,
  'POST /v1/connections/:connectionId/mappings/customers/bulk': bulk,
  'GET /v1/connections/:connectionId/mappings/customers/:id/history': () => [
    {
      at: '2026-11-03T10:00:00Z',
      by: 'Anna de Vries',
      targetName: 'Brightwater Logistics BV',
      from: '2026-11-01',
      how: 'by hand',
    },
  ],
  'GET /v1/connections/:connectionId/mappings/products': () =>
    page([
      product('p1', 'Microsoft 365 Business Premium', {
        target: { id: 'i1', name: 'M365 Business Premium', detail: 'M365-BP', archived: false },
        accountCode: '200',
      }),
      product('p2', 'Microsoft 365 Business Premium', {
        fee: 'setup',
        suggestion: {
          ...suggestion,
          targetName: 'Onboarding',
          scorePercent: 71,
          reason: 'similar name',
        },
      }),
      product('p3', 'Acronis Cyber Protect', { vendor: 'Acronis', partNumber: null }),
    ]),
  'PUT /v1/connections/:connectionId/mappings/products': changed,
  'POST /v1/connections/:connectionId/mappings/products/bulk': bulk,
  'POST /v1/connections/:connectionId/mappings/products/create': bulk,
  'GET /v1/connections/:connectionId/mappings/products/:id/history': () => [],
  'POST /v1/connections/:connectionId/mappings/:kind/csv': () => ({
    changes: [
      { line: 2, name: 'Studio Kanaal', from: null, to: 'Studio Kanaal VOF', problem: null },
    ],
    valid: 1,
    invalid: 0,
    applied: false,
  }),
  'GET /v1/connections/:connectionId/targets/companies': () => [
    target,
    {
      id: 'co2',
      name: 'Hartmann Maschinenbau',
      detail: 'buchhaltung@example.com',
      archived: false,
    },
    { id: 'co4', name: 'Harting KG', detail: '', archived: true },
  ],
  'GET /v1/connections/:connectionId/targets/items': () => [
    { id: 'i1', name: 'M365 Business Premium', detail: 'M365-BP', archived: false },
  ],
  'GET /v1/log/:seq': () => ({
    orderNumber: 'SO-10425',
    standing: data.plan.lines.map(({ chargeKey }) => ({ chargeKey, linkId: chargeKey })),
    plan: {
      documentKind: 'invoice' as const,
      lines: data.plan.lines,
      before: euro('0.00'),
      after: euro('1782.93'),
    },
    changes: [],
    said: null,
    other: { state: 'draft' },
  }),
  'GET /v1/log.csv': csv,
  'GET /v1/audit.csv': csv,
  'GET /v1/connections/:connectionId/look.csv': csv,
  'GET /v1/connections/:connectionId/months/:month/statement.csv': csv,
  'GET /v1/connections/:connectionId/mappings/customers.csv': csv,
  'GET /v1/connections/:connectionId/mappings/products.csv': csv,
};

function fail(): never {
  throw new Error('the fixture is empty');
}
