import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { type ConnectionId, ownKey } from '../../domain/ids.ts';
import {
  type CustomerMapping,
  customerMappingId,
  type ProductMapping,
  productMappingId,
} from '../../domain/mapping.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { FeeKind } from '../../domain/product.ts';
import type { Actor } from '../../domain/tenant.ts';

export type How = CustomerMapping['history'][number]['how'];
interface Change {
  tx: Transaction;
  connectionId: ConnectionId;
  by: Actor;
  at: Instant;
  how: How;
}

/** A customer's mapping as stored, or the one it starts with. */
export function customerMappingOf(
  reader: Reader,
  connectionId: ConnectionId,
  customerId: string,
): CustomerMapping {
  const id = customerMappingId(connectionId, customerId);
  const bills = reader.get('connection', connectionId)?.billsNewCustomers ?? false;
  return (
    reader.get('customerMapping', id) ?? {
      id,
      connectionId,
      customerId,
      targetId: null,
      targetName: null,
      suggestion: null,
      history: [],
      automatic: false,
      automaticBy: null,
      letters: { state: 'off', since: null },
      billFrom: null,
      bills,
      scheduleAnswered: false,
    }
  );
}

export function productMappingOf(
  reader: Reader,
  connectionId: ConnectionId,
  productKey: string,
  fee: FeeKind | null,
): ProductMapping {
  const id = productMappingId(connectionId, productKey, fee);
  return (
    reader.get('productMapping', id) ?? {
      id,
      connectionId,
      productKey,
      fee,
      targetId: null,
      targetName: null,
      itemCode: null,
      suggestion: null,
      history: [],
      accountCode: null,
      taxType: null,
    }
  );
}

/** Maps or unmaps a customer; what was written stays, the history says who and from when. */
export function mapCustomer(
  { tx, connectionId, by, at, how }: Change,
  customerId: string,
  targetId: string | null,
  from: CalendarDate | null = null,
): boolean {
  const mapping = customerMappingOf(tx, connectionId, customerId);
  const name =
    targetId === null
      ? null
      : (tx.get('company', ownKey(connectionId, targetId))?.company.name ?? null);
  if (targetId !== null && name === null) return false;
  tx.put('customerMapping', {
    ...mapping,
    targetId,
    targetName: name,
    suggestion: null,
    history: [
      ...mapping.history,
      { at, by, targetId, targetName: name, from, how: targetId === null ? 'unmapped' : how },
    ],
  });
  logMapping(
    { tx, connectionId, by, at, how },
    { customerId, subject: tx.get('customer', customerId)?.name ?? customerId, target: name },
  );
  return true;
}

export interface ItemChoice {
  productKey: string;
  fee: FeeKind | null;
  targetId: string | null;
  accountCode?: string | null | undefined;
  taxType?: string | null | undefined;
  from?: CalendarDate | null | undefined;
}

export function mapProduct(
  change: Change,
  { productKey, fee, targetId, accountCode, taxType, from = null }: ItemChoice,
): boolean {
  const { tx, connectionId, by, at, how } = change;
  const mapping = productMappingOf(tx, connectionId, productKey, fee);
  const item =
    targetId === null ? null : (tx.get('item', ownKey(connectionId, targetId))?.item ?? null);
  if (targetId !== null && item === null) return false;
  tx.put('productMapping', {
    ...mapping,
    targetId,
    targetName: item?.name ?? null,
    itemCode: item?.code ?? null,
    suggestion: null,
    accountCode: accountCode === undefined ? mapping.accountCode : accountCode,
    taxType: taxType === undefined ? mapping.taxType : taxType,
    history: [
      ...mapping.history,
      {
        at,
        by,
        targetId,
        targetName: item?.name ?? null,
        from,
        how: targetId === null ? 'unmapped' : how,
      },
    ],
  });
  logMapping(change, {
    customerId: null,
    subject: tx.get('product', productKey)?.name ?? productKey,
    target: item?.name ?? accountCode ?? null,
  });
  return true;
}

function logMapping(
  { tx, connectionId, by }: Change,
  {
    customerId,
    subject,
    target,
  }: { customerId: string | null; subject: string; target: string | null },
): void {
  tx.log({
    actor: by,
    action: target === null ? 'unmapped' : 'mapped',
    result: 'ok',
    connectionId,
    customerId,
    subject,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { name: subject, target: target ?? '' },
    details: null,
  });
}
