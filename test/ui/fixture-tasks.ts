import type { NeedView, TaskRow, TaskView } from '../../server/http/views/tasks.ts';
import { dollar, euro, limited, refusedByXero } from './fixture-data.ts';
import { type Answers, changed, must, page } from './fixture-kit.ts';
import { target } from './fixture-mappings.ts';
import { figureNeeds } from './fixture-psa.ts';

export const need = (code: NeedView['code'], subject: string, guard = false): NeedView => ({
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

const task: TaskView = {
  ...must(readyRows[0]),
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
  ...must(needsRows[1]),
  groups: [
    {
      subscriptionId: 's1',
      subscriptionName: 'Premium',
      state: 'needs-action',
      needs: [...(needsRows[1]?.needs ?? []), missingNeed],
      charges: [],
    },
  ],
  customerMapped: null,
  products: [
    { productKey: 'p1', name: 'Microsoft 365 Business Premium', fees: ['setup'], target: null },
  ],
};
const doubting: TaskView = {
  ...must(needsRows[3]),
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

export const taskAnswers = {
  'GET /v1/connections/:connectionId/tasks': ({ query }) => {
    const rows = { needs: needsRows, ready: readyRows }[query.get('view') ?? ''];
    const counts = { needs: 4, ready: 4, waiting: 1, ignored: 1, done: 1, all: 11 };
    return page(rows ?? [...needsRows, ...readyRows, ...otherRows], counts);
  },
  'GET /v1/connections/:connectionId/tasks/:taskId': ({ path }) =>
    path.endsWith('/t2') ? asking : path.endsWith('/t4') ? doubting : task,
  'POST /v1/connections/:connectionId/tasks/ignore': changed,
  'POST /v1/connections/:connectionId/tasks/restore': changed,
} satisfies Partial<Answers>;
