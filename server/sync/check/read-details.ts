import { AppError, failureOf } from '../../domain/errors.ts';
import type { Check } from './context.ts';
import { isStoreFault, stopsSide } from './failures.ts';
import { detailsMissedInRowMax } from './limits.ts';
import { type Bad, setAside } from './set-aside.ts';

interface Missed {
  bad: Bad;
  error: unknown;
}

/**
 * Tells an order that cannot be read from a marketplace that cannot be asked. What only one order does
 * is set aside and the next is read; several in a row, or a refusal that is about us, ends the reading.
 */
export function createDetailReader(check: Check): {
  /** Reads one; throws when the reading has to end. */
  read(bad: Bad, work: () => Promise<void>): Promise<void>;
  /** At the end of the list. Throws where nothing tells the order from the marketplace. */
  end(): Promise<void>;
} {
  let missed: Missed[] = [];
  let anyRead = false;

  async function putAside(): Promise<void> {
    const some = missed;
    missed = [];
    if (some.length === 0) return;
    await check.store.transact(check.tenantId, (tx) => {
      for (const { bad, error } of some) setAside(tx, check, bad, error);
    });
  }

  return {
    read: async (bad, work) => {
      try {
        await work();
      } catch (error) {
        if (isStoreFault(error) || (stopsSide(failureOf(error)) && !isUnreachable(error)))
          throw error;
        missed.push({ bad, error });
        if (missed.length < detailsMissedInRowMax) return;
        // What is about records moves aside, so that the next check gets further than this one.
        if (!missed.some((one) => isUnreachable(one.error))) await putAside();
        throw error;
      }
      anyRead = true;
      await putAside();
    },
    end: async () => {
      const away = missed.find(({ error }) => isUnreachable(error));
      if (away !== undefined && !anyRead) throw away.error;
      await putAside();
    },
  };
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'marketplace.unreachable';
