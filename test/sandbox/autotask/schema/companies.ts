import { companyRules } from '../rules/company.ts';
import { contactRules } from '../rules/contact.ts';
import { entity } from './entity.ts';
import { COMPANY_TYPES } from './picklists.ts';

export const COMPANIES = entity({
  name: 'Companies',
  model: 'Company',
  can: 'CUQ',
  readOnly: [
    'createDate',
    'createdByResourceID',
    'impersonatorCreatorResourceID',
    'lastActivityDate',
    'lastTrackedModifiedDateTime',
    'apiVendorID',
  ],
  references: {
    ownerResourceID: 'Resource',
    createdByResourceID: 'Resource',
    parentCompanyID: 'Company',
    currencyID: 'Currency',
    taxRegionID: 'TaxRegion',
  },
  picklists: {
    companyType: COMPANY_TYPES,
    billToAddressToUse: [
      { value: 1, label: 'Company Address', isDefault: true },
      { value: 2, label: 'Parent Company Billing Address' },
      { value: 3, label: 'Selected Address' },
    ],
  },
  udfs: ['Marketplace ID'],
  supportsWebhooks: true,
  rules: companyRules,
});

/** Written below its company, read at root (help: Contacts, "Parent entity: Companies"). */
export const CONTACTS = entity({
  name: 'Contacts',
  model: 'Contact',
  can: 'CUQD',
  parent: { entity: 'Companies', path: 'Contacts', field: 'companyID' },
  required: ['firstName', 'lastName', 'isActive'],
  readOnly: ['createDate', 'lastActivityDate', 'lastModifiedDate', 'impersonatorCreatorResourceID'],
  fixed: ['companyID'],
  references: { companyID: 'Company' },
  picklists: {
    isActive: [
      { value: 0, label: 'Inactive' },
      { value: 1, label: 'Active' },
    ],
  },
  udfs: ['Marketplace login'],
  supportsWebhooks: true,
  rules: contactRules,
});
