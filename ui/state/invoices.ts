import { call, download, type View } from '../api.ts';
import { saveFile } from '../parts/save-file.ts';
import { resource } from './resource.ts';

export const invoices = resource(
  ['connection', 'mappings'],
  (connectionId: string, customerId: string, show: string, page: string) =>
    call('GET /v1/connections/:connectionId/invoices', {
      params: { connectionId },
      query: {
        ...(customerId ? { customerId } : {}),
        ...(show === 'open' || show === 'overdue' ? { show } : {}),
        ...(page ? { page } : {}),
      },
    }),
  { keepsRows: true },
);
export const quotes = resource(
  ['connection', 'mappings'],
  (connectionId: string, customerId: string, page: string) =>
    call('GET /v1/connections/:connectionId/quotes', {
      params: { connectionId },
      query: { ...(customerId ? { customerId } : {}), ...(page ? { page } : {}) },
    }),
  { keepsRows: true },
);
export const readInvoices = (connectionId: string) =>
  call('POST /v1/connections/:connectionId/invoices/read', { params: { connectionId } });

/** The invoice as the customer gets it, passed on by the app and kept nowhere. */
export const savePdf = (
  connectionId: string,
  { id, number, kind }: Pick<View.InvoiceRow, 'id' | 'number' | 'kind'>,
): Promise<void> =>
  saveFile(
    download('GET /v1/connections/:connectionId/invoices/:invoiceId/pdf', {
      params: { connectionId, invoiceId: id },
    }),
    `${kind === 'creditNote' ? 'credit-note' : 'invoice'}-${number}.pdf`,
  );
