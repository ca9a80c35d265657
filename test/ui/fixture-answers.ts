import { defaultSettings } from '../../server/domain/settings.ts';
import type { Api } from '../../server/http/contract.ts';
import { connectAnswers } from './fixture-connect.ts';
import { dashboard, freshDashboard } from './fixture-dashboard.ts';
import { connection, decisions, euro, ownCharge, refusedByXero, shell } from './fixture-data.ts';
import { invoices, quotes } from './fixture-invoices.ts';
import { type Answers, changed, csv, page } from './fixture-kit.ts';
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
import { mappingAnswers } from './fixture-mappings.ts';
import { monthIn, statementIn } from './fixture-month.ts';
import { awaitingRun, people } from './fixture-people.ts';
import { blockedPlan, plan, preview, run, unusualPlan } from './fixture-plans.ts';
import { psaConnection, psaSystem } from './fixture-psa.ts';
import { shadowIn, shadowLinesIn } from './fixture-shadow.ts';
import { taskAnswers } from './fixture-tasks.ts';
import { ticketingIn } from './fixture-ticketing.ts';
import { correction, undo } from './fixture-undo.ts';
import { foreseen } from './fixture-what-if.ts';

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
export const answers: Answers = {
  ...connectAnswers,
  ...mappingAnswers,
  ...taskAnswers,
  'GET /v1/shell': ({ scenario }) => ({
    ...shell,
    user: { ...shell.user, role: scenario === 'viewer' ? 'viewer' : 'admin' },
    systems: isWithLists(scenario)
      ? listShell.systems
      : [...shell.systems, ...(scenario === 'two' ? [psaSystem] : [])],
    connections:
      scenario === 'start'
        ? []
        : (isWithLists(scenario)
            ? listShell.connections
            : [...shell.connections, ...(scenario === 'two' ? [psaConnection] : [])]
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
        failure: refusedByXero,
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
    if (scenario === 'fresh') return freshDashboard;
    if (isWithLists(scenario)) return listDashboard;
    if (scenario !== 'broken') return dashboard;
    const failure = {
      ...refusedByXero,
      code: 'system.reconnect' as const,
      message: 'Xero ended the connection.',
      next: 'Reconnect it. Nothing is lost; what waits is written afterwards.',
      said: null,
    };
    return { ...dashboard, connection: { ...connection, state: 'broken', failure } };
  },
  'GET /v1/connections/:connectionId/settings': ({ scenario }) => ({
    ...(isWithLists(scenario) ? listSettings(settings, scenario) : settings),
    saved: scenario !== 'first-settings',
  }),
  'PUT /v1/connections/:connectionId/settings': () => settings,
  'PUT /v1/connections/:connectionId/bill-from': () => connection,
  'POST /v1/connections/:connectionId/preview': () => ({
    ...preview,
    plans: [unusualPlan, blockedPlan, plan],
    totals: [euro('3565.86')],
    documents: 2,
    blocked: 1,
  }),
  'POST /v1/connections/:connectionId/runs': () => run,
  'GET /v1/connections/:connectionId/runs': () => [run],
  'GET /v1/connections/:connectionId/runs/:runId': ({ scenario, path }) =>
    path.endsWith('/r2')
      ? awaitingRun
      : scenario === 'running'
        ? { ...run, endedAt: null, done: 1, canUndo: false }
        : run,
  'POST /v1/connections/:connectionId/corrections': () => run,
  'POST /v1/connections/:connectionId/runs/:runId/second': () => run,
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
  'POST /v1/connections/:connectionId/undo': () => run,
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
        amounts: [euro('1188.00')],
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
        whole: euro('706.86'),
        billed: 3,
        count: 12,
        open: euro('530.13'),
        next: '2026-12-14',
      },
    ],
  }),
  'GET /v1/connections/:connectionId/decisions': ({ query }) =>
    page(
      decisions.filter(
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
      ownCharge,
      {
        ...ownCharge,
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
  'POST /v1/connections/:connectionId/own-charges': () => ownCharge,
  'POST /v1/connections/:connectionId/own-charges/:ownChargeId': () => ownCharge,
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
  'GET /v1/log/:seq': () => ({
    orderNumber: 'SO-10425',
    standing: plan.lines.map(({ chargeKey }) => ({ chargeKey, linkId: chargeKey })),
    plan: {
      documentKind: 'invoice' as const,
      lines: plan.lines,
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
