import { offerRules } from '../rules/offer.ts';
import { productRules } from '../rules/product.ts';
import { entity } from './entity.ts';
import { SERVICE_PERIODS } from './picklists.ts';

const STAMPS = ['createDate', 'creatorResourceID', 'lastModifiedDate', 'updateResourceID'];

/** "Services cannot be deleted" (help: Services). */
export const SERVICES = entity({
  name: 'Services',
  model: 'Service',
  can: 'CUQ',
  lengths: { sku: 50 },
  readOnly: STAMPS,
  costs: ['unitCost', 'markupRate'],
  references: { billingCodeID: 'BillingCode', vendorCompanyID: 'Company' },
  picklists: { periodType: SERVICE_PERIODS },
  rules: offerRules,
});

export const SERVICE_BUNDLES = entity({
  name: 'ServiceBundles',
  model: 'ServiceBundle',
  can: 'Q',
  readOnly: STAMPS,
  costs: ['unitCost'],
  references: { billingCodeID: 'BillingCode' },
  picklists: { periodType: SERVICE_PERIODS },
});

/** The services in a bundle; they can be queried below the bundle only. */
export const SERVICE_BUNDLE_SERVICES = entity({
  name: 'ServiceBundleServices',
  model: 'ServiceBundleService',
  can: 'Q',
  parent: { entity: 'ServiceBundles', path: 'Services', field: 'serviceBundleID' },
  references: { serviceBundleID: 'ServiceBundle', serviceID: 'Service' },
});

/** "Products cannot be deleted"; at most 100 user-defined fields (help: Products). */
export const PRODUCTS = entity({
  name: 'Products',
  model: 'Product',
  can: 'CUQ',
  lengths: { name: 100 },
  readOnly: ['impersonatorCreatorResourceID'],
  costs: ['unitCost', 'markupRate'],
  references: {
    productBillingCodeID: 'BillingCode',
    chargeBillingCodeID: 'BillingCode',
    defaultVendorID: 'Company',
  },
  picklists: {
    periodType: SERVICE_PERIODS,
    billingType: [
      { value: 1, label: 'Standard', isDefault: true },
      { value: 2, label: 'Per-contact' },
      { value: 3, label: 'Per-asset' },
    ],
    priceCostMethod: [
      { value: 1, label: 'Price & Cost', isDefault: true },
      { value: 2, label: 'Cost & Markup' },
    ],
    productCategory: [
      { value: 1, label: 'Cloud' },
      { value: 2, label: 'Hardware' },
    ],
  },
  udfs: ['Marketplace part number'],
  rules: productRules,
});
