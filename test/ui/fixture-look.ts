import type { Api } from '../../server/http/contract.ts';
import type { FoundFigures, FoundView } from '../../server/http/views/look.ts';
import { dollar, euro } from './fixture-data.ts';
import type { Scenario } from './fixture-kit.ts';

type LookView = Api['GET /v1/connections/:connectionId/look']['reply'];

const line = { text: 'Backup, November', number: 'INV-0118', date: '2026-11-01' };
const there = (quantity: string, unitPrice: string, monthly: string): FoundView['there'] => ({
  ...line,
  url: 'https://go.example/INV-0118',
  quantity,
  unitPrice,
  monthly: euro(monthly),
  count: 1,
});
const here = (quantity: string, unitPrice: string, monthly: string): FoundFigures => ({
  quantity,
  unitPrice,
  monthly: euro(monthly),
  count: 1,
});
const found = (id: string, more: Partial<FoundView>): FoundView => ({
  id,
  kind: 'quantity',
  reason: 'more-here',
  customerId: 'c5',
  customerName: 'Brightwater Logistics',
  name: 'Acronis Cyber Protect',
  monthly: euro('30.00'),
  here: here('41', '10', '410.00'),
  there: there('38', '10', '380.00'),
  cost: euro('287.00'),
  belowCost: false,
  since: null,
  answer: null,
  answers: ['link', 'known'],
  noLink: null,
  seen: 'f1',
  ...more,
});
const rows: FoundView[] = [
  found('s1|p1', {
    kind: 'unpaid',
    reason: 'never-billed',
    name: 'Microsoft 365 Business Premium',
    monthly: euro('1600.00'),
    here: here('80', '20', '1600.00'),
    there: null,
    answers: ['next-order', 'known'],
  }),
  found('s2|p2', {
    kind: 'cancelled',
    reason: 'ended',
    customerName: 'Studio Kanaal',
    monthly: euro('-96.00'),
    here: null,
    there: there('12', '8', '96.00'),
    since: '2026-08-31',
    answers: ['known'],
  }),
  found('s3|p3', {}),
  found('s4|p4', {
    kind: 'price',
    reason: 'dearer-here',
    monthly: euro('19.00'),
    here: { ...here('38', '10.5', '399.00'), count: 2 },
    belowCost: true,
    cost: euro('395.00'),
  }),
  found('s5|p5', {
    kind: 'below-cost',
    reason: 'at-or-below-cost',
    monthly: euro('-38.00'),
    here: here('38', '10', '380.00'),
    cost: euro('418.00'),
  }),
  found('s6|p6', {
    kind: 'unsure',
    reason: 'other-words',
    monthly: euro('0'),
    here: here('38', '10', '380.00'),
    answers: ['link', 'next-order', 'known'],
  }),
];

/** On a system whose lines stay open: one differs and is shared, one is the same in sum. */
const onOpenLine = (of: FoundView['there']): FoundView['there'] =>
  of && { ...of, text: 'Acronis Cyber Protect', number: 'Cloud by hand', date: null };
const openRows: FoundView[] = rows.slice(0, 3).map((row) => ({
  ...row,
  there: onOpenLine(row.there),
  noLink: row.id === 's3|p3' ? 'shared-line' : null,
  answers: row.answers.filter((answer) => answer !== 'link'),
}));

/** The look as each world has it: never begun, under way, or done. */
export function lookIn(scenario: Scenario, path = ''): LookView {
  if (path.includes('/x2/'))
    return {
      ...lookIn('full'),
      compares: 'open-lines',
      rows: [
        ...openRows,
        found('s7|p7', {
          kind: 'unsure',
          reason: 'other-cycle',
          monthly: euro('0.00'),
          there: onOpenLine(there('41', '30', '410.00')),
          noLink: 'other-cycle',
          answers: ['next-order', 'known'],
        }),
      ],
      total: openRows.length + 1,
      read: { documents: 48, subscriptions: 900, subscriptionsTotal: 900 },
    };
  const isNever = scenario === 'fresh';
  const isReading = scenario === 'running';
  return {
    rows: isNever ? [] : rows,
    total: isNever ? 0 : rows.length,
    next: null,
    counts: {
      unpaid: 1,
      cancelled: 1,
      quantity: 1,
      price: 1,
      'below-cost': 1,
      unsure: 1,
      exact: 42,
      answered: 7,
    },
    state: isNever ? 'never' : isReading ? 'reading' : 'done',
    compares: 'invoices',
    from: '2026-08-23',
    startedAt: isNever ? null : '2026-11-23T13:50:00Z',
    endedAt: isNever || isReading ? null : '2026-11-23T13:58:00Z',
    failure: null,
    read: { documents: 360, subscriptions: isReading ? 340 : 900, subscriptionsTotal: 900 },
    notCompared: { unmatched: 6, elsewhere: 0, ours: 0, unread: isReading ? 560 : 0, usage: 14 },
    missing: [euro('1649.00'), dollar('210.40')],
    tooMuch: [euro('96.00')],
    linkable: 42,
    customers: [
      { id: 'c5', name: 'Brightwater Logistics' },
      { id: 'c2', name: 'Studio Kanaal' },
    ],
    currencies: ['EUR', 'USD'],
  };
}
