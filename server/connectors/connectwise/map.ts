import type { Company as DomainCompany } from '../../domain/company.ts';
import { addDays, type CalendarDate, date, type Instant } from '../../domain/dates.ts';
import { multiply, normalized } from '../../domain/decimal.ts';
import type { BillingOfStanding, Document, DocumentLine } from '../../domain/document.ts';
import type { Item } from '../../domain/item.ts';
import { money, sum, zero } from '../../domain/money.ts';
import { documentMarkOf } from '../kit/marks.ts';
import { type Chain, chainsOf, hasEnded, lastOf, standingOf } from './additions.ts';
import { codeOf } from './connect.ts';
import { monthsOf, periodOf } from './cycles.ts';
import type {
  Addition,
  Agreement,
  BillingCycle,
  CatalogItem,
  Company,
  Currency,
} from './schema.ts';

// Records as the house knows them, without any call.

export interface AgreementParts {
  agreement: Agreement;
  /** Additions of a child are on the invoices of its parent, whose billing counts. */
  parent: Agreement | null;
  additions: readonly Addition[];
}
export interface Around {
  cycles: readonly BillingCycle[];
  currencies: readonly Currency[];
  baseCurrency: string;
  today: CalendarDate;
  readAt: Instant;
}

export function documentOf(parts: AgreementParts, around: Around): Document {
  const { agreement, additions } = parts;
  const currency = currencyOf(agreement.currency, around) ?? around.baseCurrency;
  const billing = billingOf(parts, around);
  const isInvoiced = (day: CalendarDate | null): boolean =>
    day !== null && billing?.billedThrough != null && day <= billing.billedThrough;
  const lines = chainsOf(additions).flatMap((chain) =>
    lineOf(chain, currency, around.today, isInvoiced),
  );
  const net = sum(
    currency,
    lines.map(({ amount }) => amount),
  );
  return {
    id: agreement.id,
    kind: 'agreement',
    number: agreement.name,
    reference: agreement.name,
    marker: documentMarkOf(agreement.name),
    companyId: agreement.company.id,
    state: isRunning(agreement, around.today) ? 'running' : 'voided',
    locked: null,
    currency,
    date: agreement.startDate,
    dueDate: null,
    taxBasis: 'exclusive',
    sent: false,
    net,
    tax: zero(currency),
    total: net,
    lines,
    whole: true,
    updatedAt: around.readAt,
    url: null,
    ...(billing === null ? {} : { billing }),
  };
}

/** One that has not begun yet takes lines as well; a cancelled or ended one bills nothing any more. */
export function isRunning(
  { cancelledFlag, agreementStatus, noEndingDateFlag, endDate }: Agreement,
  today: CalendarDate,
): boolean {
  const hasEnd = noEndingDateFlag !== true && endDate !== null;
  return (
    cancelledFlag !== true &&
    agreementStatus !== 'Cancelled' &&
    agreementStatus !== 'Expired' &&
    !(hasEnd && endDate < today)
  );
}

/** The next invoice date is the first day that was not billed. */
export function billingOf(
  { agreement, parent }: Omit<AgreementParts, 'additions'>,
  { cycles }: Pick<Around, 'cycles'>,
): BillingOfStanding | null {
  const payer = parent ?? agreement;
  const billsFrom = agreement.billStartDate ?? agreement.startDate;
  const payerFrom = payer.billStartDate ?? payer.startDate;
  if (billsFrom === null || payerFrom === null) return null;
  const cycle = cycles.find(({ id }) => id === payer.billingCycle?.id);
  const months = cycle === undefined ? null : monthsOf(cycle);
  const next = payer.nextInvoiceDate;
  return {
    cycle: months === null ? null : periodOf(months),
    prorates: agreement.prorateFlag === true,
    billsFrom: billsFrom > payerFrom ? billsFrom : payerFrom,
    billedThrough: next !== null && next > payerFrom ? addDays(next, -1) : null,
  };
}

/** How many from which day on; nothing from the day after the last one of an addition. */
function historyOf({ additions }: Chain): NonNullable<DocumentLine['history']> {
  const byDay = new Map<CalendarDate, { quantity: string; unitPrice: string }>();
  for (const { effectiveDate, cancelledDate, quantity, unitPrice: price } of additions) {
    const unitPrice = normalized(price ?? '0');
    if (effectiveDate !== null) byDay.set(effectiveDate, { quantity, unitPrice });
    if (cancelledDate !== null) byDay.set(addDays(cancelledDate, 1), { quantity: '0', unitPrice });
  }
  return [...byDay]
    .map(([from, figures]) => ({ from, ...figures }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** What somebody else's addition billed before and does no longer is not shown. */
function lineOf(
  chain: Chain,
  currency: string,
  today: CalendarDate,
  isInvoiced: (day: CalendarDate | null) => boolean,
): DocumentLine[] {
  const [first] = chain.additions;
  const last = lastOf(chain);
  if (chain.marker === null && hasEnded(last, today)) return [];
  const { quantity, unitPrice } = standingOf(chain);
  const isFree = last.billCustomer === 'DoNotBill' || last.billCustomer === 'NoCharge';
  const billed = chain.marker === null ? (last.billedQuantity ?? quantity) : quantity;
  return [
    {
      id: first.id,
      description: last.invoiceDescription ?? last.description ?? '',
      quantity,
      unitPrice: normalized(unitPrice),
      unitCost: last.unitCost,
      discount: null,
      itemCode: last.product.identifier,
      itemId: last.product.id,
      accountCode: null,
      taxType: null,
      tracking: [],
      amount: isFree ? zero(currency) : money(multiply(billed, unitPrice), currency),
      tax: null,
      marker: chain.marker,
      ...(chain.once ? { billed: isInvoiced(first.effectiveDate) } : { history: historyOf(chain) }),
      raw: { additions: chain.additions.map(({ id }) => id) },
    },
  ];
}

export function currencyOf(
  reference: { id: string } | null,
  { currencies }: Pick<Around, 'currencies'>,
): string | null {
  const found = currencies.find(({ id }) => id === reference?.id);
  return found === undefined ? null : codeOf(found);
}

/** Statuses are the reseller's own table; these are the vendor's words for one that is not served. */
const notServed = /^(not[ -]?active|inactive|de-?activated|closed)$/i;

export const companyOf = (company: Company, around: Pick<Around, 'currencies'>): DomainCompany => ({
  id: company.id,
  name: company.name,
  number: company.accountNumber,
  email: null,
  taxNumber: company.taxIdentifier,
  archived: company.deletedFlag === true || notServed.test(company.status?.name ?? ''),
  mergedInto: null,
  currency: currencyOf(company.currency, around),
  billedBySchedule: null,
});

/** Bundles cannot be additions ("Bundle class products cannot be used as agreement additions"). */
export const isBundle = ({ productClass }: Pick<CatalogItem, 'productClass'>): boolean =>
  productClass === 'Bundle';

export const itemOf = (item: CatalogItem): Item => ({
  id: item.id,
  code: item.identifier,
  name: item.description,
  description: item.customerDescription,
  price: item.price,
  accountCode: item.subcategory?.id ?? null,
  taxType: null,
  archived: item.inactiveFlag === true || isBundle(item),
});

export const asDay = (text: CalendarDate): string => `${text}T00:00:00Z`;
export const earliest = date('1970-01-01');
