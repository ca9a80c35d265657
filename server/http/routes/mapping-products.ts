import type * as v from 'valibot';
import type { Connection } from '../../domain/connection.ts';
import type { Instant } from '../../domain/dates.ts';
import { type ProductMapping, productMappingId } from '../../domain/mapping.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import { type FeeKind, feeKinds } from '../../domain/product.ts';
import type { Actor } from '../../domain/tenant.ts';
import type { EngineContext } from '../../sync/context.ts';
import { mapProduct, productMappingOf } from '../../sync/mapping/map.ts';
import { itemFinder } from '../../sync/mapping/suggest.ts';
import type { productBulkBody } from '../bodies.ts';
import { billedProducts } from './mapping-rows.ts';

type Body = v.InferOutput<typeof productBulkBody>;
interface Change {
  tx: Transaction;
  connection: Connection;
  by: Actor;
  at: Instant;
}

/** What can be done to many products at once; how many it changed. */
export function changeProducts(
  change: Change,
  body: Body,
  { crypto }: Pick<EngineContext, 'crypto'>,
): number {
  const { tx, connection, by, at } = change;
  const mappings = (ids: readonly string[]): ProductMapping[] =>
    ids.flatMap((id) => mappingOf(change, id) ?? []);
  switch (body.do) {
    case 'suggest':
      return suggest(change);
    case 'confirm': {
      const { ids } = body;
      const suggested = tx
        .list('productMapping')
        .filter(
          (mapping) =>
            mapping.connectionId === connection.id &&
            mapping.targetId === null &&
            mapping.suggestion !== null,
        );
      const chosen = suggested.filter((mapping) =>
        ids === 'exact' ? mapping.suggestion?.scorePercent === 100 : ids.includes(mapping.id),
      );
      return chosen.filter(({ productKey, fee, suggestion }) =>
        mapProduct(
          { tx, connectionId: connection.id, by, at, how: 'suggestion' },
          { productKey, fee, targetId: suggestion?.targetId ?? null },
        ),
      ).length;
    }
    case 'dismiss':
      for (const mapping of mappings(body.ids))
        tx.put('productMapping', { ...mapping, suggestion: null });
      return body.ids.length;
    case 'unmap':
      return mappings(body.ids).filter(({ productKey, fee }) =>
        mapProduct(
          { tx, connectionId: connection.id, by, at, how: 'unmapped' },
          { productKey, fee, targetId: null, accountCode: null },
        ),
      ).length;
    case 'exclude':
      for (const { productKey } of mappings(body.ids))
        tx.put('decision', {
          id: crypto.hash(`exclude\n${connection.id}\n${productKey}`).slice(0, 32),
          connectionId: connection.id,
          scope: { kind: 'product', productKey },
          value: { kind: 'exclude', reason: body.reason, until: body.until },
          by,
          at,
        });
      return body.ids.length;
    case 'include': {
      const keys = new Set(mappings(body.ids).map(({ productKey }) => productKey));
      for (const decision of tx.list('decision'))
        if (
          decision.connectionId === connection.id &&
          decision.value.kind === 'exclude' &&
          decision.scope.kind === 'product' &&
          keys.has(decision.scope.productKey)
        )
          tx.remove('decision', decision.id);
      return keys.size;
    }
    default:
      return body satisfies never;
  }
}

function suggest({ tx, connection, by }: Change): number {
  const items = tx
    .list('item')
    .filter((record) => record.connectionId === connection.id)
    .map(({ item }) => item);
  const find = itemFinder(items);
  let found = 0;
  for (const { productKey, name } of billedProducts(tx)) {
    const mapping = productMappingOf(tx, connection.id, productKey, null);
    if (mapping.targetId !== null || mapping.accountCode !== null) continue;
    const product = tx.get('product', productKey);
    const suggestion = find({
      name: product?.name ?? name,
      partNumber: product?.partNumber ?? null,
    });
    if (suggestion === null) continue;
    found += 1;
    tx.put('productMapping', { ...mapping, suggestion });
  }
  tx.log({
    actor: by,
    action: 'suggested',
    result: 'ok',
    connectionId: connection.id,
    customerId: null,
    subject: 'Products',
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { count: String(found) },
    details: null,
  });
  return found;
}

/** A row's id names its connection, product and fee; another connection's id is none of ours. */
function mappingOf({ tx, connection }: Change, id: string): ProductMapping | null {
  const known = tx.get('productMapping', id);
  if (known !== null) return known.connectionId === connection.id ? known : null;
  const fees: readonly (FeeKind | null)[] = [null, ...feeKinds];
  for (const { productKey } of billedProducts(tx))
    for (const fee of fees)
      if (productMappingId(connection.id, productKey, fee) === id)
        return productMappingOf(tx, connection.id, productKey, fee);
  return null;
}
