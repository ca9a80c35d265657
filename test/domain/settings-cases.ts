import type { Plain } from '../kit/plan-world.ts';

const downgrade = {
  class: 'proration' as const,
  detailType: 'downgrade',
  amount: '-5',
  unitPrice: '5',
};

/** The worlds that `settings.md` names. A case's own settings stand beside the one that is tried. */
export const cases: Readonly<Record<string, Plain>> = {
  'one order': { orders: [{}] },
  'two orders': {
    orders: [{}, { id: 'o2', charges: [{ subscriptionId: 's2', productId: 'p2' }] }],
  },
  'setup only': { orders: [{ charges: [{ class: 'setup', detailType: 'setup' }] }] },
  'item with price': { orders: [{}], items: [{ id: 'i1', price: '12.5' }] },
  'automatic customer': { orders: [{}], customers: [{ automatic: true }] },
  'charged after its end': {
    orders: [{}],
    subscriptions: [{ status: 'ended', expirationDate: '2026-09-20' }],
  },
  'automatic is on': {
    settings: { automatic: { mode: 'every-5-minutes' } },
    orders: [{}],
    customers: [{ automatic: true }],
  },
  'an opportunity': { customers: [{}] },
  'written just now': { orders: [{}] },
  'month of the 12th': {
    settings: { invoice: 'monthly', postAs: 'approved' },
    documents: [{ marker: 'LDMAAAAAAAAAAA', date: '2026-11-12' }],
  },
  'approved invoice': { orders: [{}], documents: [{ state: 'approved' }] },
  'refund and charge': {
    orders: [{ type: 'change', charges: [downgrade, { amount: '8' }] }],
  },
  'two products of one item': {
    orders: [{}],
    mappings: [{ productKey: 'p1' }, { productKey: 'p2' }],
  },
  'fewer seats': { orders: [{ type: 'change', charges: [downgrade] }] },
  'a part of a period on a contract': {
    manifest: {
      kind: 'standing',
      standing: { document: 'contract', wholeUnits: true, wholePeriods: false, exports: [] },
    },
    items: [{ id: 'i1', price: null }],
    mappings: [{ productKey: 'p1', targetId: 'i1' }],
    subscriptions: [
      {
        products: [
          {
            productId: 'p1',
            partNumber: null,
            name: 'Seat',
            quantity: '5',
            unitPrice: '10',
            unitCost: null,
            currency: 'AUD',
          },
        ],
      },
    ],
    orders: [
      {
        type: 'change',
        charges: [
          { quantity: '2', share: '0.5', period: { start: '2026-11-16', end: '2026-12-01' } },
        ],
      },
    ],
  },
  'added and taken off': {
    orders: [
      { type: 'change', charges: [{ share: '0.5', amount: '5' }] },
      { id: 'o2', type: 'change', charges: [{ ...downgrade, share: '0.5' }] },
    ],
  },
  'seats that no price makes one': {
    orders: [
      { type: 'change', charges: [{ share: '0.5', amount: '8' }] },
      { id: 'o2', type: 'change', charges: [{ ...downgrade, share: '0.5' }] },
    ],
  },
  'organisation with tax inside': {
    account: { taxBasis: 'inclusive' },
    orders: [{ charges: [{ tax: '1' }] }],
  },
  taxed: { orders: [{ charges: [{ tax: '1' }] }] },
  'order with account': { settings: { accountCode: '200' }, orders: [{}] },
  'period later': {
    orders: [{ charges: [{ period: { start: '2026-12-05', end: '2027-01-05' } }] }],
  },
  'company with terms': {
    orders: [{}],
    companies: [{ terms: { kind: 'days-after', day: 14 } }],
  },
  'purchase order': { orders: [{ purchaseOrder: '77' }] },
  'yearly and monthly': {
    orders: [{ charges: [{ subscriptionId: 's-year' }, { subscriptionId: 's2' }] }],
  },
  'dearer than billed last': {
    connection: { billFrom: '2026-10-01' },
    orders: [{}, { id: 'o0', placedOn: '2026-10-10', charges: [{ amount: '9' }] }],
    links: [{ chargeKey: 'o0-1', orderId: 'o0', amount: { amountMinor: 900n, currency: 'AUD' } }],
  },
  'dollars with rates': {
    settings: { rates: [{ from: 'USD', to: 'AUD', rate: '1.55', since: '2026-11-01' }] },
    items: [{ id: 'i1', price: '15' }],
    orders: [
      {
        charges: [
          {
            amount: '20',
            currency: 'USD',
            exchange: { currency: 'AUD', rate: '1.52', on: '2026-11-10' },
          },
        ],
      },
    ],
  },
  'dollars at my rate': {
    settings: { otherCurrency: 'my-rate' },
    orders: [{ charges: [{ amount: '20', currency: 'USD' }] }],
  },
  'month half as much again': {
    connection: { billFrom: '2026-10-01' },
    orders: [
      { charges: [{ quantity: '3', unitPrice: '10', amount: '30' }] },
      {
        id: 'o0',
        placedOn: '2026-10-10',
        charges: [{ quantity: '2', unitPrice: '10', amount: '20' }],
      },
    ],
    links: [
      {
        chargeKey: 'o0-1',
        orderId: 'o0',
        quantity: '2',
        amount: { amountMinor: 2000n, currency: 'AUD' },
      },
    ],
  },
  'sold with little over': { orders: [{ charges: [{ cost: '9' }] }] },
  'standing order': {
    manifest: {
      kind: 'standing',
      standing: {
        document: 'agreement',
        wholeUnits: false,
        wholePeriods: true,
        exports: ['products', 'quantity', 'price', 'cost'],
      },
    },
    orders: [{ charges: [{ period: { start: '2026-11-10', end: '2026-12-10' } }] }],
  },
  'free of charge': { orders: [{ charges: [{ amount: '0' }] }] },
};
