import { decimal, decimalText, portion } from '../decimal.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';
import { mostSold } from './price-rise.ts';

/** A product whose cost has nearly reached its price, and the vendor of both. */
export interface ThinMargin {
  productId: string;
  name: string;
  vendor: string;
  /** What is left of the price, in percent. */
  left: number;
}

const left = 4;

/** The vendor asks more of the reseller for the product that most customers pay by the month; its price stays. */
export function squeezeMargin(world: World): ThinMargin {
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const product = mostSold(account);
  product.costs = product.costs.map((cost) => {
    const price = must(
      product.prices.find(
        (one) =>
          one.type === cost.type &&
          one.currency === cost.currency &&
          one.lowerLimit === cost.lowerLimit,
      ),
      'its price',
    );
    const share = { numerator: 100 - left, denominator: 100, scale: 2 };
    return { ...cost, amount: decimalText(portion(decimal(price.amount), share)) };
  });
  const { id: productId, name, vendor } = product;
  return { productId, name, vendor, left };
}
