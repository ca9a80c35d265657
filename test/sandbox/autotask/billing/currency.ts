import { type Decimal, decimal, decimalText, rounded, times } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { amountOf, type Row, wholeOf } from '../row.ts';
import type { World } from '../world.ts';

/** Internal currency for one unit of the customer's currency; 1 where they are the same. */
function rateOf(world: World, contract: Row): Decimal {
  const company = world.tables.get('Companies', wholeOf(contract, 'companyID'));
  const currency = company && world.tables.get('Currencies', wholeOf(company, 'currencyID'));
  return (currency && amountOf(currency, 'exchangeRate')) ?? decimal('1');
}

/**
 * Prices are in the customer's currency; the `internalCurrency` twins are the same in the house's own, to four places
 * (help: multi-currency support in the API).
 */
export function internalOf(world: World, contract: Row, amount: Decimal): NumberText {
  const rate = rateOf(world, contract);
  const internal = times(amount, rate);
  return new NumberText(decimalText(internal.scale > 4 ? rounded(internal, 4) : internal));
}
