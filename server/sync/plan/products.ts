import type { ConnectionId } from '../../domain/ids.ts';
import { type ProductMapping, productMappingId } from '../../domain/mapping.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { FeeKind, Product } from '../../domain/product.ts';

/** The fee's own mapping, else the product's. */
export function feeMapping(
  reader: Reader,
  connectionId: ConnectionId,
  productKey: string,
  fee: FeeKind,
): ProductMapping | null {
  const own = reader.get('productMapping', productMappingId(connectionId, productKey, fee));
  if (own !== null && (own.targetId !== null || own.accountCode !== null)) return own;
  return reader.get('productMapping', productMappingId(connectionId, productKey, null));
}

/** A product by its key, which is its part number where it begins with `part:`. */
export function productFinder(reader: Reader): (productKey: string) => Product | null {
  let byPart: Map<string, Product> | null = null;
  return (productKey) => {
    if (!productKey.startsWith('part:')) return reader.get('product', productKey);
    byPart ??= new Map(
      reader
        .list('product')
        .flatMap((product) => (product.partNumber === null ? [] : [[product.partNumber, product]])),
    );
    return byPart.get(productKey.slice('part:'.length)) ?? null;
  };
}
