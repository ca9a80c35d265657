import type { OrderLine, VendorOrder } from './schemas.ts';

/**
 * The subscription a charge belongs to, by product id or part number among the order's product
 * lines. A charge of no line (a plan's own fee) belongs to the order's subscription. Where several
 * fit, none is chosen and all are named, so that a person is asked once.
 */
export function subscriptionOf(
  order: Pick<VendorOrder, 'products' | 'subscriptionId' | 'targetSubscriptionId'>,
  charged: { productId: string | null; partNumber: string | null },
): { subscriptionId: string | null; candidates: string[]; lines: OrderLine[] } {
  const lines = linesOf(order.products, charged);
  const own = order.subscriptionId ?? order.targetSubscriptionId;
  const found = distinct(lines.map((line) => nameOf(line, charged) ?? own));
  const ids =
    found.length > 0
      ? found
      : distinct(own === null ? order.products.map((line) => nameOf(line, charged)) : [own]);
  const [only = null, ...more] = ids;
  return more.length === 0
    ? { subscriptionId: only, candidates: [], lines }
    : { subscriptionId: null, candidates: ids, lines };
}

function linesOf(
  lines: readonly OrderLine[],
  { productId, partNumber }: { productId: string | null; partNumber: string | null },
): OrderLine[] {
  const byId = lines.filter((line) => productId !== null && idsOf(line).includes(productId));
  if (byId.length > 0) return byId;
  return lines.filter((line) => partNumber !== null && partNumbersOf(line).includes(partNumber));
}

const idsOf = (line: OrderLine) => [line.id, line.newId, line.newProductId];
const partNumbersOf = (line: OrderLine) => [line.mpn, line.newMPN];

/** A line that became another product names the new one's subscription as its target. */
function nameOf(
  line: OrderLine,
  { productId, partNumber }: { productId: string | null; partNumber: string | null },
): string | null {
  const isOld = productId === null ? partNumber === line.mpn : productId === line.id;
  return isOld
    ? (line.subscriptionId ?? line.targetSubscriptionId)
    : (line.targetSubscriptionId ?? line.subscriptionId);
}

const distinct = (ids: readonly (string | null)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null)),
];
