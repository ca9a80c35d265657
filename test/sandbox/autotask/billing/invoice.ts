import { addDays, dateOf } from '../../calendar.ts';
import { type Decimal, decimal, decimalText, sum } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import {
  amountOf,
  dateOfField,
  dateValue,
  flagOf,
  momentValue,
  plainRow,
  type Row,
  textOf,
  wholeOf,
} from '../row.ts';
import type { World } from '../world.ts';

const FIRST_NUMBER = 1_001;

export interface Invoicing {
  world: World;
  actor: string;
  resourceId: number;
  /** Only this company, where one is named. */
  companyId?: number | undefined;
}

/** Contracts > Invoices > Process: one invoice a company of everything that is posted and not invoiced. */
export function processInvoices(invoicing: Invoicing): Row[] {
  const { world, companyId } = invoicing;
  const open = world.tables
    .all('BillingItems')
    .filter((item) => wholeOf(item, 'invoiceID') === 0)
    .filter((item) => companyId === undefined || wholeOf(item, 'companyID') === companyId);
  const companies = [...new Set(open.map((item) => wholeOf(item, 'companyID') ?? 0))];
  return companies.map((id) => addInvoice(invoicing, id, itemsOf(open, id)));
}

const itemsOf = (items: readonly Row[], companyId: number): Row[] =>
  items.filter((item) => wholeOf(item, 'companyID') === companyId);

function addInvoice(invoicing: Invoicing, companyID: number, items: readonly Row[]): Row {
  const { world, resourceId } = invoicing;
  const { tables } = world;
  const company = tables.get('Companies', companyID);
  const region = tables.get('TaxRegions', company && wholeOf(company, 'taxRegionID'));
  const term = tables.all('PaymentTerms')[0];
  const today = dateOf(world.nowMs());
  const total = (field: string): Decimal =>
    sum([decimal('0.00'), ...items.map((item) => amountOf(item, field) ?? decimal('0'))]);
  const dates = items.map((item) => dateOfField(item, 'itemDate') ?? today).toSorted();
  const row = tables.add('Invoices', {
    values: {
      companyID,
      invoiceNumber: `A-${FIRST_NUMBER + tables.all('Invoices').length}`,
      invoiceDateTime: momentValue(world.nowMs()),
      createDateTime: momentValue(world.nowMs()),
      creatorResourceID: resourceId,
      fromDate: dateValue(dates[0] ?? today),
      toDate: dateValue(dates.at(-1) ?? today),
      dueDate: dateValue(addDays(today, (term && wholeOf(term, 'paymentDueInDays')) ?? 0)),
      paymentTerm: term?.id ?? null,
      // "Totals are calculated based on the rounded amounts that appear on the invoice" (help: billing system settings).
      invoiceTotal: new NumberText(decimalText(total('totalAmount'))),
      totalTaxValue: new NumberText(decimalText(total('taxDollars'))),
      taxRegionID: region?.id ?? null,
      taxRegionName: region ? textOf(region, 'name') : null,
      batchID: tables.next('invoice batch'),
      isVoided: false,
      paidDate: null,
      webServiceDate: null,
    },
    udfs: {},
  });
  for (const item of items) item.values.invoiceID = row.id;
  record(invoicing, 'invoice.created', {
    row: plainRow(row),
    billingItemIds: items.map(({ id }) => id),
  });
  return row;
}

/** A voided invoice keeps its number; its items are free to be invoiced again. */
export function voidInvoice(invoicing: Invoicing, invoice: Row): void {
  if (flagOf(invoice, 'isVoided')) throw new RangeError('The invoice is already voided.');
  const { world, resourceId } = invoicing;
  Object.assign(invoice.values, {
    isVoided: true,
    voidedDate: momentValue(world.nowMs()),
    voidedByResourceID: resourceId,
  });
  for (const item of world.tables.all('BillingItems'))
    if (wholeOf(item, 'invoiceID') === invoice.id) item.values.invoiceID = 0;
  record(invoicing, 'invoice.voided', { row: plainRow(invoice) });
}

function record({ world, actor }: Invoicing, kind: string, data: Record<string, unknown>): void {
  world.record({ kind, actor, data: { entity: 'Invoices', ...data } });
}
