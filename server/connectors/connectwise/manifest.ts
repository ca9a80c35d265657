import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import { standingProblems } from '../../domain/standing-settings.ts';
import { linesPerDocument, readBeforeWriteMaxMs } from './limits.ts';
import { nameOf, neededRights, placeOf, wantedRights } from './rights.ts';
import { regions } from './site.ts';

/** What the app and its screens know of ConnectWise PSA. */
export const manifest: ConnectorManifest = {
  id: 'connectwise',
  name: 'ConnectWise PSA',
  kind: 'standing',
  words: { document: 'agreement', company: 'company', item: 'product', account: 'subcategory' },
  scopes: neededRights.map(({ module, level, table, why }) => ({
    scope: `${module}: ${level}${table === undefined ? '' : ` (${table})`}`,
    why,
  })),
  optionalRights: wantedRights.map((right) => ({
    feature: right.feature,
    scope: nameOf(right),
    why: right.why,
    where: placeOf(right),
  })),
  invoicing: { madeIn: 'Finance > Agreement Invoicing', partPayments: true, tellsLines: false },
  quotes: true,
  userLists: true,
  tickets: true,
  credentials: {
    steps: [
      'In ConnectWise, open System > Security Roles and create a role with the rights listed above, each with the level All.',
      'Open System > Members > API Members and choose +.',
      'Enter a member id and a name, and choose the role of step 1. Save.',
      'Open the tab API Keys, choose +, enter a description and save.',
      'Copy the public and the private key from the page.',
    ],
    warnings: [
      'The private key is shown only once, when the key is saved. Copy it then.',
      'Your users see the name of the API member beside everything that it does: name it after this app.',
      'With “Can’t Read Costs” in the role, costs and margins show as unknown, and no cost is written.',
      'On a ConnectWise cloud, wrong keys can look like a page that is not found.',
    ],
    fields: [
      {
        id: 'site',
        name: 'Site',
        help: 'Where you sign in to ConnectWise.',
        kind: 'choice',
        choices: [...regions],
        optional: false,
      },
      {
        id: 'host',
        name: 'Address of your server',
        help: 'Only for your own server, such as psa.example.com. The operator of this app must allow it.',
        kind: 'text',
        choices: [],
        optional: true,
      },
      {
        id: 'companyId',
        name: 'Company ID',
        help: 'The company with which you sign in to ConnectWise.',
        kind: 'text',
        choices: [],
        optional: false,
      },
      {
        id: 'publicKey',
        name: 'Public key',
        help: '',
        kind: 'text',
        choices: [],
        optional: false,
      },
      {
        id: 'privateKey',
        name: 'Private key',
        help: 'Kept encrypted, and never shown again.',
        kind: 'secret',
        choices: [],
        optional: false,
      },
      {
        id: 'currency',
        name: 'Home currency',
        help: 'Such as AUD. Only where several currencies are set up in ConnectWise.',
        kind: 'text',
        choices: [],
        optional: true,
      },
      {
        id: 'timeZone',
        name: 'Time zone of your books',
        help: 'Days of agreements and schedules follow it.',
        kind: 'choice',
        choices: Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, name: zone })),
        optional: false,
      },
    ],
  },
  consequences: [
    'Connecting writes nothing: companies, products and agreements are only read until you confirm a preview or switch automatic on.',
    'Recurring fees become open-ended additions of an agreement. A change ends the addition and opens the next one.',
    'Setup, usage, fees and parts of a period become additions of exactly one period.',
    'Additions become invoices only when somebody runs Finance > Agreement Invoicing in ConnectWise.',
    'Our agreements carry a short mark at the end of their name, our additions in their description. Your customer’s invoice shows the invoice description, without it.',
    'Additions that somebody else made stay as they are.',
  ],
  batch: { documents: linesPerDocument, companies: 1, items: 1 },
  capabilities: {
    sends: false,
    creditNotes: false,
    tracking: false,
    themes: false,
    discounts: false,
  },
  limits: {
    lineTextMax: 1_000,
    // An agreement's name holds 100 characters.
    referenceMax: 100,
    itemCodeMax: 75,
    readBeforeWriteMaxMs,
    lateCommitMaxMs: 120_000,
    idempotencyWindowMs: 0,
  },
  standing: {
    document: 'agreement',
    wholeUnits: false,
    wholePeriods: true,
    exports: ['products', 'quantity', 'price', 'cost'],
  },
  check: standingProblems,
};
