import { runStandingBattery } from '../batteries/standing-connector.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';
import { keepsToTheDescription } from './keeps-to.ts';

const operations = [
  'DELETE /finance/agreements/{id}',
  'DELETE /finance/agreements/{parentId}/additions/{id}',
  'DELETE /system/documents/{id}',
  'GET /company/companies',
  'GET /company/companies/count',
  'GET /company/contacts/count',
  'GET /finance/agreements',
  'GET /finance/agreements/count',
  'GET /finance/agreements/types',
  'GET /finance/agreements/types/count',
  'GET /finance/agreements/{parentId}/additions',
  'GET /finance/billingCycles',
  'GET /finance/billingCycles/count',
  'GET /finance/currencies',
  'GET /finance/currencies/count',
  'GET /finance/taxCodes/count',
  'GET /login/companyinfo/{companyId}',
  'GET /procurement/catalog',
  'GET /procurement/catalog/count',
  'GET /procurement/subcategories/',
  'GET /procurement/subcategories/{id}',
  'GET /procurement/types',
  'GET /procurement/types/{id}',
  'GET /system/documents',
  'PATCH /finance/agreements/{id}',
  'PATCH /finance/agreements/{parentId}/additions/{id}',
  'POST /company/companies',
  'POST /company/contacts',
  'POST /finance/agreements',
  'POST /finance/agreements/{parentId}/additions',
  'POST /procurement/catalog',
  'POST /system/documents',
];

runStandingBattery({
  name: 'ConnectWise',
  connector: connectWiseConnector,
  world: keepsToTheDescription({
    vendor: 'connectwise',
    world: createConnectWiseWorld,
    operations,
  }),
});
