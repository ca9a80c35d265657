import { runConnectorBattery } from '../batteries/connector.ts';
import { keepsToTheDescription } from './keeps-to.ts';
import { createXeroWorld, xeroConnector } from './xero-world.ts';

const operations = [
  'DELETE /connections/{id}',
  'GET /Accounts',
  'GET /BrandingThemes',
  'GET /Contacts',
  'GET /CreditNotes',
  'GET /Currencies',
  'GET /Invoices',
  'GET /Items',
  'GET /Organisation',
  'GET /RepeatingInvoices',
  'GET /TaxRates',
  'GET /TrackingCategories',
  'GET /connections',
  'POST /Invoices',
  'POST /connect/token authorization_code',
  'POST /connect/token refresh_token',
  'PUT /Contacts',
  'PUT /Invoices',
  'PUT /Items',
];

runConnectorBattery({
  name: 'Xero',
  connector: xeroConnector,
  world: keepsToTheDescription({ vendor: 'xero', world: createXeroWorld, operations }),
});
