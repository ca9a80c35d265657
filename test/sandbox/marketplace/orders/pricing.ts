import { type Decimal, decimal, decimalText, isLess, rounded, sum, times } from '../../decimal.ts';
import { must } from '../../must.ts';
import type { Currency, Product, ProductPrice } from '../model.ts';

export interface Priced {
  /** The price of one at this quantity; at a TIERED price, that of the highest tier reached. */
  unit: string;
  /** For the whole quantity and one whole period, exact. */
  whole: Decimal;
}

export function pricesOf(
  product: Product,
  currency: Currency,
  type: ProductPrice['type'],
): ProductPrice[] {
  return product.prices
    .filter((price) => price.type === type && price.currency === currency)
    .sort((a, b) => a.lowerLimit - b.lowerLimit);
}

/**
 * FLAT: price x quantity. VOLUME_SUBSCRIPTION: the tier that the whole quantity reaches prices all of it. TIERED: each
 * part of the quantity at its own tier, so that quantity x unit is not the extended amount (facts of the vendor's price
 * models, SimpleAPI 1.15 `ProductPrice.model`).
 */
export function priced(prices: readonly ProductPrice[], quantity: string): Priced | undefined {
  const count = decimal(quantity);
  const reached = prices.filter((price) => !isLess(count, decimal(String(price.lowerLimit))));
  const top = reached.at(-1) ?? prices[0];
  if (!top) return undefined;
  if (top.model !== 'TIERED') return { unit: top.amount, whole: times(decimal(top.amount), count) };
  const parts = reached.map((price, index) => {
    const next = reached[index + 1];
    const below = Math.max(price.lowerLimit - 1, 0);
    const inTier = next ? decimal(String(next.lowerLimit - 1 - below)) : minus(count, below);
    return times(inTier, decimal(price.amount));
  });
  return { unit: top.amount, whole: sum(parts) };
}

export function wholePrice(product: Product, currency: Currency, quantity: number): string {
  const found = must(
    priced(pricesOf(product, currency, 'recurring'), String(quantity)),
    'a recurring price',
  );
  return decimalText(rounded(found.whole, 2));
}

function minus(count: Decimal, below: number): Decimal {
  return { units: count.units - BigInt(below) * 10n ** BigInt(count.scale), scale: count.scale };
}
