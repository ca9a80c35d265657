import { addDays, dateOf } from '../../calendar.ts';
import { dateValue, momentValue, textOf } from '../row.ts';
import { OPPORTUNITY_FIELDS } from '../schema/custom.ts';
import type { Add } from './add.ts';
import type { SeededCompany } from './companies.ts';
import type { Lookups } from './lookups.ts';

const OPPORTUNITIES = 6;

/** Opportunities of the first companies: open ones with and without a document's address, the last one lost. */
export function seedSales(
  add: Add,
  of: { companies: readonly SeededCompany[]; lookups: Lookups; nowMs: number },
): void {
  const { lookups, nowMs } = of;
  const [document] = OPPORTUNITY_FIELDS;
  of.companies.slice(0, OPPORTUNITIES).forEach(({ company, contact }, index) => {
    const isLost = index === OPPORTUNITIES - 1;
    add(
      'Opportunity',
      {
        name: `Cloud move ${textOf(company, 'name')}`.slice(0, 100),
        primarySalesRep: lookups.personId,
        company: company.id,
        contact: contact.id,
        status: isLost ? lookups.opportunityStatuses.lost : lookups.opportunityStatuses.open,
        expectedCloseDate: dateValue(addDays(dateOf(nowMs), 30)),
        closedDate: isLost ? momentValue(nowMs) : null,
      },
      document && index % 2 === 0
        ? { [document.id]: `https://documents.example/q/${index + 1}` }
        : {},
    );
  });
}
