import type { Api } from '../../server/http/contract.ts';
import type { MonthCostView, MonthDifferenceView } from '../../server/http/views/months.ts';
import { euro } from './fixture-data.ts';
import type { Scenario } from './fixture-kit.ts';

type MonthView = Api['GET /v1/connections/:connectionId/months/:month']['reply'];
type Statement = Api['GET /v1/connections/:connectionId/months/:month/statement']['reply'];

const row = (more: Partial<MonthDifferenceView>): MonthDifferenceView => ({
  id: `${more.name} ${more.text}`,
  name: 'waiting',
  reason: null,
  customerName: 'Brightwater Logistics',
  text: 'Microsoft 365 Business Premium, 80',
  orderNumber: 'SO-10425',
  taskId: null,
  amount: euro('-1600.00'),
  document: null,
  ...more,
});
const invoice = { number: 'INV-0129', url: 'https://go.example/INV-0129' };
const rows: MonthDifferenceView[] = [
  row({ name: 'waiting', reason: 'needs-action', taskId: 't1' }),
  row({
    name: 'missing',
    reason: 'removed',
    text: 'Onboarding',
    document: invoice,
    amount: euro('-250.00'),
  }),
  row({ name: 'edit', text: 'Acronis Cyber Protect', document: invoice, amount: euro('-80.00') }),
  row({ name: 'on-purpose', reason: 'excluded: own use', text: 'Backup', amount: euro('-38.40') }),
  row({ name: 'timing', text: 'Acronis, December', document: invoice, amount: euro('-41.00') }),
  row({
    name: 'others',
    text: 'A visit by hand',
    customerName: '',
    orderNumber: null,
    document: invoice,
    amount: euro('120.00'),
  }),
];
const cost = (
  customerName: string,
  [paid, unbilled, billed, left]: [string, string, string, string],
  unknown: number,
): MonthCostView => ({
  customerId: customerName,
  customerName,
  cost: euro(paid),
  unbilled: euro(unbilled),
  billed: euro(billed),
  left: euro(left),
  unknown,
});
const isCounted = (name: string) => rows.filter((one) => one.name === name).length;

/** A month that waits, and in the quiet world one that is closed and moved afterwards. */
export function monthIn(scenario: Scenario): MonthView {
  const isClosed = scenario === 'viewer';
  return {
    rows,
    total: rows.length,
    next: null,
    counts: Object.fromEntries(rows.map(({ name }) => [name, isCounted(name)])),
    month: '2026-11',
    months: [
      { month: '2026-11', closed: isClosed },
      { month: '2026-10', closed: true },
    ],
    isOver: true,
    figures: [
      {
        currency: 'EUR',
        charged: '12480.90',
        own: '145.00',
        differences: rows.map(({ name, amount }) => ({
          name,
          amount: amount.amount,
          count: isCounted(name),
        })),
        documents: '10736.50',
        unexplained: '0.00',
        taxTold: '2254.66',
        taxDifferences: [{ name: 'tax-rounding', amount: '0.01', count: 1 }],
        tax: '2254.67',
        cost: '9980.11',
        costUnbilled: '1310.00',
        left: '621.39',
        costUnknown: 4,
      },
    ],
    documents: { count: 38, drafts: 12, draftMoney: [euro('3204.10')] },
    costs: [
      cost('Brightwater Logistics', ['1820.00', '1310.00', '1782.93', '-37.07'], 0),
      cost('Delft Robotics', ['8160.11', '0.00', '8818.57', '658.46'], 4),
    ],
    costsTotal: 2,
    blockers: { waiting: 1, missing: 1, changed: 2, extra: 0, unclear: 0 },
    canClose: false,
    closed: isClosed
      ? {
          by: 'Anna de Vries',
          at: '2026-12-02T09:00:00.000Z',
          changes: [{ figure: 'documents', was: euro('10616.50'), is: euro('10736.50') }],
        }
      : null,
    seen: 'm1',
  };
}

export function statementIn(scenario: Scenario): Statement {
  const { total: _, next: __, counts: ___, months: ____, ...head } = monthIn(scenario);
  return {
    ...head,
    tenant: 'Northwind Cloud',
    system: 'Xero',
    account: 'Northwind Cloud BV',
    today: '2026-12-02',
    papers: [
      {
        number: 'INV-0129',
        kind: 'invoice',
        date: '2026-11-23',
        state: 'draft',
        customerName: 'Brightwater Logistics',
        net: euro('1782.93'),
        tax: euro('374.42'),
        total: euro('2157.35'),
      },
    ],
  };
}
