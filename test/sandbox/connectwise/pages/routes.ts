import { Hono } from 'hono';
import type { Markup } from '../../people/layout.ts';
import { type Row, textOf } from '../row.ts';
import type { World } from '../world.ts';
import { agreementPage } from './agreement.ts';
import { agreementsPage } from './agreements.ts';
import { cataloguePage } from './catalogue.ts';
import { companiesPage, companyPage } from './companies.ts';
import { opportunitiesPage, ticketsPage } from './desk.ts';
import { invoicePage, invoicingPage } from './invoicing.ts';
import { systemPage } from './system.ts';

type Page = (world: World, problem: string | undefined) => Markup;
type RowPage = (world: World, row: Row, problem: string | undefined) => Markup;

/** Where links into ConnectWise lead, by the type of their record (address builders of public clients). */
const LINKED: Readonly<Record<string, (id: string) => string>> = {
  companyfv: (id) => `/companies/${id}`,
  agreementfv: (id) => `/agreements/${id}`,
  invoicefv: (id) => `/invoices/${id}`,
  opportunityfv: () => '/opportunities',
  servicefv: () => '/tickets',
};

/** The pages of the reseller's people: /companies, /agreements/{id}, /invoicing, /invoices/{id} ... */
export function pages(current: () => World): Hono {
  const app = new Hono();
  const show = (path: string, page: Page) =>
    app.get(path, (context) => context.html(page(current(), context.req.query('problem'))));
  const showRow = (path: string, record: string, page: RowPage) =>
    app.get(`${path}/:id{[0-9]+}`, (context) => {
      const row = current().tables.get(record, Number(context.req.param('id')));
      return row
        ? context.html(page(current(), row, context.req.query('problem')))
        : context.notFound();
    });
  app.get('/', (context) => context.redirect('/companies'));
  show('/companies', companiesPage);
  showRow('/companies', 'Company', companyPage);
  show('/agreements', agreementsPage);
  showRow('/agreements', 'Agreement', agreementPage);
  show('/invoicing', invoicingPage);
  showRow('/invoices', 'Invoice', invoicePage);
  show('/catalogue', cataloguePage);
  show('/opportunities', opportunitiesPage);
  show('/tickets', ticketsPage);
  show('/system', systemPage);
  app.get('/documents/:id{[0-9]+}', (context) => {
    const id = Number(context.req.param('id'));
    const row = current().tables.get('DocumentInfo', id);
    const found = current().documents.file(id);
    if (!row || !found) return context.notFound();
    return new Response(new Uint8Array(found.bytes), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${textOf(row, 'fileName')}"`,
      },
    });
  });
  app.get('/:codebase/services/system_io/router/openrecord.rails', (context) => {
    const { recordType = '', recid = '' } = context.req.query();
    const path = LINKED[recordType.toLowerCase()];
    return path && /^\d+$/.test(recid) ? context.redirect(path(recid)) : context.notFound();
  });
  return app;
}
