import { date } from '../../server/domain/dates.ts';
import type { ErrorView, MoneyView } from '../../server/http/views/common.ts';
import type { ConnectionView } from '../../server/http/views/connection.ts';
import type { DashboardView } from '../../server/http/views/dashboard.ts';
import type { DecisionView } from '../../server/http/views/decisions.ts';
import type { OwnChargeView } from '../../server/http/views/own-charges.ts';
import type { PlanView } from '../../server/http/views/plans.ts';
import type { RunView } from '../../server/http/views/runs.ts';
import type { ShellView } from '../../server/http/views/shell.ts';
import type { NeedView, TaskRow } from '../../server/http/views/tasks.ts';

/** A small plausible world for the screens; amounts are invented. */
export const euro = (amount: string): MoneyView => ({ amount, currency: 'EUR' });
export const dollar = (amount: string): MoneyView => ({ amount, currency: 'USD' });

export const refusedByXero: ErrorView = {
  code: 'system.rejected',
  message: 'Xero did not take the invoice.',
  next: 'Choose another account code for this line, then sync again.',
  said: 'Account code 2O0 is not a valid code for this document.',
  requestId: 'req_7f2a91',
  retryAt: null,
};
export const limited: ErrorView = {
  code: 'system.limited',
  message: 'Xero asked us to slow down.',
  next: 'Nothing to do: it goes on by itself.',
  said: null,
  requestId: 'req_19c2',
  retryAt: '2026-11-23T14:05:00Z',
};
export const connection: ConnectionView = {
  id: 'x1',
  systemId: 'xero',
  systemName: 'Xero',
  accountName: 'Northwind Cloud Services BV',
  demo: true,
  baseCurrency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  state: 'active',
  failure: null,
  connectedBy: 'Anna de Vries',
  connectedAt: '2026-11-02T09:12:00Z',
  ownApp: false,
  typedAccess: false,
  paused: null,
  billFrom: '2026-11-01',
  billFromProposal: '2026-12-01',
  lastCheckAt: '2026-11-23T13:58:00Z',
  nextCheckAt: '2026-11-23T14:03:00Z',
  checking: false,
  limits: { minuteRemaining: 57, dayRemaining: 4312, blockedUntil: null },
  resting: null,
  marketplaceBudget: { perMinute: 60, perDay: 5000, usedToday: 612 },
  lacks: [],
  userLists: false,
};
export const shell: ShellView = {
  user: { id: 'u1', name: 'Anna de Vries', role: 'admin' },
  tenant: { name: 'Northwind Cloud', marketplace: 'CloudBlue' },
  marketplaceConnected: true,
  systems: [
    {
      id: 'xero',
      name: 'Xero',
      words: { document: 'invoice', company: 'contact', item: 'item', account: 'account code' },
      madeIn: null,
      inPlace: true,
    },
  ],
  connections: [
    {
      id: 'x1',
      systemId: 'xero',
      name: 'Northwind Cloud Services BV',
      state: 'active',
      paused: null,
      needs: 4,
      settingsSaved: true,
      mayApprove: true,
      corrects: true,
    },
  ],
  openSettings: null,
};

const need = (code: NeedView['code'], subject: string, guard = false): NeedView => ({
  code,
  subject,
  guard,
  facts: { seen: 's1', product: subject, cost: '9.40', price: '8.90' },
});
const row = (id: string, more: Partial<TaskRow>): TaskRow => ({
  id,
  orderId: `o${id.slice(1)}`,
  orderNumber: `SO-${10420 + Number(id.slice(1))}`,
  orderType: 'sales',
  customerId: `c${id}`,
  customerName: 'Vermeer & Zonen',
  placedOn: '2026-11-18',
  amount: euro('248.00'),
  state: 'ready',
  needs: [],
  written: 0,
  lines: 2,
  retryAt: null,
  failure: null,
  ignored: null,
  documents: [],
  care: { assignee: null, note: null, snoozedUntil: null },
  present: [],
  ...more,
});
export const needsRows: TaskRow[] = [
  row('t1', {
    customerName: 'Hartmann Maschinenbau GmbH',
    care: {
      assignee: { id: 'u1', name: 'Anna de Vries' },
      note: {
        text: 'Asked them which contact it is',
        by: 'Bram Kuipers',
        at: '2026-11-20T09:00:00.000Z',
      },
      snoozedUntil: null,
    },
    present: ['Bram Kuipers'],
    amount: euro('12480.00'),
    state: 'needs-action',
    needs: [need('map-customer', 'Hartmann Maschinenbau GmbH')],
  }),
  row('t2', {
    customerName: 'Oakridge Dental Group',
    orderType: 'renewal',
    amount: dollar('3120.50'),
    state: 'needs-action',
    needs: [
      need('below-cost', 'Microsoft 365 Business Premium', true),
      need('no-account', 'Setup'),
    ],
  }),
  row('t3', {
    customerName: 'Café Lumière',
    orderType: 'change',
    amount: euro('96.20'),
    state: 'failed',
    failure: refusedByXero,
    written: 1,
  }),
  row('t4', {
    orderType: 'cancellation',
    amount: euro('-41.33'),
    state: 'needs-action',
    needs: [need('opening', 'Acronis Cyber Protect')],
  }),
];
export const readyRows: TaskRow[] = [
  row('t5', { customerName: 'Brightwater Logistics', amount: euro('1904.00') }),
  row('t6', { customerName: 'Studio Kanaal', orderType: 'billing', amount: euro('672.40') }),
  row('t7', {
    customerName: 'Oakridge Dental Group',
    orderType: 'change',
    amount: dollar('88.15'),
  }),
  row('t8', { orderType: 'billing', amount: euro('248.00') }),
];
export const otherRows: TaskRow[] = [
  row('t9', {
    state: 'waiting',
    retryAt: '2026-11-23T14:05:00Z',
    failure: limited,
    customerName: 'Delft Robotics',
    amount: euro('431.00'),
  }),
  row('t10', {
    state: 'ignored',
    ignored: {
      reason: 'Test order',
      by: 'Anna de Vries',
      at: '2026-11-20T10:00:00Z',
      document: null,
    },
  }),
  row('t11', {
    state: 'synced',
    written: 2,
    documents: [{ id: 'd1', number: 'INV-0123', url: 'https://go.example/INV-0123' }],
  }),
];

export const plan: PlanView = {
  ref: 'd7',
  fingerprint: 'f1',
  customerId: 'c5',
  customerName: 'Brightwater Logistics',
  companyName: 'Brightwater Logistics BV',
  documentKind: 'invoice',
  target: {
    kind: 'existing',
    documentId: 'd7',
    number: 'INV-0131',
    date: '2026-11-01',
    reference: 'SO-10425',
    url: 'https://go.example/INV-0131',
  },
  choices: [
    { id: 'd7', number: 'INV-0131', date: '2026-11-01', total: euro('512.00'), state: 'draft' },
    {
      id: 'd5',
      number: 'INV-0126',
      date: '2026-10-01',
      total: euro('1488.00'),
      state: 'submitted',
    },
  ],
  postAs: 'draft',
  lines: [
    {
      chargeKey: 'k1',
      revision: 'r1',
      orderId: 'o1',
      orderNumber: 'SO-10425',
      subscriptionId: 's1',
      productKey: 'p1',
      description: 'Microsoft 365 Business Premium, 80, 18 Nov – 1 Dec 2026 · L4K2-9F',
      quantity: '80',
      unitPrice: '8.6667',
      discount: null,
      accountCode: '200',
      taxType: 'OUTPUT2',
      priceFrom: 'marketplace',
      amount: euro('693.34'),
      explanation: [
        {
          step: 'charge',
          orderNumber: 'SO-10425',
          detailType: 'Proration',
          quantity: '80',
          unitPrice: '20.00',
          amount: '693.34',
          currency: 'EUR',
        },
        { step: 'price', from: 'marketplace', unitPrice: '20.00', source: 'order line 1' },
        { step: 'share', share: '0.43334', period: null },
        { step: 'round', exact: '693.344', amount: '693.34' },
        { step: 'shape', shape: 'quantity-derived', quantity: '80', unitPrice: '8.6667' },
        { step: 'account', rule: 'default', code: '200' },
        { step: 'tax', rule: 'item', type: 'OUTPUT2' },
      ],
    },
    {
      chargeKey: 'k2',
      revision: 'r1',
      orderId: 'o1',
      orderNumber: 'SO-10425',
      subscriptionId: 's1',
      productKey: 'p2',
      description: 'Onboarding, 1 · L4K2-A0',
      quantity: '1',
      unitPrice: '1210.66',
      discount: { kind: 'percent', value: '10' },
      accountCode: null,
      taxType: null,
      priceFrom: 'person',
      amount: euro('1089.59'),
      explanation: [],
    },
  ],
  existing: [
    {
      description: 'Acronis Cyber Protect, 12, November',
      quantity: '12',
      unitPrice: '36.00',
      amount: euro('432.00'),
      ours: true,
    },
    {
      description: 'Travel, by arrangement',
      quantity: '1',
      unitPrice: '80.00',
      amount: euro('80.00'),
      ours: false,
    },
  ],
  before: euro('512.00'),
  after: euro('2294.93'),
  added: euro('1782.93'),
  needs: [],
  warnings: [],
  taskIds: ['t5'],
  unusual: [],
};
export const unusualPlan: PlanView = {
  ...plan,
  ref: 'new:2',
  customerName: 'Studio Kanaal',
  target: { ...plan.target, kind: 'new', documentId: null, number: null },
  unusual: [{ code: 'much-more', facts: {} }],
  taskIds: ['t6'],
};
export const blockedPlan: PlanView = {
  ...plan,
  ref: 'new:3',
  customerName: 'Oakridge Dental Group',
  added: dollar('3120.50'),
  needs: [need('below-cost', 'Microsoft 365 Business Premium', true)],
  taskIds: ['t2'],
};

export const run: RunView = {
  id: 'r1',
  kind: 'manual',
  by: 'Anna de Vries',
  startedAt: '2026-11-23T13:40:00Z',
  endedAt: '2026-11-23T13:40:12Z',
  total: 3,
  done: 3,
  parts: [
    {
      ref: 'd7',
      customerName: 'Brightwater Logistics',
      state: 'written',
      documentId: 'd7',
      documentNumber: 'INV-0131',
      documentUrl: 'https://go.example/INV-0131',
      amount: euro('1782.93'),
      taskIds: ['t7'],
      failure: null,
    },
    {
      ref: 'd8',
      customerName: 'Café Lumière',
      state: 'rejected',
      documentId: null,
      documentNumber: null,
      documentUrl: null,
      amount: euro('165.00'),
      taskIds: ['t8'],
      failure: refusedByXero,
    },
    {
      ref: 'd9',
      customerName: 'Studio Kanaal',
      state: 'stale',
      documentId: null,
      documentNumber: null,
      documentUrl: null,
      amount: euro('96.00'),
      taskIds: ['t9'],
      failure: null,
    },
  ],
  awaits: null,
  second: null,
  canUndo: true,
};

const steps = [
  'marketplace',
  'connect',
  'settings',
  'customers',
  'products',
  'bill-from',
  'preview',
  'sync',
] as const;
export const dashboard: DashboardView = {
  connection,
  checklist: steps.map((id) => ({ id, done: true, facts: {} })),
  checklistDone: true,
  needs: {
    rows: needsRows,
    total: 4,
    money: [euro('12534.87'), dollar('3120.50')],
    byCode: [
      { code: 'map-product', count: 185, money: [euro('65474.45'), dollar('6764.92')] },
      { code: 'opening', count: 4, money: [euro('290.69'), dollar('202.16')] },
    ],
  },
  ready: { total: 4, money: [euro('2824.40'), dollar('88.15')] },
  waiting: {
    rows: [{ reason: limited, count: 1, money: [euro('431.00')], retryAt: limited.retryAt }],
    total: 1,
  },
  writtenSince: {
    at: '2026-11-21T16:20:00Z',
    documents: 23,
    lines: 71,
    money: [euro('18204.66'), dollar('2210.00')],
    by: [
      {
        name: 'Ledgerport, automatic',
        documents: 19,
        money: [euro('15120.16'), dollar('2210.00')],
      },
      { name: 'Anna de Vries', documents: 4, money: [euro('3084.50')] },
    ],
  },
  openings: { total: 12 },
  unmapped: { customers: 3, products: 7, money: [euro('1340.00')] },
  manualCustomers: { count: 9, money: [euro('2102.10')] },
  warnings: [{ code: 'no-account', facts: {} }],
  exports: {
    madeIn: 'Finance > Agreement Invoicing',
    mode: 'daily',
    minuteOfDay: 360,
    next: { kind: 'day', on: '2026-11-24', minuteOfDay: 360 },
    last: {
      runId: 'r1',
      by: 'Ledgerport',
      startedAt: '2026-11-23T05:00:00Z',
      endedAt: '2026-11-23T05:01:10Z',
      documents: 18,
      lines: 31,
      money: [euro('4120.50')],
      stopped: 1,
    },
  },
  invoicing: {
    open: [euro('18204.66'), dollar('2210.00')],
    openCount: 14,
    overdue: [euro('1310.00')],
    overdueCount: 2,
    quotes: 3,
  },
  running: null,
  awaiting: [],
  unclear: [
    {
      id: 'in1',
      what: 'undo',
      lookAt: 'INV-0129',
      url: 'https://go.example/INV-0129',
      amount: euro('412.00'),
      by: 'Anna de Vries',
      at: '2026-11-23T13:20:00Z',
    },
  ],
  keptRecords: 1,
};
export const freshDashboard: DashboardView = {
  ...dashboard,
  connection: { ...connection, billFrom: null },
  checklist: steps.map((id, at) => ({ id, done: at < 3, facts: {} })),
  checklistDone: false,
  needs: { rows: [], total: 0, money: [], byCode: [] },
  ready: { total: 0, money: [] },
  waiting: { rows: [], total: 0 },
  writtenSince: { at: null, documents: 0, lines: 0, money: [], by: [] },
};

export const ownCharge: OwnChargeView = {
  id: 'oc1',
  number: 'OC-1',
  customerId: 'c5',
  customerName: 'Brightwater Logistics',
  description: 'Managed support, gold',
  quantity: '12',
  unitPrice: '18.50',
  amount: euro('222.00'),
  everyMonths: 1,
  from: '2026-09-01',
  until: null,
  state: 'running',
  next: '2026-12-01',
  item: { id: 'i3', name: 'Support hours', detail: 'SUP', archived: false },
  accountCode: '200',
  taxType: null,
  terms: [
    {
      from: '2026-09-01',
      description: 'Managed support, gold',
      quantity: '12',
      unitPrice: '18.50',
    },
  ],
  pauses: [],
  billed: { number: 'INV-0131', url: 'https://go.example/INV-0131', on: '2026-11-01' },
};

export const decisions: DecisionView[] = [
  {
    id: 'de1',
    scope: { kind: 'customer-product', customerId: 'c5', productKey: 'p1' },
    value: { kind: 'edit', edit: { unitPrice: '18.50', description: 'Microsoft 365 seats' } },
    by: 'Anna de Vries',
    at: '2026-11-12T09:00:00Z',
    subject: 'Brightwater Logistics, Microsoft 365 Business Premium',
    worth: [euro('1600.00')],
    ended: false,
  },
  {
    id: 'de2',
    scope: { kind: 'subscription', subscriptionId: 's9', productKey: null },
    value: { kind: 'exclude', reason: 'Own use', until: null },
    by: 'Anna de Vries',
    at: '2026-11-12T09:00:00Z',
    subject: 'Northwind, internal tenant',
    worth: [euro('240.00')],
    ended: false,
  },
  {
    id: 'de3',
    scope: { kind: 'customer', customerId: 'c2' },
    value: { kind: 'exclude', reason: 'Free trial', until: date('2026-11-01') },
    by: 'Anna de Vries',
    at: '2026-08-01T09:00:00Z',
    subject: 'Café Lumière',
    worth: [euro('96.20')],
    ended: true,
  },
];
