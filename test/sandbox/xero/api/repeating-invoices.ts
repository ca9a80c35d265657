import { msDate } from '../dates.ts';
import { money, renderLine } from '../render/document.ts';
import type { Handler } from './call.ts';

/** GET /RepeatingInvoices: no paging and no If-Modified-Since. */
export const repeatingInvoices: Handler = ({ organisation: one, ids }) => {
  const rows = one.repeating.filter(({ id }) => ids[0] === undefined || id === ids[0]);
  if (rows.length === 0 && ids[0] !== undefined) return { status: 404 };
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
