import type { Api } from '../../server/http/contract.ts';
import type { ShadowCustomerView } from '../../server/http/views/shadow.ts';
import { dollar, euro } from './fixture-data.ts';
import type { Scenario } from './fixture-kit.ts';

type ShadowView = Api['GET /v1/connections/:connectionId/shadow/:month']['reply'];
type LinesView =
  Api['GET /v1/connections/:connectionId/shadow/:month/customers/:customerId']['reply'];

const customer = (
  customerId: string,
  name: string,
  more: Partial<ShadowCustomerView> = {},
): ShadowCustomerView => ({
  customerId,
  name,
  ours: [euro('1410.00')],
  theirs: [euro('1410.00')],
  difference: [euro('0.00')],
  counts: { same: 4, differs: 0, 'only-ours': 0, 'only-theirs': 0, asks: 0 },
  documents: { ours: 1, theirs: 1 },
  isClean: true,
  seen: 'f1',
  ...more,
});
const brightwater = customer('c5', 'Brightwater Logistics', {
  ours: [euro('2410.00')],
  theirs: [euro('2080.00')],
  difference: [euro('330.00')],
  counts: { same: 2, differs: 1, 'only-ours': 1, 'only-theirs': 1, asks: 1 },
  documents: { ours: 2, theirs: 1 },
  isClean: false,
});
const customers = [
  brightwater,
  customer('c2', 'Studio Kanaal'),
  customer('c3', 'Oakridge Dental Group', {
    ours: [euro('96.00'), dollar('40.00')],
    theirs: [euro('96.00'), dollar('40.00')],
    difference: [euro('0.00'), dollar('0.00')],
  }),
];

/** A month beside its shadow: compared, or with no invoices read yet. */
export function shadowIn(scenario: Scenario): ShadowView {
  const isNever = scenario === 'fresh';
  return {
    rows: isNever ? [] : customers,
    total: isNever ? 0 : customers.length,
    next: null,
    counts: { all: 3, clean: 2, different: 1 },
    month: '2026-11',
    months: ['2026-11', '2026-10'],
    runs: true,
    look: {
      state: isNever ? 'never' : 'done',
      from: '2026-08-23',
      endedAt: isNever ? null : '2026-11-23T13:58:00Z',
    },
    ordersFrom: isNever ? '2026-11-09' : '2026-09-30',
    ours: isNever ? [] : [euro('3916.00'), dollar('40.00')],
    theirs: isNever ? [] : [euro('3586.00'), dollar('40.00')],
    notCompared: { count: isNever ? 0 : 3, money: isNever ? [] : [euro('540.00')] },
    switchFrom: '2026-12-01',
  };
}

const line = (amount: string) => ({
  text: 'Backup, November',
  number: 'INV-0118',
  date: '2026-11-01',
  url: 'https://go.example/INV-0118',
  amount: euro(amount),
});
export const shadowLinesIn = (): LinesView => ({
  rows: [
    {
      id: '0',
      verdict: 'only-ours',
      name: 'Microsoft 365 Business Premium',
      ours: { quantity: '15', amount: euro('300.00'), orders: ['SO0412'] },
      theirs: null,
      difference: euro('300.00'),
      waits: [],
    },
    {
      id: '1',
      verdict: 'differs',
      name: 'Acronis Cyber Protect',
      ours: { quantity: '41', amount: euro('410.00'), orders: ['SO0409', 'SO0413'] },
      theirs: { quantity: '38', amount: euro('380.00'), orders: [], lines: [line('380.00')] },
      difference: euro('30.00'),
      waits: [],
    },
    {
      id: '2',
      verdict: 'only-theirs',
      name: 'Mail archive',
      ours: null,
      theirs: { quantity: '12', amount: euro('96.00'), orders: [], lines: [line('96.00')] },
      difference: euro('-96.00'),
      waits: [],
    },
    {
      id: '3',
      verdict: 'asks',
      name: 'DNS filter',
      ours: { quantity: '12', amount: euro('96.00'), orders: ['SO0409'] },
      theirs: null,
      difference: euro('96.00'),
      waits: ['map-product'],
    },
    {
      id: '4',
      verdict: 'same',
      name: 'Password vault',
      ours: { quantity: '8', amount: euro('24.00'), orders: ['SO0409'] },
      theirs: { quantity: '8', amount: euro('24.00'), orders: [], lines: [line('24.00')] },
      difference: euro('0.00'),
      waits: [],
    },
  ],
  total: 5,
  next: null,
  counts: brightwater.counts,
  month: '2026-11',
  customer: brightwater,
  switchFrom: '2026-12-01',
});
