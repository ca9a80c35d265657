import { msDate } from '../dates.ts';
import { money, renderLine } from '../render/document.ts';
import type { Handler } from './call.ts';
import { notFound } from './errors.ts';
import { select } from './select.ts';

/** GET /RepeatingInvoices: no paging and no If-Modified-Since. */
export const repeatingInvoices: Handler = (call) => {
  const { organisation: one, ids } = call;
  const selected = select(call, one.repeating, {
    type: 'RepeatingInvoice',
    fieldsOf: (row) => ({
      RepeatingInvoiceID: row.id,
      Type: 'ACCREC',
      Status: 'AUTHORISED',
      Reference: row.reference,
      CurrencyCode: row.currencyCode,
      Total: row.total * 100n,
      'Contact.ContactID': row.contactId,
      'Contact.Name': one.contacts.get(row.contactId)?.name,
    }),
  });
  if ('status' in selected) return selected;
  const rows = selected.filter(({ id }) => ids[0] === undefined || id === ids[0]);
  if (rows.length === 0 && ids[0] !== undefined) return notFound();
  return {
    status: 200,
    body: {
      RepeatingInvoices: rows.map((row) => ({
        Schedule: {
          Period: row.period,
          Unit: row.unit,
          DueDate: 20,
          DueDateType: 'OFFOLLOWINGMONTH',
          StartDate: msDate(row.startDate),
          NextScheduledDate: msDate(row.nextDate),
        },
        RepeatingInvoiceID: row.id,
        ID: row.id,
        Type: 'ACCREC',
        Reference: row.reference,
        HasAttachments: false,
        ApprovedForSending: false,
        SendCopy: false,
        MarkAsSent: false,
        IncludePDF: false,
        Contact: { ContactID: row.contactId, Name: one.contacts.get(row.contactId)?.name ?? '' },
        Status: 'AUTHORISED',
        LineAmountTypes: row.lineAmountTypes,
        LineItems: row.lines.map((line) =>
          renderLine(line, { organisation: one, faults: new Map(), unitPlaces: 4, detail: 'page' }),
        ),
        SubTotal: money(row.subTotal),
        TotalTax: money(row.totalTax),
        Total: money(row.total),
        CurrencyCode: row.currencyCode,
      })),
    },
  };
};
