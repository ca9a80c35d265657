import type { Api } from '../../server/http/contract.ts';
import { connection } from './fixture-data.ts';
import type { Answers } from './fixture-kit.ts';
import { psaConsent } from './fixture-psa.ts';

const marketplace: Api['GET /v1/marketplace']['reply'] = {
  name: 'CloudBlue',
  connected: true,
  failure: null,
  method: 'key',
  savedBy: 'Anna de Vries',
  savedAt: '2026-11-02T09:00:00Z',
  apiBase: 'https://api.example/simple',
  methods: [
    {
      id: 'key',
      name: 'Subscription key',
      fields: [
        {
          id: 'user',
          name: 'User',
          help: 'A user that may read everything.',
          secret: false,
          optional: false,
        },
        {
          id: 'key',
          name: 'Key',
          help: 'From the marketplace’s API page.',
          secret: true,
          optional: false,
        },
      ],
    },
  ],
  lacks: ['users'],
  budget: connection.marketplaceBudget,
};

export const connectAnswers = {
  'GET /v1/marketplace': ({ scenario }) => ({
    ...marketplace,
    lacks: scenario === 'lists' ? [] : marketplace.lacks,
  }),
  'PUT /v1/marketplace': () => marketplace,
  'POST /v1/marketplace/test': () => marketplace,
  'GET /v1/systems/:systemId/consent': ({ path }) =>
    psaConsent(path) ?? {
      systemId: 'xero',
      name: 'Xero',
      consequences: [
        'Connecting writes nothing: contacts, items and invoices are only read until you confirm a preview or switch automatic on.',
        'A contact or an item is created only when you ask for it; existing ones are never changed.',
        'Lines that somebody else wrote on an invoice stay as they are.',
      ],
      scopes: [
        { scope: 'accounting.transactions', why: 'To write and read invoices and credit notes.' },
        {
          scope: 'accounting.contacts',
          why: 'To find your customers, and to create one when you ask.',
        },
        { scope: 'offline_access', why: 'To go on working while you are away.' },
      ],
      optionalRights: [],
      ownAppPossible: true,
      redirectUri: 'https://ledgerport.example/connect/callback/xero',
      credentials: null,
    },
  'POST /v1/flows': () => ({ flowId: 'f1', launchSecret: 'once' }),
  'GET /v1/flows/:flowId': () => ({
    state: 'returned',
    accounts: [],
    connectionId: null,
    failure: null,
  }),
  'POST /v1/flows/:flowId/complete': () => ({
    state: 'choose',
    accounts: [
      { id: 'a1', name: 'Northwind Cloud Services BV' },
      { id: 'a2', name: 'Demo Company (Global)' },
    ],
    connectionId: null,
    failure: null,
  }),
  'POST /v1/systems/:systemId/test': () => ({
    accountName: 'Demo Company',
    baseCurrency: 'EUR',
    lacks: [],
  }),
} satisfies Partial<Answers>;
