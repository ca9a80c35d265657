import type { DashboardView } from '../../server/http/views/dashboard.ts';
import { connection, dollar, euro, limited } from './fixture-data.ts';
import { needsRows } from './fixture-tasks.ts';

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
