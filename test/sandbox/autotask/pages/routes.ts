import { Hono } from 'hono';
import type { Markup } from '../../people/layout.ts';
import type { Row } from '../row.ts';
import type { World } from '../world.ts';
import { billingPage, invoicePage } from './billing.ts';
import { cataloguePage } from './catalogue.ts';
import { companiesPage, companyPage } from './companies.ts';
import { contractPage } from './contract.ts';
import { contractsPage } from './contracts.ts';
import { opportunitiesPage, ticketsPage } from './desk.ts';
import { settingsPage } from './settings.ts';

type Page = (world: World, problem: string | undefined) => Markup;
type RowPage = (world: World, row: Row, problem: string | undefined) => Markup;

/** The pages of the reseller's people: /companies, /contracts/{id}, /billing, /invoices/{id} ... */
export function pages(current: () => World): Hono {
  const app = new Hono();
  const show = (path: string, page: Page) =>
    app.get(path, (context) => context.html(page(current(), context.req.query('problem'))));
  const showRow = (path: string, entity: string, page: RowPage) =>
    app.get(`${path}/:id{[0-9]+}`, (context) => {
      const row = current().tables.get(entity, Number(context.req.param('id')));
      return row
        ? context.html(page(current(), row, context.req.query('problem')))
        : context.notFound();
    });
  app.get('/', (context) => context.redirect('/companies'));
  show('/companies', companiesPage);
  showRow('/companies', 'Companies', companyPage);
  show('/contracts', contractsPage);
  showRow('/contracts', 'Contracts', contractPage);
  show('/billing', billingPage);
  showRow('/invoices', 'Invoices', invoicePage);
  show('/catalogue', cataloguePage);
  show('/opportunities', opportunitiesPage);
  show('/tickets', ticketsPage);
  show('/settings', settingsPage);
  // Links into Autotask (help: ExecuteCommand API).
  app.get('/Autotask/AutotaskExtend/ExecuteCommand.aspx', (context) => {
    const {
      Code: code,
      AccountID: company,
      ContractID: contract,
      OpportunityID: opportunity,
    } = context.req.query();
    if (code === 'OpenAccount' && company) return context.redirect(`/companies/${company}`);
    if (code === 'OpenContract' && contract) return context.redirect(`/contracts/${contract}`);
    if (code === 'OpenOpportunity' && opportunity) return context.redirect('/opportunities');
    if (code === 'OpenTicketDetail') return context.redirect('/tickets');
    return context.notFound();
  });
  return app;
}
