import { addDays, dateOf } from '../../calendar.ts';
import { type Decimal, decimal, sum } from '../../decimal.ts';
import {
  amount,
  dateValue,
  flagOf,
  momentValue,
  plainRow,
  type Row,
  textOf,
  wholeOf,
} from '../row.ts';
import { INVOICES } from '../schema/finance.ts';
import type { World } from '../world.ts';
import type { InvoiceLine, Period } from './invoicings.ts';
import { linesOf } from './lines.ts';
import { invoicedThrough, lastDayOf, periodsUpTo } from './periods.ts';

const NONE = decimal('0.00');

export interface Invoicing {
  world: World;
  actor: string;
  memberId: number;
  /** Every period that begins up to this day is invoiced (Agreement Invoicing, "thru date"). */
  through: string;
  /** Only this agreement, where one is named. */
  agreementId?: number | undefined;
}

/**
 * Finance > Agreement Invoicing: one invoice for each agreement and period that has begun, children on the invoice of their parent.
 * A period without anything to bill gets none, unless the agreement bills zero amounts.
 */
export function runInvoicing(invoicing: Invoicing): Row[] {
  const { world, agreementId } = invoicing;
  return world.tables
    .all('Agreement')
    .filter(({ id }) => agreementId === undefined || id === agreementId)
    .filter((agreement) => wholeOf(agreement, 'parentAgreement') === undefined)
    .flatMap((agreement) => invoiceAgreement(invoicing, agreement));
}

function invoiceAgreement(invoicing: Invoicing, agreement: Row): Row[] {
  const { world, through } = invoicing;
  const last = lastDayOf(agreement);
  const invoiced = invoicedThrough(world, agreement) ?? '';
  return periodsUpTo(world, agreement, through)
    .filter(({ start }) => start > invoiced && (last === undefined || start <= last))
    .flatMap((period) => {
      const lines = linesOf(world, agreement, period);
      const isEmpty = lines.length === 0 && !flagOf(agreement, 'billZeroAmountFlag');
      return isEmpty ? [] : [addInvoice(invoicing, { agreement, period, lines })];
    });
}

function addInvoice(
  { world, actor, memberId }: Invoicing,
  of: { agreement: Row; period: Period; lines: readonly InvoiceLine[] },
): Row {
  const { agreement, period, lines } = of;
  const { tables } = world;
  const today = dateOf(world.nowMs());
  const own = lines.filter(({ additionId }) => additionId === undefined);
  const products = total(lines, 'amount', ({ additionId }) => additionId !== undefined);
  const tax = total(lines, 'tax');
  const subtotal = total(lines, 'amount');
  const terms = tables.get('BillingTerm', wholeOf(agreement, 'billingTerms'));
  const company = agreement.values.billToCompany ?? agreement.values.company ?? null;
  const now = momentValue(world.nowMs());
  const by = nameOf(world, memberId);
  const row = tables.add('Invoice', {
    values: {
      invoiceNumber: String(tables.next('invoice number')),
      type: 'Agreement',
      status: tables.all('BillingStatus').find((one) => flagOf(one, 'defaultFlag'))?.id ?? null,
      company,
      billToCompany: company,
      applyToType: 'Agreement',
      applyToId: agreement.id,
      agreement: agreement.id,
      billingTerms: agreement.values.billingTerms ?? null,
      customerPO: agreement.values.customerPO ?? null,
      taxCode: agreement.values.taxCode ?? null,
      taxableFlag: flagOf(agreement, 'taxable'),
      currency: agreement.values.currency ?? null,
      date: dateValue(today),
      dueDate: dateValue(addDays(today, (terms && wholeOf(terms, 'dueDays')) ?? 0)),
      agreementAmount: amount(total(own, 'amount')),
      productTotal: amount(products),
      serviceTotal: amount(NONE),
      expenseTotal: amount(NONE),
      subtotal: amount(subtotal),
      salesTax: amount(tax),
      total: amount(sum([subtotal, tax])),
    },
    custom: {},
    info: { lastUpdated: now, updatedBy: by, dateEntered: now, enteredBy: by },
  });
  world.invoicings.add({ invoiceId: row.id, agreementId: agreement.id, period, lines });
  world.record({
    kind: 'invoice.created',
    actor,
    data: { record: 'Invoice', row: plainRow(row), period, lines: lines.map(plainLine) },
  });
  world.callbacks.notify({ entity: INVOICES, row, verb: 'created', memberId });
  return row;
}

/** An invoice is deleted where it is the last one of its agreement; its period is open again. */
export function deleteInvoice(
  { world, actor, memberId }: Omit<Invoicing, 'through'>,
  invoice: Row,
): void {
  const all = world.invoicings.of(wholeOf(invoice, 'agreement') ?? 0);
  if (all.at(-1)?.invoiceId !== invoice.id)
    throw new RangeError('Only the last invoice of an agreement can be deleted.');
  const isPaid = world.tables
    .all('InvoicePayment')
    .some(({ values }) => values.invoice === invoice.id);
  if (isPaid) throw new RangeError('The invoice has payments.');
  world.invoicings.drop(invoice.id);
  world.tables.remove('Invoice', invoice.id);
  world.record({
    kind: 'invoice.deleted',
    actor,
    data: { record: 'Invoice', row: plainRow(invoice) },
  });
  world.callbacks.notify({ entity: INVOICES, row: invoice, verb: 'deleted', memberId });
}

const total = (
  lines: readonly InvoiceLine[],
  field: 'amount' | 'tax',
  isCounted: (line: InvoiceLine) => boolean = () => true,
): Decimal => sum([NONE, ...lines.filter(isCounted).map((line) => line[field])]);

const plainLine = (line: InvoiceLine) => ({
  agreementId: line.agreementId,
  additionId: line.additionId ?? null,
  description: line.description,
  from: line.period.start,
  to: line.period.end,
  days: line.days,
  quantity: amount(line.quantity).text,
  unitPrice: amount(line.unitPrice).text,
  amount: amount(line.amount).text,
  tax: amount(line.tax).text,
});

function nameOf({ tables }: World, memberId: number): string {
  const member = tables.get('Member', memberId);
  return member ? textOf(member, 'identifier') : '';
}
