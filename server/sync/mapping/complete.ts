import type { Company } from '../../domain/company.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Item } from '../../domain/item.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';

/** A company or item that we created is mapped in the transaction that stores the system's answer. */
export function completeMapping(
  tx: Transaction,
  mappingId: string,
  by: Actor,
  at: Instant,
  created: { company: Company | null; item: Item | null },
): void {
  const { company, item } = created;
  if (company !== null) {
    const mapping = tx.get('customerMapping', mappingId);
    if (mapping !== null)
      tx.put('customerMapping', {
        ...mapping,
        ...mappedTo(company.id, company.name),
        history: [...mapping.history, entry(by, at, company.id, company.name)],
      });
  }
  if (item !== null) {
    const mapping = tx.get('productMapping', mappingId);
    if (mapping !== null)
      tx.put('productMapping', {
        ...mapping,
        ...mappedTo(item.id, item.name),
        itemCode: item.code,
        history: [...mapping.history, entry(by, at, item.id, item.name)],
      });
  }
  const name = company?.name ?? item?.name ?? mappingId;
  tx.log({
    actor: by,
    action: company === null ? 'item-created' : 'company-created',
    result: 'ok',
    connectionId: null,
    customerId: null,
    subject: name,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { name },
    details: null,
  });
}

const mappedTo = (targetId: string, targetName: string) => ({
  targetId,
  targetName,
  suggestion: null,
});
const entry = (by: Actor, at: Instant, targetId: string, targetName: string) => ({
  at,
  by,
  targetId,
  targetName,
  from: null,
  how: 'created' as const,
});
