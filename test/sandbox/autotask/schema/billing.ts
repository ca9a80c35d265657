import { billingItemRules } from '../rules/billing-item.ts';
import { invoiceRules } from '../rules/invoice.ts';
import { entity } from './entity.ts';
import { BILLING_ITEM_TYPES } from './picklists.ts';

/** What was approved and posted; only `webServiceDate` can be written (help: BillingItems). */
export const BILLING_ITEMS = entity({
  name: 'BillingItems',
  model: 'BillingItem',
  can: 'UQ',
  dates: ['itemDate', 'postedDate'],
  unfilterable: ['lineItemFullDescription', 'lineItemGroupDescription'],
  costs: ['ourCost'],
  references: {
    companyID: 'Company',
    contractID: 'Contract',
    contractChargeID: 'ContractCharge',
    contractServiceID: 'ContractService',
    contractServiceBundleID: 'ContractServiceBundle',
    serviceID: 'Service',
    serviceBundleID: 'ServiceBundle',
    billingCodeID: 'BillingCode',
    invoiceID: 'Invoice',
  },
  picklists: { billingItemType: BILLING_ITEM_TYPES },
  rules: billingItemRules,
});

/** Made by people in Contracts > Invoices; its number, paid date and web service date can be written (help: Invoices). */
export const INVOICES = entity({
  name: 'Invoices',
  model: 'Invoice',
  can: 'UQ',
  dates: ['paidDate', 'fromDate', 'toDate', 'dueDate'],
  unfilterable: ['dueDate', 'taxRegionID'],
  references: { companyID: 'Company', creatorResourceID: 'Resource', taxRegionID: 'TaxRegion' },
  rules: invoiceRules,
});
