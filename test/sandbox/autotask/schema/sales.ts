import { opportunityRules } from '../rules/opportunity.ts';
import { entity } from './entity.ts';
import { SERVICE_PERIODS } from './picklists.ts';

export const OPEN_OPPORTUNITY = 1;
export const OPPORTUNITY_STATUSES = [
  { value: OPEN_OPPORTUNITY, label: 'Active', isDefault: true },
  { value: 2, label: 'Lost' },
  { value: 3, label: 'Closed' },
  { value: 4, label: 'Implemented' },
] as const;
export const STAGES = [
  { value: 29_682_773, label: 'Qualified' },
  { value: 29_682_774, label: 'Proposal sent' },
] as const;
/** Where a tenant keeps the address of the document that was sent. */
export const DOCUMENT_UDF = 'Document URL';

export const OPPORTUNITIES = entity({
  name: 'Opportunities',
  model: 'Opportunity',
  can: 'CUQ',
  lengths: { title: 128 },
  readOnly: [
    'creatorResourceID',
    'impersonatorCreatorResourceID',
    'lastActivity',
    'closedDate',
    'lostDate',
  ],
  dates: ['projectedCloseDate', 'createDate'],
  references: {
    companyID: 'Company',
    contactID: 'Contact',
    ownerResourceID: 'Resource',
    productID: 'Product',
  },
  picklists: { status: OPPORTUNITY_STATUSES, stage: STAGES },
  udfs: [DOCUMENT_UDF],
  rules: opportunityRules,
});

/** The live API creates and changes quotes and their items too; here they are read only. */
export const QUOTES = entity({
  name: 'Quotes',
  model: 'Quote',
  can: 'Q',
  dates: ['effectiveDate', 'expirationDate'],
  references: { opportunityID: 'Opportunity', companyID: 'Company', contactID: 'Contact' },
  udfs: [DOCUMENT_UDF],
});

export const QUOTE_ITEMS = entity({
  name: 'QuoteItems',
  model: 'QuoteItem',
  can: 'Q',
  parent: { entity: 'Quotes', path: 'Items', field: 'quoteID' },
  costs: ['unitCost', 'averageCost', 'highestCost', 'markupRate'],
  references: { quoteID: 'Quote', productID: 'Product', serviceID: 'Service' },
  picklists: { periodType: SERVICE_PERIODS },
});
