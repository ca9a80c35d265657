import type { Order } from '../../domain/order.ts';
import type { Marketplace } from '../../domain/ports/marketplace.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Check } from './context.ts';
import { setAsideTriedAtOnce } from './limits.ts';
import { createDetailReader } from './read-details.ts';
import { badAgain, isDue } from './set-aside.ts';
import { takeIn } from './take-in.ts';
import { keep } from './upserts.ts';

type Kept = RecordOf<'keptRecord'>;

/**
 * The marketplace's orders that were set aside and are due: a person asked, the app was updated, or it
 * is time. Those asked for by a person first.
 */
export const dueSetAside = (reader: Reader, check: Check): Kept[] =>
  reader
    .list('keptRecord')
    .filter(({ source, what }) => source === 'marketplace' && what === 'order')
    .filter((kept) => isDue(kept, check))
    .sort((a, b) => Number(b.setAside?.again) - Number(a.setAside?.again))
    .slice(0, setAsideTriedAtOnce);

/** Tries orders that were set aside again: a call each, whatever window they are in. */
export async function retrySetAside(
  check: Check,
  marketplace: Marketplace,
  due: readonly Kept[],
): Promise<void> {
  const read = new Map<string, Awaited<ReturnType<Marketplace['order']>>>();
  const listed: Order[] = [];
  const details = createDetailReader(check);
  for (const kept of due) {
    const bad = badAgain(kept);
    await details.read(bad, async () => {
      const one = await marketplace.order(bad.id);
      await keep({ check, side: 'marketplace', unreadable: one.unreadable, whole: [] });
      read.set(bad.id, one);
      // Under the revision by which the list knows it, so that the list finds it held again.
      listed.push(...one.records.map((order) => ({ ...order, revision: bad.revision })));
    });
  }
  await details.end();
  const order: Marketplace['order'] = async (id) => read.get(id) ?? marketplace.order(id);
  await takeIn(check, { ...marketplace, order }, listed);
}
