import { documentRoutes } from './documents.ts';
import { createInvoice, invoicePdf } from './invoicing.ts';
import type { Route } from './routes.ts';
import { systemInfo } from './system-info.ts';

/** Addresses that are no plain list or record. */
export const SPECIAL_ROUTES: readonly {
  path: string;
  route(ids: readonly number[]): Route;
}[] = [
  {
    path: 'system/info',
    route: () => ({
      right: { name: 'System > My Company' },
      methods: { GET: { verb: 'Inquire', handle: systemInfo } },
    }),
  },
  ...documentRoutes,
  {
    path: 'finance/invoices/{id}/pdf',
    route: ([id = 0]) => ({
      right: { name: 'Finance > Invoicing' },
      methods: { GET: { verb: 'Inquire', handle: (call) => invoicePdf(call, id) } },
    }),
  },
  {
    path: 'finance/agreements/{id}/invoice',
    route: ([id = 0]) => ({
      right: { name: 'Finance > Agreement Invoicing' },
      methods: { POST: { verb: 'Add', handle: (call) => createInvoice(call, id) } },
    }),
  },
];
