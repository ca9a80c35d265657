import type { Api } from '../../server/http/contract.ts';
import type { Scenario } from './fixture-kit.ts';

type MailView = Api['GET /v1/connections/:connectionId/mail']['reply'];

const text = `3 orders need you

Northwind Cloud: Xero, Northwind Cloud BV
The last 24 hours:

- Needs you: 3 orders, €1,782.93
  Open it: https://market.example.com/apps/ledgerport?module=xero&screen=c%2Fx1%2Ftasks%3Fview%3Dneeds
- Ready to bill: 12 orders, €3,204.10
- Written: 41 lines on 18 documents, €12,480.90

You get this because your address is in the mail settings of this connection.
`;

/** Mail as it is set, and in the quiet world as a server that refuses it. */
export const mailIn = (scenario: Scenario): MailView => ({
  configured: scenario !== 'viewer',
  to: ['billing@northwind.example', 'owner@northwind.example'],
  digestAt: 420,
  failures: true,
  timeZone: 'Europe/Amsterdam',
  failure:
    scenario === 'viewer'
      ? {
          at: '2026-11-23T06:00:00.000Z',
          code: 'mail.refused',
          message: 'The mail server refused the mail.',
          next: 'Read what it said, and check the addresses.',
          said: '550 5.1.1 User unknown',
          requestId: 'r-1',
          retryAt: null,
        }
      : null,
  preview: { subject: 'Ledgerport: The day in figures: 3 orders need you', text },
});
