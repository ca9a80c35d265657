import { entity } from './entity.ts';
import { USE_TYPES } from './picklists.ts';

// What others refer to. A person keeps it in Autotask's own administration; the API only reads it here.

export const RESOURCES = entity({ name: 'Resources', model: 'Resource', can: 'Q' });

export const CURRENCIES = entity({ name: 'Currencies', model: 'Currency', can: 'Q' });

export const PAYMENT_TERMS = entity({ name: 'PaymentTerms', model: 'PaymentTerm', can: 'Q' });

export const TAX_REGIONS = entity({ name: 'TaxRegions', model: 'TaxRegion', can: 'Q' });

export const TAX_CATEGORIES = entity({ name: 'TaxCategories', model: 'TaxCategory', can: 'Q' });

export const TAXES = entity({
  name: 'Taxes',
  model: 'Tax',
  can: 'Q',
  references: { taxCategoryID: 'TaxCategory', taxRegionID: 'TaxRegion' },
});

/** "This entity can only be queried" (help: BillingCodes). */
export const BILLING_CODES = entity({
  name: 'BillingCodes',
  model: 'BillingCode',
  can: 'Q',
  costs: ['unitCost'],
  references: { taxCategoryID: 'TaxCategory' },
  picklists: { useType: USE_TYPES },
});
