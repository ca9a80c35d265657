import type { Company as DomainCompany } from '../../domain/company.ts';
import type { Instant } from '../../domain/dates.ts';
import { type Decimal, divide, isZero, multiply, normalized, round } from '../../domain/decimal.ts';
import type { Document, DocumentLine } from '../../domain/document.ts';
import type { Item } from '../../domain/item.ts';
import { money, sum, zero } from '../../domain/money.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import { pricePlacesMax } from '../../domain/shape.ts';
import { documentMarkOf, lineMarkIn } from '../kit/marks.ts';
import {
  type Charge,
  type Company,
  type Contract,
  type ContractService,
  type Currency,
  inEffect,
  type Product,
  periodMonths,
  type Service,
  type Unit,
} from './schema.ts';

// Records as the house knows them, without any call.

/** A contract with all that stands below it, as it was read. */
export interface ContractState {
  contract: Contract;
  services: readonly ContractService[];
  units: readonly Unit[];
  charges: readonly Charge[];
  currency: Currency;
  readAt: Instant;
  /** A record of it could not be read: nothing is concluded from what is not here. */
  whole: boolean;
}

export const serviceLineId = (id: string): string => `service:${id}`;
export const chargeLineId = (id: string): string => `charge:${id}`;
/** The vendor's id behind a line's or an item's, and its kind. */
export function partOf(lineId: string): { kind: string; id: string } {
  const [kind = '', id = ''] = lineId.split(':');
  return { kind, id };
}

/** A contract in effect is open; an inactive one bills nothing any more. */
export function documentOf({
  contract,
  services,
  units,
  charges,
  currency,
  readAt,
  whole,
}: ContractState): Document {
  const lines = [
    ...services.map((service) => serviceLine(service, units, currency)),
    ...charges.map((charge) => chargeLine(charge, currency)),
  ];
  const net = sum(
    currency.name,
    lines.map(({ amount }) => amount),
  );
  return {
    id: contract.id,
    kind: 'contract',
    number: contract.contractName,
    reference: contract.contractNumber ?? '',
    marker: documentMarkOf(contract.contractNumber ?? ''),
    companyId: contract.companyID,
    state: contract.status === inEffect ? 'running' : 'voided',
    locked: null,
    currency: currency.name,
    date: contract.startDate,
    dueDate: null,
    taxBasis: 'exclusive',
    sent: false,
    net,
    tax: zero(currency.name),
    total: net,
    lines,
    whole,
    billing: {
      cycle: cycleOf(contract),
      // A change within a period is billed for the rest of it, by Autotask itself.
      prorates: true,
      billsFrom: contract.startDate,
      billedThrough: null,
    },
    updatedAt: readAt,
    url: null,
  };
}

function cycleOf({ contractPeriodType }: Contract): BillingPeriod | null {
  const months = contractPeriodType === null ? undefined : periodMonths[contractPeriodType];
  return months === undefined ? null : { unit: 'month', count: months };
}

/** What stands after every dated change: the newest range of units at the adjusted price. */
export function standingOf(
  service: ContractService,
  units: readonly Unit[],
  currency: Currency,
): { quantity: Decimal; unitPrice: Decimal } {
  const newest = units
    .filter(({ contractServiceID }) => contractServiceID === service.id)
    .reduce<Unit | null>(
      (last, unit) => (last === null || unit.startDate > last.startDate ? unit : last),
      null,
    );
  return { quantity: normalized(newest?.units ?? '0'), unitPrice: priceOf(service, currency) };
}

/**
 * Queries give the adjusted price in the house currency alone: back through the ratio of the service's
 * own prices, or the exchange rate where it costs nothing.
 */
function priceOf(service: ContractService, { exchangeRate }: Currency): Decimal {
  const internal = service.internalCurrencyAdjustedPrice ?? '0';
  const { unitPrice, internalCurrencyUnitPrice } = service;
  if (
    unitPrice !== null &&
    internalCurrencyUnitPrice !== null &&
    !isZero(internalCurrencyUnitPrice)
  )
    return divide(multiply(internal, unitPrice), internalCurrencyUnitPrice, pricePlacesMax);
  return exchangeRate === null || isZero(exchangeRate)
    ? round(internal, pricePlacesMax)
    : divide(internal, exchangeRate, pricePlacesMax);
}

function serviceLine(
  service: ContractService,
  units: readonly Unit[],
  currency: Currency,
): DocumentLine {
  const { quantity, unitPrice } = standingOf(service, units, currency);
  return {
    ...plainLine,
    id: serviceLineId(service.id),
    description: service.invoiceDescription ?? '',
    quantity,
    unitPrice: normalized(unitPrice),
    itemId: serviceLineId(service.serviceID),
    amount: money(multiply(quantity, unitPrice), currency.name),
    marker: lineMarkIn(service.internalDescription ?? ''),
    history: historyOf(service, units),
    raw: null,
  };
}

/** Ranges of units run from period to period; what counts is where their number changes. */
function historyOf(
  service: ContractService,
  units: readonly Unit[],
): NonNullable<DocumentLine['history']> {
  const ranges = units
    .filter(({ contractServiceID }) => contractServiceID === service.id)
    .map(({ startDate, units: count }) => ({ from: startDate, quantity: normalized(count) }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return ranges.filter(({ quantity }, index) => quantity !== (ranges[index - 1]?.quantity ?? '0'));
}

function chargeLine(charge: Charge, currency: Currency): DocumentLine {
  const quantity = normalized(charge.unitQuantity);
  const unitPrice = charge.unitPrice ?? '0';
  return {
    ...plainLine,
    id: chargeLineId(charge.id),
    description: charge.description ?? charge.name,
    quantity,
    unitPrice,
    itemId: charge.productID === null ? null : `product:${charge.productID}`,
    accountCode: charge.billingCodeID,
    amount: money(multiply(quantity, unitPrice), currency.name),
    marker: lineMarkIn(charge.internalPurchaseOrderNumber ?? ''),
    billed: charge.isBilled === true,
    raw: null,
  };
}

const plainLine = {
  discount: null,
  itemCode: null,
  accountCode: null,
  taxType: null,
  tracking: [],
  tax: null,
};

export const companyOf = (company: Company, currencies: readonly Currency[]): DomainCompany => ({
  id: company.id,
  name: company.companyName,
  number: company.companyNumber,
  email: null,
  taxNumber: null,
  archived: company.isActive === false,
  mergedInto: null,
  currency: currencyOf(company, currencies)?.name ?? null,
  billedBySchedule: null,
});

export const currencyOf = (
  company: Pick<Company, 'currencyID'>,
  currencies: readonly Currency[],
): Currency | undefined =>
  currencies.find(({ id }) => id === company.currencyID) ??
  currencies.find(({ isInternalCurrency }) => isInternalCurrency === true);

/** A service recurs on a contract; a product is a one-off charge. */
export const itemOfService = (service: Service): Item => ({
  id: serviceLineId(service.id),
  code: service.sku ?? `S-${service.id}`,
  name: service.name,
  description: service.description,
  price: service.unitPrice,
  accountCode: null,
  taxType: null,
  archived: service.isActive === false,
});
export const itemOfProduct = (product: Product): Item => ({
  id: `product:${product.id}`,
  code: product.sku ?? `P-${product.id}`,
  name: product.name,
  description: product.description,
  price: product.unitPrice,
  accountCode: product.productBillingCodeID,
  taxType: null,
  archived: product.isActive === false,
  recurs: false,
});
