import type { Charge } from './charge.ts';
import { total } from './exact.ts';

/**
 * Changes of seats that are billed as one line: what they come to together, for the time from the first of
 * them on. Each order must have exactly one charge of the same subscription and product.
 */
export function withBlended(
  charges: readonly Charge[],
  blended: readonly (readonly string[])[],
): Charge[] {
  return blended.reduce<Charge[]>(
    (left, orders) => {
      const own = orders.map((order) => {
        const [charge, other] = left.filter((one) => one.order === order);
        if (charge === undefined || other !== undefined)
          throw new Error(`no single charge of order ${order} to blend`);
        return charge;
      });
      const [first] = own;
      if (first === undefined || own.some((one) => !isAlike(one, first)))
        throw new Error('what is said to be one line is of several things');
      const line: Charge = {
        ...first,
        order: orders.join('+'),
        name: `blend: ${own.map(({ name }) => name).join(', ')}`,
        amount: total(own.map(({ amount }) => amount)),
      };
      return [...left.filter((one) => !own.includes(one)), line];
    },
    [...charges],
  );
}

const isAlike = (one: Charge, other: Charge): boolean =>
  one.subscription === other.subscription &&
  one.product === other.product &&
  one.currency === other.currency;
