import type { Transaction } from '../../domain/ports/store.ts';
import type { Check } from './context.ts';
import { isStoreFault } from './failures.ts';

interface Work<T> {
  check: Pick<Check, 'store' | 'tenantId'>;
  items: readonly T[];
  /** Stores the items; false when there is no room for more, which ends the work. */
  take(tx: Transaction, items: readonly T[]): boolean;
  /** What becomes of an item that throws even when it is alone. */
  aside(tx: Transaction, item: T, error: unknown): void;
}

/**
 * Stores the items in one transaction. When one of them throws, each gets a transaction of its own
 * and only those that throw are set aside: one bad record never stops its neighbours. Gives what
 * `take` gave last. Throws what the store itself throws, and what `aside` throws.
 */
export async function divide<T>({ check, items, take, aside }: Work<T>): Promise<boolean> {
  const whole = await attempt(check, items, take);
  if (!('thrown' in whole)) return whole.answer;
  for (const item of items) {
    const alone = items.length === 1 ? whole : await attempt(check, [item], take);
    if (!('thrown' in alone)) {
      if (!alone.answer) return false;
      continue;
    }
    await check.store.transact(check.tenantId, (tx) => aside(tx, item, alone.thrown));
  }
  return true;
}

/** Only what the work threw is told from it; a transaction that failed by itself throws. */
async function attempt<T>(
  { store, tenantId }: Work<T>['check'],
  items: readonly T[],
  take: Work<T>['take'],
): Promise<{ answer: boolean } | { thrown: unknown }> {
  let fault: { thrown: unknown } | null = null;
  try {
    const answer = await store.transact(tenantId, (tx) => {
      try {
        return take(tx, items);
      } catch (error) {
        if (!isStoreFault(error)) fault = { thrown: error };
        throw error;
      }
    });
    return { answer };
  } catch (error) {
    if (fault === null) throw error;
    return fault;
  }
}
