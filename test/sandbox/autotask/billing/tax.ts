import { type Decimal, decimal, rounded, times } from '../../decimal.ts';
import { amountOf, flagOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';

const NONE: Decimal = { units: 0n, scale: 2 };

/** The tax of a billing item: by the company's tax region and the billing code's tax category, to cents (help: Taxes). */
export function taxOf(
  { tables }: World,
  of: { companyId: number; billingCodeId: number | undefined; amount: Decimal },
): Decimal {
  const company = tables.get('Companies', of.companyId);
  const code = tables.get('BillingCodes', of.billingCodeId);
  if (!company || !code || flagOf(company, 'isTaxExempt')) return NONE;
  const region = wholeOf(company, 'taxRegionID');
  const category = wholeOf(code, 'taxCategoryID');
  const tax = tables
    .all('Taxes')
    .find(({ values }) => values.taxRegionID === region && values.taxCategoryID === category);
  if (!tax) return NONE;
  return rounded(times(of.amount, amountOf(tax, 'taxRate') ?? decimal('0')), 2);
}
