import { addMonths, dateOf } from '../../calendar.ts';
import { NumberText } from '../../json.ts';
import type { SeededRandom } from '../../random.ts';
import { dateValue, type Row, textOf, type Value } from '../row.ts';
import type { Add } from './add.ts';
import type { SeededCompany } from './companies.ts';
import type { SeededItems } from './items.ts';
import type { Lookups } from './lookups.ts';

const AGREEMENTS = 12;

/**
 * A monthly agreement for most of the first companies, with additions at work since some months, every second prorating; a child, a
 * yearly one, an ended one and one in a foreign currency besides. Nothing has been invoiced yet.
 */
export function seedAgreements(
  add: Add,
  of: {
    companies: readonly SeededCompany[];
    items: SeededItems;
    random: SeededRandom;
    lookups: Lookups;
    nowMs: number;
  },
): void {
  const { random, lookups, items } = of;
  const month = `${dateOf(of.nowMs).slice(0, 8)}01`;
  const agreement = (
    { company, contact }: SeededCompany,
    name: string,
    more: Record<string, Value> = {},
  ): Row =>
    add('Agreement', {
      name: name.slice(0, 100),
      type: lookups.agreementTypes.cloud,
      company: company.id,
      contact: contact.id,
      billToCompany: company.id,
      startDate: dateValue(addMonths(month, -6)),
      billStartDate: dateValue(month),
      noEndingDateFlag: true,
      cancelledFlag: false,
      billingCycle: lookups.cycles.monthly,
      prorateFlag: false,
      invoiceProratedAdditionsFlag: false,
      billZeroAmountFlag: false,
      taxable: true,
      taxCode: company.values.taxCode ?? null,
      currency: company.values.currency ?? null,
      employeeCompRate: 'Actual',
      employeeCompNotExceed: 'Billing',
      invoicingCycle: 'CalendarYear',
      billTime: 'NoDefault',
      billExpenses: 'NoDefault',
      billProducts: 'NoDefault',
      ...more,
    });
  const addition = (to: Row, item: Row, quantity: number) =>
    add('Addition', {
      agreementId: to.id,
      product: item.id,
      quantity: new NumberText(String(quantity)),
      lessIncluded: new NumberText('0'),
      unitPrice: item.values.price ?? null,
      unitCost: item.values.cost ?? null,
      billCustomer: 'Billable',
      effectiveDate: to.values.billStartDate ?? null,
      taxableFlag: true,
      description: item.values.description ?? null,
      invoiceDescription: item.values.customerDescription ?? null,
      purchaseItemFlag: false,
      specialOrderFlag: false,
    });
  const usable = of.companies.filter(
    ({ company }) =>
      company.values.deletedFlag !== true && company.values.status === lookups.statuses.active,
  );
  usable.slice(0, AGREEMENTS).forEach((one, index) => {
    if (index % 4 === 3) return;
    const name = textOf(one.company, 'name');
    const made = agreement(one, `${name} cloud subscriptions`, { prorateFlag: index % 2 === 1 });
    addition(made, items.support, random.integer(1, 20));
    const item = items.known[index % Math.max(1, items.known.length)];
    if (item && index % 2 === 0) addition(made, item, random.integer(1, 12));
    if (index === 0)
      agreement(one, `${name} branch office`, { parentAgreement: made.id, prorateFlag: false });
  });
  const [first, second] = usable;
  const foreign = usable.find(
    ({ company }) => company.values.currency === lookups.currencies.foreign,
  );
  if (first) agreement(first, 'Yearly backup', { billingCycle: lookups.cycles.yearly });
  if (second)
    agreement(second, 'Ended hosting', {
      type: lookups.agreementTypes.support,
      noEndingDateFlag: false,
      endDate: dateValue(addMonths(month, -1)),
    });
  if (foreign) addition(agreement(foreign, 'Foreign currency'), items.support, 3);
}
