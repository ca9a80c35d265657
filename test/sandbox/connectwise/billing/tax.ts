import { type Decimal, decimal, rounded, times } from '../../decimal.ts';
import { amountOf, flagOf, type Row, wholeOf } from '../row.ts';
import type { World } from '../world.ts';

/** "Additions are taxed as products" by the first level of the agreement's tax code, to cents (betterinvoice guide: Additions tab). */
export function taxOf(
  { tables }: World,
  { agreement, amount }: { agreement: Row; amount: Decimal },
): Decimal {
  const code = tables.get('TaxCode', wholeOf(agreement, 'taxCode'));
  if (!code || !flagOf(code, 'levelOneProductsFlag') || !flagOf(agreement, 'taxable'))
    return decimal('0.00');
  return rounded(times(amount, amountOf(code, 'levelOneRate') ?? decimal('0')), 2);
}
