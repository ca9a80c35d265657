import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import { standingProblems } from '../../domain/standing-settings.ts';
import { optionalRights } from './connect.ts';
import { contractsPerWrite, readBeforeWriteMaxMs } from './limits.ts';
import { periodMonths } from './schema.ts';

/** What the app and its screens know of Autotask PSA. */
export const manifest: ConnectorManifest = {
  id: 'autotask',
  name: 'Autotask PSA',
  kind: 'standing',
  words: { document: 'contract', company: 'company', item: 'service', account: 'billing code' },
  scopes: [
    { scope: 'CRM: companies', why: 'to match your customers, and to create one you ask for' },
    {
      scope: 'Contracts: contracts, services, units, charges',
      why: 'to keep contract services true and to add one-off charges',
    },
    {
      scope: 'Admin: services, products, billing codes, currencies',
      why: 'to offer them for mapping, and to create a service you ask for',
    },
  ],
  optionalRights,
  invoicing: {
    madeIn: 'Contracts > Approve & Post, then Invoices',
    partPayments: false,
    tellsLines: true,
  },
  quotes: true,
  tickets: true,
  credentials: {
    steps: [
      'In Autotask, open Admin > Account Settings & Users > Resources/Users (HR) > Resources/Users.',
      'Point at the arrow beside New and choose New API User.',
      'Enter a name and an e-mail address, and choose the security level API User (system).',
      'Choose Generate Key for the user name and Generate Secret for the secret, and copy both: the secret is shown once.',
      'Under API Tracking Identifier choose Integration Vendor and pick Ledgerport, or Custom and generate an identifier that you enter below.',
      'Choose Save & Close.',
    ],
    warnings: [
      'A new API user can take five minutes until Autotask lets it in.',
      'All integrations of your Autotask share 10,000 calls an hour. This app stops at 80 % of them.',
      'A narrowed security level can hide records instead of refusing them. Leave the level API User (system), or a copy with all rights of the list above.',
    ],
    fields: [
      {
        id: 'userName',
        name: 'Username (Key)',
        help: 'Looks like an e-mail address.',
        kind: 'text',
        choices: [],
        optional: false,
      },
      {
        id: 'secret',
        name: 'Password (Secret)',
        help: 'Kept encrypted, and never shown again.',
        kind: 'secret',
        choices: [],
        optional: false,
      },
      {
        id: 'trackingId',
        name: 'Tracking identifier',
        help: 'Only where you chose Custom in step 5.',
        kind: 'secret',
        choices: [],
        optional: true,
      },
      {
        id: 'timeZone',
        name: 'Time zone of your books',
        help: 'Days of contracts and schedules follow it.',
        kind: 'choice',
        choices: Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, name: zone })),
        optional: false,
      },
    ],
  },
  consequences: [
    'Connecting writes nothing: companies, services and contracts are only read until you confirm a preview or switch automatic on.',
    'Recurring fees become services of a recurring contract. Autotask invoices them itself, when you approve and post.',
    'Setup, usage, fees and parts of a period become one-off charges of the contract.',
    'Our services carry a short mark in their internal description, our charges in their internal purchase order number.',
    'Services and charges that somebody else added stay as they are. A service is ended with a date, since Autotask deletes none.',
    'Invoices are not written, and nothing is marked as processed: other integrations see them as before.',
    'Lines become invoices only when somebody runs invoicing in Autotask. Until then a charge can be taken back; a service is always taken back by a change of its own day.',
  ],
  batch: { documents: contractsPerWrite, companies: 1, items: 1 },
  capabilities: {
    sends: false,
    creditNotes: false,
    tracking: false,
    themes: false,
    discounts: false,
  },
  limits: {
    lineTextMax: 1000,
    // The number of a contract holds 50 characters.
    referenceMax: 50,
    itemCodeMax: 50,
    // Contracts are read together, and their lines go one by one.
    readBeforeWriteMaxMs,
    lateCommitMaxMs: 120_000,
    idempotencyWindowMs: 0,
  },
  standing: {
    document: 'contract',
    wholeUnits: true,
    wholePeriods: false,
    exports: [],
    cycleMonths: Object.values(periodMonths),
  },
  check: standingProblems,
};
