import { date } from '../../server/domain/dates.ts';
import type { ErrorView, MoneyView } from '../../server/http/views/common.ts';
import type { ConnectionView } from '../../server/http/views/connection.ts';
import type { DecisionView } from '../../server/http/views/decisions.ts';
import type { OwnChargeView } from '../../server/http/views/own-charges.ts';
import type { ShellView } from '../../server/http/views/shell.ts';

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
