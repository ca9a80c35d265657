import { companyRules } from '../rules/company.ts';
import { COMPANY_FIELDS } from './custom.ts';
import { entity } from './entity.ts';
import { setup } from './rights.ts';

const maintenance = { name: 'Companies > Company Maintenance' } as const;

export const COMPANIES = entity({
  name: 'Company',
  path: 'company/companies',
  can: 'CRUD',
  right: maintenance,
  computed: ['dateDeleted', 'deletedBy', 'mobileGuid'],
  customFields: COMPANY_FIELDS,
  defaults: { deletedFlag: false, leadFlag: false, unsubscribeFlag: false, isVendorFlag: false },
  rules: companyRules,
});

export const SITES = entity({
  name: 'CompanySite',
  resource: 'site',
  path: 'company/companies/{parent}/sites',
  can: 'CRUD',
  parent: { record: 'Company', field: 'company' },
  right: maintenance,
  computed: ['mobileGuid'],
  defaults: { inactiveFlag: false },
});

export const CONTACTS = entity({
  name: 'Contact',
  path: 'company/contacts',
  can: 'CRUD',
  right: { name: 'Companies > Contacts' },
  required: ['firstName'],
  computed: ['mobileGuid', 'photo'],
  writeOnly: ['portalPassword', 'ignoreDuplicates'],
  defaults: { inactiveFlag: false, defaultFlag: false, defaultBillingFlag: false },
});

export const COMPANY_TYPES = entity({
  name: 'CompanyType',
  path: 'company/companies/types',
  can: 'R',
  right: setup('Company / Company Type'),
});

export const COMPANY_STATUSES = entity({
  name: 'CompanyStatus',
  path: 'company/companies/statuses',
  can: 'R',
  right: setup('Company / Company Status'),
});
