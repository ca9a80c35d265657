import type { CalendarDate } from '../../domain/dates.ts';
import { partAmount, partOrderId, partPeriod, restOrderId } from '../../domain/instalments.ts';
import type { Money } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { chargesInParts } from '../parts/take-parts.ts';
import { liveLink } from '../plan/live-link.ts';
import type { PlanWorld } from '../plan/world.ts';

/** A yearly charge that is billed month by month, and what is still open of it. */
export interface OpenRest {
  customerId: string;
  subscriptionId: string;
  orderNumber: string;
  whole: Money;
  billed: number;
  count: number;
  open: Money;
  /** The day the next part is due. */
  next: CalendarDate;
}

/** What customers still owe of the years they pay in parts; on leaving it is billed at once. */
export function openRests(reader: Reader, world: PlanWorld): OpenRest[] {
  return chargesInParts(reader, world).flatMap((one) => {
    const { order, charge, subscriptionId, start, count } = one;
    if (liveLink(world, restOrderId(charge.key)) !== null) return [];
    const months = Array.from({ length: count }, (_, index) => index + 1);
    const isBilled = (part: number): boolean =>
      liveLink(world, partOrderId(charge.key, part)) !== null;
    const waiting = months.filter((part) => !isBilled(part));
    const [first] = waiting;
    if (first === undefined) return [];
    const open = waiting.reduce(
      (sum, part) =>
        sum + partAmount(charge.amount, { first: part, last: part, count }).amountMinor,
      0n,
    );
    return [
      {
        customerId: order.customerId,
        subscriptionId,
        orderNumber: order.number,
        whole: charge.amount,
        billed: count - waiting.length,
        count,
        open: { ...charge.amount, amountMinor: open },
        next: partPeriod(start, { first, last: first }).start,
      },
    ];
  });
}
