import { createConnectWise } from '../../server/connectors/connectwise/index.ts';
import { instant } from '../../server/domain/dates.ts';
import type { Api } from '../../server/http/contract.ts';
import { logView } from '../../server/http/present/log.ts';
import { dashboard } from './fixture-dashboard.ts';
import { connection } from './fixture-data.ts';
import type { Scenario } from './fixture-kit.ts';
import { psaConnection, psaSystem } from './fixture-psa.ts';

/** A PSA whose agreements get lists of users, where the marketplace tells them, and where it does not. */
export const isWithLists = (scenario: Scenario): boolean =>
  scenario === 'lists' || scenario === 'untold';

export const listShell = {
  systems: [psaSystem],
  connections: [{ ...psaConnection, id: connection.id }],
};

export const listDashboard: Api['GET /v1/connections/:connectionId/dashboard']['reply'] = {
  ...dashboard,
  connection: {
    ...connection,
    systemId: psaSystem.id,
    systemName: psaSystem.name,
    accountName: psaConnection.name,
    typedAccess: true,
    userLists: true,
  },
};

type Settings = Api['GET /v1/connections/:connectionId/settings']['reply'];
export const listSettings = (settings: Settings, scenario: Scenario): Settings => ({
  ...settings,
  settings: { ...settings.settings, exportUsers: scenario === 'lists' },
  systemName: psaSystem.name,
  capabilities: {
    ...settings.capabilities,
    sends: false,
    tracking: false,
    themes: false,
    lines: false,
    userLists: true,
  },
});

/** One list that was refused, in the words that the app itself has for it. */
export const refusedList = logView(
  {
    seq: 413,
    at: instant(Date.parse('2026-11-23T13:45:12Z')),
    actor: { kind: 'app' },
    action: 'users-refused',
    result: 'failed',
    connectionId: connection.id,
    customerId: null,
    subject: 'Cloud services Brightwater',
    taskId: null,
    orderId: null,
    documentId: '290017',
    documentUrl: null,
    amount: null,
    failure: {
      code: 'system.rejected',
      said: 'file: The file type is not allowed.',
      retry: { kind: 'never' },
      reference: null,
    },
    facts: {},
    details: null,
  },
  'req_2b91',
  createConnectWise(),
);
