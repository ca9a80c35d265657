import { type Context, Hono } from 'hono';
import type { Organisation } from '../state.ts';
import type { World } from '../world.ts';
import { contactsPage } from './contacts.ts';
import { documentPage } from './document.ts';
import { documentsPage } from './documents.ts';
import type { frame } from './frame.ts';
import { organisationsPage } from './organisations.ts';
import { repeatingPage } from './repeating.ts';
import { settingsPage } from './settings.ts';

/** The bookkeeper's pages: /, /o/{tenant}/invoices, /o/{tenant}/creditnotes, /o/{tenant}/documents/{id} ... */
export function pages(current: () => World): Hono {
  const app = new Hono();
  app.get('/', (context) => context.html(organisationsPage([...current().organisations.values()])));
  const toDocument = (context: Context, id: string) => {
    for (const organisation of current().organisations.values()) {
      const document = organisation.documents.get(id);
      if (document) return context.redirect(`/o/${organisation.tenantId}/documents/${document.id}`);
    }
    return context.notFound();
  };
  app.get('/online/:id', (context) => toDocument(context, context.req.param('id')));
  // https://developer.xero.com/documentation/guides/how-to-guides/deep-link-xero/
  app.get('/organisationlogin/default.aspx', (context) =>
    context.redirect(context.req.query('redirecturl')?.replace(/^\/*/, '/') ?? '/'),
  );
  app.get('/AccountsReceivable/View.aspx', (context) =>
    toDocument(context, context.req.query('InvoiceID') ?? ''),
  );
  app.get('/AccountsReceivable/ViewCreditNote.aspx', (context) =>
    toDocument(context, context.req.query('creditNoteID') ?? ''),
  );
  const show = (
    path: string,
    body: (
      organisation: Organisation,
      query: Record<string, string>,
      id: string,
    ) => ReturnType<typeof frame> | undefined,
  ) =>
    app.get(`/o/:tenant/${path}`, (context) => {
      const organisation = current().organisations.get(context.req.param('tenant') ?? '');
      const query: Record<string, string> = context.req.query();
      const page = organisation
        ? body(organisation, query, context.req.param('id') ?? '')
        : undefined;
      return page ? context.html(page) : context.notFound();
    });
  show('invoices', (organisation, query) =>
    documentsPage({
      organisation,
      kind: 'invoice',
      status: query.status ?? '',
      problem: query.problem,
    }),
  );
  show('creditnotes', (organisation, query) =>
    documentsPage({
      organisation,
      kind: 'creditnote',
      status: query.status ?? '',
      problem: query.problem,
    }),
  );
  show('documents/:id', (organisation, query, id) => {
    const document = organisation.documents.get(id);
    return document ? documentPage({ organisation, document, problem: query.problem }) : undefined;
  });
  show('contacts', (organisation, query) => contactsPage({ organisation, problem: query.problem }));
  show('repeating', (organisation) => repeatingPage(organisation));
  show('settings', (organisation, query) => settingsPage({ organisation, problem: query.problem }));
  return app;
}
