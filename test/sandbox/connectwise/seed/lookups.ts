import { NumberText } from '../../json.ts';
import type { Value } from '../row.ts';
import type { Add } from './add.ts';

export interface Lookups {
  personId: number;
  apiMemberId: number;
  currencies: { own: number; foreign: number };
  taxCodes: { home: number; none: number };
  cycles: { monthly: number; yearly: number };
  agreementTypes: { cloud: number; support: number };
  subcategories: { licences: number; support: number; old: number };
  productTypes: { software: number; service: number };
  units: { each: number };
  statuses: { active: number; inactive: number };
  types: { customer: number; vendor: number; prospect: number };
  opportunityStatuses: { open: number; lost: number };
}

/** What others refer to: members, currencies, taxes, terms, cycles, and the tables of setup. */
export function seedLookups(add: Add): Lookups {
  const named = (record: string, name: string, more: Record<string, Value> = {}) =>
    add(record, { name, defaultFlag: false, inactiveFlag: false, ...more }).id;
  const member = (identifier: string, firstName: string, lastName: string, licence: string) =>
    add('Member', {
      identifier,
      firstName,
      lastName,
      inactiveFlag: false,
      officeEmail: `${identifier.toLowerCase()}@wattle.example`,
      licenseClass: licence,
    }).id;
  const personId = member('NOkafor', 'Nadia', 'Okafor', 'F');
  member('TReyes', 'Tom', 'Reyes', 'F');
  const apiMemberId = member('Ledgerport', 'Ledgerport', 'API', 'A');
  const currency = (currencyIdentifier: string, name: string) =>
    add('FinanceCurrency', {
      currencyIdentifier,
      name,
      symbol: '$',
      numberOfDecimals: 2,
      decimalSeparator: '.',
      thousandsSeparator: ',',
    }).id;
  const tax = (identifier: string, rate: string, isDefault: boolean) =>
    add('TaxCode', {
      identifier,
      description: identifier,
      invoiceCaption: identifier,
      effectiveDate: '2000-01-01T00:00:00Z',
      defaultFlag: isDefault,
      levelOneRate: new NumberText(rate),
      levelOneProductsFlag: true,
      levelOneServicesFlag: true,
      levelOneExpensesFlag: true,
    }).id;
  const terms = (name: string, dueDays: number, isDefault: boolean) =>
    add('BillingTerm', { name, dueDays, defaultFlag: isDefault }).id;
  const cycle = (identifier: string, name: string, isDefault = false) =>
    add('BillingCycle', {
      identifier,
      name,
      defaultFlag: isDefault,
      billingOptions: 'CalendarMonth',
    }).id;
  const currencies = {
    own: currency('AUD', 'Australian Dollar'),
    foreign: currency('USD', 'US Dollar'),
  };
  const taxCodes = { home: tax('GST', '0.1', true), none: tax('NoTax', '0', false) };
  terms('Net 30', 30, true);
  terms('Due on receipt', 0, false);
  const monthly = cycle('M', 'Monthly', true);
  cycle('Q', 'Quarterly');
  const yearly = cycle('A', 'Annually');
  named('BillingStatus', 'New', { defaultFlag: true, closedFlag: false, sortOrder: 1 });
  named('BillingStatus', 'Sent', { sentFlag: true, closedFlag: false, sortOrder: 2 });
  named('BillingStatus', 'Paid', { closedFlag: true, sortOrder: 3 });
  const agreementType = (name: string, more: Record<string, Value> = {}) =>
    named('AgreementType', name, {
      employeeCompRate: 'Actual',
      employeeCompNotExceed: 'Billing',
      invoicingCycle: 'CalendarYear',
      billTime: 'NoDefault',
      billExpenses: 'NoDefault',
      billProducts: 'NoDefault',
      billingCycle: monthly,
      ...more,
    });
  named('Location', 'Sydney', { locationFlag: true, clientFlag: true });
  add('Department', { identifier: 'CLOUD', name: 'Cloud' });
  named('InvoiceGrouping', 'Cloud subscriptions', {
    customerDescription: 'Cloud subscriptions',
    showPriceFlag: true,
    showSubItemsFlag: true,
  });
  named('Manufacturer', 'Northern Software');
  seedService(add, named);
  return {
    personId,
    apiMemberId,
    currencies,
    taxCodes,
    cycles: { monthly, yearly },
    agreementTypes: {
      cloud: agreementType('Cloud subscriptions', { defaultFlag: true }),
      support: agreementType('Managed support'),
    },
    subcategories: seedCategories(add, named),
    productTypes: {
      software: named('ProductType', 'Software', { defaultFlag: true }),
      service: named('ProductType', 'Service'),
    },
    units: { each: named('UnitOfMeasure', 'Each', { defaultFlag: true }) },
    statuses: {
      active: named('CompanyStatus', 'Active', { defaultFlag: true }),
      inactive: named('CompanyStatus', 'Not-Active'),
    },
    types: {
      customer: named('CompanyType', 'Customer', { vendorFlag: false }),
      prospect: named('CompanyType', 'Prospect', { vendorFlag: false }),
      vendor: named('CompanyType', 'Vendor', { vendorFlag: true }),
    },
    opportunityStatuses: {
      open: named('OpportunityStatus', 'Open', { defaultFlag: true, closedFlag: false }),
      lost: named('OpportunityStatus', 'Lost', { closedFlag: true, lostFlag: true }),
    },
  };
}

type Named = (record: string, name: string, more?: Record<string, Value>) => number;

function seedCategories(add: Add, named: Named) {
  const category = named('Category', 'Cloud', { defaultFlag: true });
  named('Category', 'Hardware');
  const below = (name: string, more: Record<string, Value> = {}) =>
    add('SubCategory', { name, category, inactiveFlag: false, defaultFlag: false, ...more }).id;
  return {
    licences: below('Licences', { defaultFlag: true }),
    support: below('Support'),
    old: below('Old hosting', { inactiveFlag: true }),
  };
}

/** Two boards with a type and statuses each, and one that is not used any more. */
function seedService(add: Add, named: Named): void {
  for (const name of ['Service desk', 'Billing']) {
    const board = named('Board', name, { projectFlag: false });
    add('BoardType', { name: 'Request', board, defaultFlag: true, inactiveFlag: false });
    const question = add('BoardType', {
      name: 'Billing question',
      board,
      defaultFlag: false,
      inactiveFlag: false,
    });
    add('BoardSubType', {
      name: 'Cloud subscriptions',
      board,
      inactiveFlag: false,
      typeAssociationIds: [question.id],
    });
    add('BoardStatus', {
      name: 'New',
      board,
      sortOrder: 1,
      defaultFlag: true,
      closedStatus: false,
    });
    add('BoardStatus', {
      name: 'Closed',
      board,
      sortOrder: 9,
      defaultFlag: false,
      closedStatus: true,
    });
  }
  named('Board', 'Old board', { inactiveFlag: true });
  named('Priority', 'Priority 1 - Critical', { sortOrder: 1, color: 'Red', level: 'Critical' });
  named('Priority', 'Priority 3 - Normal', {
    sortOrder: 3,
    color: 'Yellow',
    defaultFlag: true,
    level: 'Medium',
  });
}
