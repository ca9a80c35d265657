import { opportunityRules } from '../rules/opportunity.ts';
import { OPPORTUNITY_FIELDS } from './custom.ts';
import { entity } from './entity.ts';
import { setup } from './rights.ts';

export const OPPORTUNITIES = entity({
  name: 'Opportunity',
  path: 'sales/opportunities',
  can: 'CRUD',
  right: { name: 'Sales > Opportunity' },
  computed: ['closedDate', 'closedBy', 'totalSalesTax'],
  dates: ['expectedCloseDate'],
  customFields: OPPORTUNITY_FIELDS,
  rules: opportunityRules,
});

export const OPPORTUNITY_STATUSES = entity({
  name: 'OpportunityStatus',
  path: 'sales/opportunities/statuses',
  can: 'R',
  right: setup('Opportunity / Status'),
});
