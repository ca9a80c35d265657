import type { HandLines } from '../../people/hand-lines.ts';
import { textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import type { Person } from './types.ts';

const CYCLES: Readonly<Record<number, string>> = { 1: 'M', 3: 'Q', 12: 'A' };
/** The one product that everything is billed with, its own words on each addition. */
const PRODUCT = 'SUPPORT';

/**
 * A new agreement for each of what is given, on the company of that name and in the place of all that it
 * had; null where there is no such company.
 */
export function openByHand(
  { tables }: World,
  { create, change }: Pick<Person, 'create' | 'change'>,
  company: string,
  given: readonly HandLines[],
): number[] | null {
  const first = (record: string, field: string, text: string): number | undefined =>
    tables.all(record).find((row) => textOf(row, field) === text)?.id;
  const companyId = first('Company', 'name', company);
  if (companyId === undefined) return null;
  const contact = tables.all('Contact').find((row) => wholeOf(row, 'company') === companyId);
  for (const row of tables.all('Agreement'))
    if (wholeOf(row, 'company') === companyId)
      change('Agreement', row.id, { cancelledFlag: 'true' });
  return given.map(({ name, from, months, lines }) => {
    const agreementId = create('Agreement', {
      name,
      type: String(tables.all('AgreementType')[0]?.id ?? ''),
      company: String(companyId),
      contact: String(contact?.id ?? ''),
      billingCycle: String(first('BillingCycle', 'identifier', CYCLES[months] ?? '') ?? ''),
      startDate: from,
      billStartDate: from,
    });
    for (const { text, quantity, unitPrice } of lines)
      create(
        'Addition',
        {
          product: String(first('CatalogItem', 'identifier', PRODUCT) ?? ''),
          quantity,
          unitPrice,
          billCustomer: 'Billable',
          effectiveDate: from,
          description: text,
          invoiceDescription: text,
        },
        agreementId,
      );
    return agreementId;
  });
}
