export interface ControlEntry {
  method: 'GET' | 'POST';
  path: string;
  what: string;
  /** An example of the JSON body; absent where there is none. */
  body?: unknown;
}

/** The control API as `GET /sandbox.json` lists it; a test asks for each path. */
export const CONTROL_TABLE: readonly ControlEntry[] = [
  {
    method: 'POST',
    path: '/sandbox/reset',
    what: 'Puts every player back to the state of a seed. The installation of the app stays.',
    body: { seed: 1, size: 'tiny | small | full' },
  },
  { method: 'GET', path: '/sandbox/clock', what: 'The sandbox time.' },
  { method: 'GET', path: '/sandbox/mails', what: 'Every mail that was sent, oldest first.' },
  {
    method: 'POST',
    path: '/sandbox/mail-server',
    what: 'Makes the mail server refuse what it gets, or take it again.',
    body: { refuses: true },
  },
  {
    method: 'POST',
    path: '/sandbox/webhooks',
    what: 'Switches Xero’s webhooks: on, it tries the app’s address first (“intent to receive”), and says whether they are on.',
    body: { on: true },
  },
  {
    method: 'POST',
    path: '/sandbox/clock',
    what: 'Moves the sandbox time, by days, months or milliseconds, or to a moment.',
    body: { advanceDays: 1, advanceMonths: 1, advanceMs: 1000, set: '2026-12-01T09:00:00Z' },
  },
  {
    method: 'POST',
    path: '/sandbox/orders',
    what: 'One action on orders: place, change, cancel, renew, migrate, usage, billing-run, complete, fail, call-off, raw, bulk. `status` and `completesInMinutes` hold an order back; `tenantId` picks the reseller.',
    body: {
      place: {
        action: 'place',
        customerId: '1000001',
        productId: '5500',
        quantity: 5,
        discountPercent: 10,
        poNumber: 'PO-1',
        status: 'processing',
        completesInMinutes: 10,
      },
      change: { action: 'change', subscriptionId: '2000001', quantity: 8 },
      cancel: { action: 'cancel', subscriptionId: '2000001', refundSetup: true },
      renew: { action: 'renew', subscriptionId: '2000001' },
      migrate: { action: 'migrate', customerId: '1000001', productId: '5500', quantity: 5 },
      usage: { action: 'usage', subscriptionId: '2000001', quantity: '12.5' },
      'billing-run': { action: 'billing-run' },
      complete: { action: 'complete', orderId: '3000001' },
      fail: { action: 'fail', orderId: '3000001' },
      'call-off': { action: 'call-off', orderId: '3000001' },
      raw: {
        action: 'raw',
        customerId: '1000001',
        type: 'sales',
        subscriptionId: '2000001',
        total: '1.00',
        billing: false,
        details: [
          {
            type: 'handlingFee',
            description: 'Handling',
            quantity: 1,
            extendedPrice: { currency: 'AUD', amount: '1.00' },
          },
        ],
      },
      bulk: { action: 'bulk', customers: 400, subscriptions: 1000 },
    },
  },
  {
    method: 'GET',
    path: '/sandbox/state',
    what: 'Customers, products, subscriptions and orders of a reseller, whole (`?tenantId=`).',
  },
  {
    method: 'POST',
    path: '/sandbox/customers',
    what: 'Makes a customer.',
    body: { name: 'Zephyr Bakery Pty Ltd', currency: 'AUD' },
  },
  {
    method: 'POST',
    path: '/sandbox/tell-users',
    what: 'Makes the marketplace tell its customers’ users, which SimpleAPI does not, or no longer; the app starts anew, set up for it.',
    body: { told: true },
  },
  {
    method: 'POST',
    path: '/sandbox/company-users',
    what: 'Somebody joins a customer, or the last who came leaves.',
    body: { customerId: '1000001', what: 'joins | leaves' },
  },
  {
    method: 'POST',
    path: '/sandbox/subscriptions',
    what: 'Sets whether a subscription renews, or its status, without an order.',
    body: { subscriptionId: '2000001', renewalStatus: false, status: 'hold' },
  },
  {
    method: 'POST',
    path: '/sandbox/hide-billing-orders',
    what: 'Whether the API lists billing-run orders.',
    body: { hidden: true },
  },
  {
    method: 'POST',
    path: '/sandbox/stories',
    what: 'Tells what happened before the app came, in an organisation of Xero by name or id: `hand-billing` three months of what customers have, `order-billing` the orders of this month, `support-by-hand` a support contract that the marketplace does not know, `two-contacts` a customer who is there twice and matched to the wrong one, `edited-books` an invoice of the app that a person tidied up. Answers what was got wrong. Without an organisation, what happens at the marketplace: `price-rise`, `runaway`, `thin-margin`, `home-vendor`, `yearly`, `term-ends`, `seats-in-a-day`, `seats-again`, `forgotten-period` and later `forgotten-remembered`, `big-order` far above the others, `customer-leaves` cancels everything, `late-usage` rates their last use, `late-usage-closed` after they were closed, `more-seats` on a bill that a letter tells of.',
    body: { story: 'hand-billing', organisation: 'Cloud Reseller Services' },
  },
  {
    method: 'GET',
    path: '/sandbox/faults',
    what: 'Every fault of every player, with its present options.',
  },
  {
    method: 'POST',
    path: '/sandbox/faults',
    what: 'Switches a fault on with its options, or off with null.',
    body: {
      player: 'marketplace',
      name: 'status-503',
      options: { times: 2, operation: 'getOrders' },
    },
  },
  {
    method: 'GET',
    path: '/sandbox/journals/:player',
    what: 'What happened, oldest first (`?after=` a seq, `?limit=`).',
  },
  {
    method: 'GET',
    path: '/sandbox/app/state',
    what: 'Whether the app runs, its process id and how often it was started.',
  },
  {
    method: 'POST',
    path: '/sandbox/app/kill',
    what: 'Kills the app at once, in the middle of whatever it does.',
    body: {},
  },
  {
    method: 'POST',
    path: '/sandbox/app/start',
    what: 'Starts the app on the data it left.',
    body: {},
  },
  {
    method: 'POST',
    path: '/sandbox/users/switch',
    what: 'Signs this browser in as a user; answers with the cookie.',
    body: { userId: 'bluegum-billing' },
  },
  {
    method: 'GET',
    path: '/sandbox/installations',
    what: 'What the marketplace knows of the app, for each reseller.',
  },
  {
    method: 'POST',
    path: '/sandbox/install',
    what: 'Adds or removes a tile, as the page does.',
    body: {
      tenantId: 'reseller-1000',
      module: 'xero',
      action: 'install | remove',
      actor: 'bluegum-owner',
    },
  },
  {
    method: 'POST',
    path: '/sandbox/lifecycle/:event',
    what: 'Sends a lifecycle event; overrides lay claims, header, typ, body, authorization or query over it (a claim that is null is left out).',
    body: {
      tenantId: 'reseller-1000',
      eventId: 'evt-1',
      seq: 7,
      overrides: { claims: { aud: 'https://other.example' }, tries: 1 },
    },
  },
  {
    method: 'POST',
    path: '/sandbox/session-token',
    what: 'Signs a session token, also a wrong one.',
    body: {
      userId: 'bluegum-owner',
      module: 'xero',
      sessionId: 'ses-1',
      overrides: { claims: { exp: 1 } },
    },
  },
  {
    method: 'POST',
    path: '/sandbox/keys/rotate',
    what: 'Signs with a new key; `drop` takes the old ones out of the set at once.',
    body: { drop: false },
  },
];
