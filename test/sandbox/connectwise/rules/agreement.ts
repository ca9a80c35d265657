import { dateOf } from '../../calendar.ts';
import { decimalText } from '../../decimal.ts';
import { agreementStatus } from '../billing/agreement-status.ts';
import { nextInvoiceDate } from '../billing/periods.ts';
import { amountOf, dateValue, flagOf, type Row, textOf, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { defaultCurrency, defaultOf } from './company.ts';
import { type FieldError, invalid, type Rules } from './work.ts';

export const agreementRules: Rules = {
  create: ({ world }, { values }) => {
    takeDefaults(world, values);
    cancel(world, values);
    return [...dateErrors(values), ...partyErrors(world, values, undefined)];
  },
  change: ({ world }, { values, row, changed }) => {
    if ('cancelledFlag' in changed || 'dateCancelled' in changed) cancel(world, values);
    return [
      ...dateErrors(values),
      ...partyErrors(world, values, row),
      ...('billStartDate' in changed || 'billingCycle' in changed ? billedErrors(world, row) : []),
    ];
  },
  remove: ({ world }, row) => {
    if (world.tables.all('Addition').some(({ values }) => values.agreementId === row.id))
      return 'The agreement has additions.';
    return world.documents.of('Agreement', row.id).length > 0
      ? 'The agreement has documents.'
      : undefined;
  },
  derive: (world, row) => ({
    agreementStatus: agreementStatus(world, row),
    nextInvoiceDate: dateValue(nextInvoiceDate(world, row)),
  }),
};

/** From the company and from what this tenant has marked as its defaults. */
function takeDefaults(world: World, values: Record<string, Value>): void {
  const { company: companyId } = values;
  const company = world.tables.get(
    'Company',
    typeof companyId === 'number' ? companyId : undefined,
  );
  const ofCompany = (field: string): Value => company?.values[field] ?? null;
  const today = dateValue(dateOf(world.nowMs()));
  values.startDate ??= today;
  values.billStartDate ??= values.startDate;
  values.noEndingDateFlag ??= (values.endDate ?? null) === null;
  values.billingCycle ??= defaultOf(world, 'BillingCycle');
  values.billingTerms ??= ofCompany('billingTerms') ?? defaultOf(world, 'BillingTerm');
  values.taxCode ??= ofCompany('taxCode') ?? defaultOf(world, 'TaxCode');
  values.currency ??= ofCompany('currency') ?? defaultCurrency(world);
  values.billToCompany ??= values.company ?? null;
}

/** A cancelled agreement has its day: today where none was sent. */
function cancel(world: World, values: Record<string, Value>): void {
  if (values.cancelledFlag === true) values.dateCancelled ??= dateValue(dateOf(world.nowMs()));
  else values.dateCancelled = null;
}

function dateErrors({ startDate, endDate, noEndingDateFlag }: Record<string, Value>): FieldError[] {
  if (noEndingDateFlag === true || !startDate) return [];
  if (!endDate) return [invalid('endDate', 'endDate or noEndingDateFlag is required.')];
  return endDate < startDate ? [invalid('endDate', 'endDate must not be before startDate.')] : [];
}

function partyErrors(
  { tables }: World,
  { company, contact, parentAgreement }: Record<string, Value>,
  own: Row | undefined,
): FieldError[] {
  const found = tables.get('Contact', typeof contact === 'number' ? contact : undefined);
  const parent = tables.get(
    'Agreement',
    typeof parentAgreement === 'number' ? parentAgreement : undefined,
  );
  return [
    ...(found && wholeOf(found, 'company') !== company
      ? [invalid('contact/id', 'The contact does not belong to the company.')]
      : []),
    ...(parent && (parent.id === own?.id || wholeOf(parent, 'parentAgreement') !== undefined)
      ? [invalid('parentAgreement/id', 'A parent agreement cannot be a child itself.')]
      : []),
  ];
}

/** Periods already invoiced would lie elsewhere. */
const billedErrors = ({ invoicings }: World, row: Row): FieldError[] =>
  invoicings.of(row.id).length === 0
    ? []
    : [invalid('billStartDate', 'The agreement has been invoiced.')];

/** `/finance/agreementrecap/`: one row an agreement, made of its invoices. */
export const recapRules: Rules = {
  rows: (world) => world.tables.all('Agreement').map((agreement) => recapOf(world, agreement)),
};

function recapOf(world: World, agreement: Row): Row {
  const company = world.tables.get('Company', wholeOf(agreement, 'company'));
  const last = world.invoicings.of(agreement.id).at(-1);
  const invoice = world.tables.get('Invoice', last?.invoiceId);
  const total = invoice && amountOf(invoice, 'total');
  return {
    id: agreement.id,
    custom: {},
    info: agreement.info,
    values: {
      id: agreement.id,
      name: textOf(agreement, 'name'),
      companyName: company ? textOf(company, 'name') : '',
      agreementStatus: agreementStatus(world, agreement),
      isUnlimited: flagOf(agreement, 'applicationUnlimitedFlag') ? 'Yes' : 'No',
      lastInvoiceNumber: invoice ? textOf(invoice, 'invoiceNumber') : null,
      lastInvoiceDate: invoice?.values.date ?? null,
      lastInvoiceAmount: total ? decimalText(total) : null,
      nextInvoiceDate: dateValue(nextInvoiceDate(world, agreement)),
    },
  };
}
