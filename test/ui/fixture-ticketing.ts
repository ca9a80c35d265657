import type { Api } from '../../server/http/contract.ts';
import type { Scenario } from './fixture-kit.ts';

type TicketingView = Api['GET /v1/connections/:connectionId/ticketing']['reply'];

/** Tickets as they are set, and for a viewer a role that may not read the boards. */
export const ticketingIn = (scenario: Scenario): TicketingView => ({
  available: true,
  on: scenario !== 'viewer',
  kinds: ['tasks', 'unclear', 'marketplace'],
  quiet: ['reading'],
  place: { company: '2', board: '10', type: '21' },
  companyName: 'Northwind Cloud BV',
  fields:
    scenario === 'viewer'
      ? []
      : [
          { id: 'company', name: 'Company', kind: 'company', choices: [], optional: false },
          {
            id: 'board',
            name: 'Service board',
            kind: 'choice',
            choices: [
              { value: '10', name: 'Billing' },
              { value: '11', name: 'Service desk' },
            ],
            optional: false,
          },
          {
            id: 'type',
            name: 'Type',
            kind: 'choice',
            choices: [{ value: '21', name: 'Billing question' }],
            optional: true,
          },
        ],
  lacking:
    scenario === 'viewer'
      ? [
          {
            scope: 'System > Table Setup, Inquire (Service / Service Board)',
            why: 'to choose where tickets go',
            where:
              'System > Security Roles > the role of the API member > System > Table Setup > Inquire Level: All',
          },
        ]
      : [],
  failure: null,
  open:
    scenario === 'viewer'
      ? []
      : [
          {
            kind: 'tasks',
            summary: 'Ledgerport: 2 orders stopped for safety and are not billed.',
            at: '2026-11-23T06:00:00.000Z',
            url: 'https://eu.myconnectwise.net/t/1',
          },
        ],
});
