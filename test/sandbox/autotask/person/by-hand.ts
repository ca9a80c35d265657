import { addDays, addMonths } from '../../calendar.ts';
import type { HandLines } from '../../people/hand-lines.ts';
import { textOf, wholeOf } from '../row.ts';
import { IN_EFFECT, RECURRING_SERVICE } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import type { Person } from './types.ts';

const PERIODS: Readonly<Record<number, string>> = { 1: '2', 3: '3', 12: '5' };
const TERM_MONTHS = 36;
/** The one service that everything is billed with, its own words on each line. */
const SERVICE = 'Managed support per seat';
const at = (day: string): string => `${day}T00:00:00`;

/**
 * A new contract for each of what is given, on the company of that name and in the place of all that it had;
 * null where there is no such company.
 */
export function openByHand(
  { tables }: World,
  { create, change }: Pick<Person, 'create' | 'change'>,
  company: string,
  given: readonly HandLines[],
): number[] | null {
  const found = tables.all('Companies').find((row) => textOf(row, 'companyName') === company);
  if (found === undefined) return null;
  for (const row of tables.all('Contracts'))
    if (wholeOf(row, 'companyID') === found.id) change('Contracts', row.id, { status: '0' });
  const service = tables.all('Services').find((row) => textOf(row, 'name') === SERVICE);
  return given.map(({ name, from, months, lines }) => {
    const contractId = create('Contracts', {
      companyID: String(found.id),
      contractName: name,
      contractType: String(RECURRING_SERVICE),
      contractPeriodType: PERIODS[months] ?? '',
      startDate: at(from),
      endDate: at(addDays(addMonths(from, TERM_MONTHS), -1)),
      status: String(IN_EFFECT),
      timeReportingRequiresStartAndStopTimes: '0',
    });
    for (const { text, quantity, unitPrice } of lines) {
      const lineId = create(
        'ContractServices',
        {
          serviceID: String(service?.id ?? ''),
          invoiceDescription: text,
          adjustedPrice: unitPrice,
        },
        contractId,
      );
      create(
        'ContractServiceAdjustments',
        { contractServiceID: String(lineId), effectiveDate: at(from), unitChange: quantity },
        contractId,
      );
    }
    return contractId;
  });
}
