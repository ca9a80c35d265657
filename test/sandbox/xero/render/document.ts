import { rawNumber } from '../../json.ts';
import { coarser, fineText, moneyText } from '../amounts.ts';
import { dateString, momentString, msDate, msMoment } from '../dates.ts';
import type { ActiveFaults } from '../faults.ts';
import { allocationsOf, paymentsOf, settlementOf } from '../rules/totals.ts';
import type { Line, Organisation, SalesDocument } from '../state.ts';
import { contactInDocument } from './contact.ts';

/** How much of a document an answer shows. */
export interface View {
  organisation: Organisation;
  faults: ActiveFaults;
  unitPlaces: 2 | 4;
  /**
   * `full`: one document or a write's echo. `page`: in a paged list, with lines but without DiscountAmount (Xero-OpenAPI
   * #592). `list`: an unpaged list, without lines. `summary`: summaryOnly=true, lightest.
   */
  detail: 'full' | 'page' | 'list' | 'summary';
}

export const money = (value: bigint): unknown => rawNumber(moneyText(value));
/** Totals stay at two decimals; unit prices at two, or four with unitdp=4. */
const price = (value: bigint, places: 2 | 4): unknown =>
  rawNumber(places === 4 ? fineText(value) : moneyText(coarser(value, 4, 2)));

export function renderDocument(document: SalesDocument, view: View): Record<string, unknown> {
  const common = {
    Contact: contactInDocument(document.contactId, view),
    DateString: dateString(document.date),
    Date: msDate(document.date),
    ...(document.dueDate === undefined
      ? {}
      : { DueDateString: dateString(document.dueDate), DueDate: msDate(document.dueDate) }),
    ...(document.brandingThemeId === undefined
      ? {}
      : { BrandingThemeID: document.brandingThemeId }),
    Status: document.status,
    LineAmountTypes: document.lineAmountTypes,
    ...(view.detail === 'summary'
      ? {}
      : {
          LineItems:
            view.detail === 'list' ? [] : document.lines.map((line) => renderLine(line, view)),
        }),
    SubTotal: money(document.subTotal),
    TotalTax: money(document.totalTax),
    Total: money(document.total),
    UpdatedDateUTC: msMoment(document.updatedMs),
    UpdatedDateUTCString: momentString(document.updatedMs),
    CurrencyCode: document.currencyCode,
    ...(document.fullyPaidOn === undefined
      ? {}
      : { FullyPaidOnDate: msDate(document.fullyPaidOn) }),
  };
  return document.kind === 'invoice'
    ? invoice(document, view, common)
    : creditNote(document, view, common);
}

function invoice(
  document: SalesDocument,
  view: View,
  common: Record<string, unknown>,
): Record<string, unknown> {
  const { due, paid, credited } = settlementOf(view.organisation, document);
  const summary = view.detail === 'summary';
  return {
    Type: 'ACCREC',
    InvoiceID: document.id,
    InvoiceNumber: document.number,
    Reference: document.reference,
    ...(summary
      ? {}
      : {
          Payments: payments(document, view),
          CreditNotes: creditNotes(document, view),
          Prepayments: [],
          Overpayments: [],
        }),
    AmountDue: money(due),
    AmountPaid: money(paid),
    AmountCredited: money(credited),
    ...(document.url === undefined ? {} : { Url: document.url }),
    CurrencyRate: rawNumber(document.currencyRate),
    // summaryOnly always says false (xero-php-oauth2 #241).
    IsDiscounted: !summary && document.lines.some(isDiscounted),
    HasErrors: false,
    ...(summary ? {} : { HasAttachments: document.attachments.length > 0 }),
    SentToContact: document.sentToContact,
    ...(document.repeatingInvoiceId === undefined
      ? {}
      : { RepeatingInvoiceID: document.repeatingInvoiceId }),
    ...(document.totalDiscount === 0n ? {} : { TotalDiscount: money(document.totalDiscount) }),
    ...common,
  };
}

function creditNote(
  document: SalesDocument,
  view: View,
  common: Record<string, unknown>,
): Record<string, unknown> {
  const { due, credited } = settlementOf(view.organisation, document);
  const allocations = allocationsOf(view.organisation, document.id).map((one) => ({
    AllocationID: one.id,
    Amount: money(one.amount),
    Date: msDate(one.date),
    Invoice: {
      InvoiceID: one.invoiceId,
      InvoiceNumber: view.organisation.documents.get(one.invoiceId)?.number ?? '',
    },
  }));
  return {
    CreditNoteID: document.id,
    CreditNoteNumber: document.number,
    Payments: payments(document, view),
    ID: document.id,
    CurrencyRate: rawNumber(document.currencyRate),
    Type: 'ACCRECCREDIT',
    Reference: document.reference,
    SentToContact: document.sentToContact,
    RemainingCredit: money(due),
    AppliedAmount: money(credited),
    Allocations: allocations,
    HasAttachments: document.attachments.length > 0,
    HasErrors: false,
    ...common,
  };
}

function payments(document: SalesDocument, view: View): Record<string, unknown>[] {
  return paymentsOf(view.organisation, document.id).map((payment) => ({
    PaymentID: payment.id,
    Date: msDate(payment.date),
    Amount: money(payment.amount),
    ...(payment.reference === '' ? {} : { Reference: payment.reference }),
    CurrencyRate: rawNumber('1.0000000000'),
    HasAccount: false,
    HasValidationErrors: false,
  }));
}

function creditNotes(document: SalesDocument, view: View): Record<string, unknown>[] {
  return allocationsOf(view.organisation, document.id).map((one) => ({
    CreditNoteID: one.creditNoteId,
    CreditNoteNumber: view.organisation.documents.get(one.creditNoteId)?.number ?? '',
    ID: one.creditNoteId,
    AppliedAmount: money(one.amount),
    HasErrors: false,
  }));
}

const isDiscounted = (line: Line): boolean =>
  line.discountRate !== undefined || line.discountAmount !== undefined;

export function renderLine(line: Line, view: View): Record<string, unknown> {
  const item = [...view.organisation.items.values()].find(({ code }) => code === line.itemCode);
  const account = view.organisation.accounts.find(
    ({ code }) => code !== undefined && code === line.accountCode,
  );
  return {
    ...(line.itemCode === undefined ? {} : { ItemCode: line.itemCode }),
    ...(line.description === undefined ? {} : { Description: line.description }),
    ...(line.unitAmount === undefined
      ? {}
      : { UnitAmount: price(line.unitAmount, view.unitPlaces) }),
    ...(line.taxType === undefined ? {} : { TaxType: line.taxType }),
    TaxAmount: money(line.taxAmount),
    LineAmount: money(line.lineAmount),
    ...(line.accountCode === undefined ? {} : { AccountCode: line.accountCode }),
    ...(account ? { AccountID: account.id } : {}),
    ...(item ? { Item: { ItemID: item.id, Name: item.name, Code: item.code } } : {}),
    Tracking: line.tracking.map((one) => renderTracking(one, view.organisation)),
    ...(line.quantity === undefined ? {} : { Quantity: rawNumber(fineText(line.quantity)) }),
    ...(line.discountRate === undefined
      ? {}
      : { DiscountRate: rawNumber(fineText(line.discountRate)) }),
    ...(line.discountAmount === undefined || view.detail !== 'full'
      ? {}
      : { DiscountAmount: money(line.discountAmount) }),
    LineItemID: line.id,
    ...(view.detail === 'full' ? { ValidationErrors: [] } : {}),
  };
}

function renderTracking(
  { categoryId, optionId }: { categoryId: string; optionId: string },
  organisation: Organisation,
) {
  const category = organisation.trackingCategories.find(({ id }) => id === categoryId);
  return {
    Name: category?.name ?? '',
    Option: category?.options.find(({ id }) => id === optionId)?.name ?? '',
    TrackingCategoryID: categoryId,
    TrackingOptionID: optionId,
  };
}
