import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../plan/world.ts';
import { saysName } from './likeness.ts';

/** A product of the marketplace that is mapped, by which a line without a subscription is known. */
export interface SoldProduct {
  name: string;
  itemCode: string | null;
}

export const soldProducts = (reader: Reader, world: PlanWorld): SoldProduct[] =>
  reader.list('productMapping').flatMap(({ connectionId, productKey, targetId }) => {
    const product = world.product(productKey);
    return connectionId !== world.connection.id || targetId === null || product === null
      ? []
      : [{ name: product.name, itemCode: world.item(targetId)?.code ?? null }];
  });

/** Tells whether a line is about a product that the marketplace sells, by its item or its words. */
export function soldFinder(
  sold: readonly SoldProduct[],
): (line: { itemCode: string | null; description: string }) => boolean {
  const codes = new Set(sold.map(({ itemCode }) => itemCode));
  const names = [...new Set(sold.map(({ name }) => name))];
  return ({ itemCode, description }) =>
    (itemCode !== null && codes.has(itemCode)) || names.some((name) => saysName(description, name));
}
