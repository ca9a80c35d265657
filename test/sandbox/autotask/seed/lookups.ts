import { NumberText } from '../../json.ts';
import { momentValue, type Value } from '../row.ts';
import { MATERIAL_CODE, RECURRING_CODE } from '../schema/picklists.ts';
import type { Tables } from '../tables.ts';

export interface Lookups {
  ownerId: number;
  apiResourceId: number;
  currencyIds: { internal: number; foreign: number };
  taxRegionIds: { home: number; abroad: number };
  materialCodeId: number;
  recurringCodeId: number;
  setupCodeId: number;
  paymentTermId: number;
}

const CODES = [
  { name: 'Cloud licences', useType: MATERIAL_CODE, isActive: true, price: '10' },
  { name: 'Hardware', useType: MATERIAL_CODE, isActive: true, price: '0' },
  { name: 'Setup', useType: MATERIAL_CODE, isActive: true, price: '50' },
  { name: 'Old materials', useType: MATERIAL_CODE, isActive: false, price: '0' },
  { name: 'Recurring cloud services', useType: RECURRING_CODE, isActive: true, price: '0' },
  { name: 'Recurring support', useType: RECURRING_CODE, isActive: true, price: '0' },
] as const;

/** What others refer to: people, currencies, taxes, terms and billing codes. */
export function seedLookups(tables: Tables, nowMs: number): Lookups {
  const add = (entity: string, values: Record<string, Value>) =>
    tables.add(entity, { values, udfs: {} }).id;
  const person = (firstName: string, lastName: string, more: Record<string, Value> = {}) =>
    add('Resources', {
      firstName,
      lastName,
      email: `${firstName}.${lastName}@wattle.example`.toLowerCase(),
      userName: `${firstName}.${lastName}`.toLowerCase(),
      isActive: true,
      licenseType: 1,
      ...more,
    });
  const ownerId = person('Nadia', 'Okafor');
  person('Tom', 'Reyes');
  person('Iris', 'Lindqvist', { isActive: false });
  const apiResourceId = person('Ledgerport', 'API', { licenseType: 7 });
  const currency = (name: string, isInternal: boolean, rate: string) =>
    add('Currencies', {
      name,
      description: name,
      isActive: true,
      isInternalCurrency: isInternal,
      exchangeRate: new NumberText(rate),
      lastModifiedDateTime: momentValue(nowMs),
    });
  const internal = currency('AUD', true, '1');
  // Internal currency for one unit of the foreign one.
  const foreign = currency('USD', false, '1.5');
  const region = (name: string) => add('TaxRegions', { name, isActive: true });
  const home = region('Australia');
  const abroad = region('No tax');
  const taxable = add('TaxCategories', { name: 'Taxable', description: '', isActive: true });
  const tax = (taxRegionID: number, taxRate: string, taxName: string) =>
    add('Taxes', {
      taxRegionID,
      taxCategoryID: taxable,
      taxName,
      taxRate: new NumberText(taxRate),
      isCompounded: false,
    });
  tax(home, '0.1', 'GST');
  tax(abroad, '0', 'None');
  const term = (name: string, days: number) =>
    add('PaymentTerms', { name, description: '', isActive: true, paymentDueInDays: days });
  const paymentTermId = term('Net 30 days', 30);
  term('Due on receipt', 0);
  const codes = CODES.map(({ name, useType, isActive, price }) =>
    add('BillingCodes', {
      name,
      description: name,
      useType,
      isActive,
      taxCategoryID: taxable,
      unitPrice: new NumberText(price),
      unitCost: new NumberText('0'),
      billingCodeType: 0,
      isExcludedFromNewContracts: false,
    }),
  );
  const [materialCodeId = 0, , setupCodeId = 0, , recurringCodeId = 0] = codes;
  return {
    ownerId,
    apiResourceId,
    currencyIds: { internal, foreign },
    taxRegionIds: { home, abroad },
    materialCodeId,
    recurringCodeId,
    setupCodeId,
    paymentTermId,
  };
}
