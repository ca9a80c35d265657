import { addDays, dateOf } from '../../calendar.ts';
import { NumberText } from '../../json.ts';
import { dateValue, momentValue, type Row, textOf } from '../row.ts';
import { DOCUMENT_UDF, OPEN_OPPORTUNITY, STAGES } from '../schema/sales.ts';
import type { Tables } from '../tables.ts';
import type { Lookups } from './lookups.ts';

const OPPORTUNITIES = 6;
const LOST = 2;

/** Opportunities of the first companies: open ones with and without a document's address, the last one lost. */
export function seedSales(
  tables: Tables,
  of: { companies: readonly Row[]; lookups: Lookups; nowMs: number },
): void {
  const { lookups, nowMs } = of;
  const today = dateOf(nowMs);
  of.companies.slice(0, OPPORTUNITIES).forEach((company, index) => {
    const name = textOf(company, 'companyName');
    const opportunity = tables.add('Opportunities', {
      values: {
        companyID: company.id,
        title: `Cloud move ${name}`.slice(0, 128),
        ownerResourceID: lookups.ownerId,
        creatorResourceID: lookups.ownerId,
        stage: STAGES[index % 2]?.value ?? null,
        status: index === OPPORTUNITIES - 1 ? LOST : OPEN_OPPORTUNITY,
        amount: new NumberText(`${500 * (index + 1)}.00`),
        cost: new NumberText(`${300 * (index + 1)}.00`),
        probability: 50,
        projectedCloseDate: dateValue(addDays(today, 30)),
        createDate: dateValue(today),
        lastActivity: momentValue(nowMs),
        useQuoteTotals: false,
      },
      udfs: { [DOCUMENT_UDF]: index % 2 === 0 ? `https://documents.example/q/${index + 1}` : null },
    });
    const quote = tables.add('Quotes', {
      values: {
        opportunityID: opportunity.id,
        companyID: company.id,
        name: `Quote for ${name}`.slice(0, 100),
        quoteNumber: 100 + index,
        isActive: true,
        primaryQuote: true,
        effectiveDate: dateValue(today),
        expirationDate: dateValue(addDays(today, 30)),
        createDate: momentValue(nowMs),
        creatorResourceID: lookups.ownerId,
      },
      udfs: {},
    });
    tables.add('QuoteItems', {
      values: {
        quoteID: quote.id,
        name: 'Migration',
        quantity: new NumberText('1'),
        unitPrice: new NumberText(`${500 * (index + 1)}.00`),
        unitCost: new NumberText(`${300 * (index + 1)}.00`),
        isOptional: false,
      },
      udfs: {},
    });
  });
}
