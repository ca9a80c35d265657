import type { Charge } from '../../domain/charge.ts';
import { type Money, zero } from '../../domain/money.ts';
import { type Month, monthOf, nextMonth } from '../../domain/month.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { taskIdOf } from '../check/tasks.ts';
import { billsFor } from '../check/who-bills.ts';
import { evaluateSafely } from '../plan/evaluate-safely.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { Billed, ReadBack } from './lines.ts';

/** One charge of the marketplace (or of our own), on its three sides. */
export interface Charged {
  charge: Charge;
  order: Order;
  /** What the marketplace charges for it now: nothing where the order came to nothing after it was billed. */
  amount: Money;
  /** Where it counts: the month it was placed in, or the next open one where that was closed without it. */
  month: Month;
  links: readonly ReadBack[];
  /** Why it is no line, or what stands for it until it is one. */
  standing: 'billed' | 'asks' | 'open' | 'left' | 'lost';
  reason: string | null;
}

/** Every charge that this connection has to account for, up to the end of a month. */
export function chargesOf(
  reader: Reader,
  world: PlanWorld,
  billed: Billed,
  through: Month,
): Charged[] {
  const bills = billsFor(reader, world.connection.id);
  const monthFor = monthsOf(reader, world);
  return reader.list('order').flatMap((record) => {
    if (monthOf(record.placedOn) > through) return [];
    const isBilled = record.charges.some((key) => billed.byCharge.has(key));
    if (!isBilled && !bills(record.customerId)) return [];
    const order = orderOf(reader, record.id);
    return order === null ? [] : ofOrder(reader, world, billed, order, monthFor);
  });
}

function ofOrder(
  reader: Reader,
  world: PlanWorld,
  billed: Billed,
  order: Order,
  monthFor: MonthFor,
): Charged[] {
  const groups = evaluateSafely(world, order);
  const left = new Map(
    groups.flatMap((group) => group.left.map(({ chargeKey, reason }) => [chargeKey, reason])),
  );
  const changed = new Map(
    groups
      .flatMap(({ needs }) => needs)
      .filter(({ code }) => code === 'revision-changed')
      .map(({ subject, code }) => [subject, code]),
  );
  const task = reader.get('task', taskIdOf(world.crypto, world.connection.id, order.id));
  return order.charges.flatMap((charge): Charged[] => {
    const links = billed.byCharge.get(charge.key) ?? [];
    const reason = left.get(charge.key) ?? null;
    // Payments and deposits are no charges, and an order that came to nothing charges nothing.
    // A period without an order is charged by nobody until a person bills it.
    if (order.type === 'missing' && links.length === 0) return [];
    if (charge.class === 'movement' || (order.status !== 'completed' && links.length === 0))
      return [];
    const stands = order.status === 'completed';
    const amount = stands ? charge.amount : zero(charge.amount.currency);
    const at = { charge, order, amount, links, month: monthFor(charge, links, reason) };
    if (links.length > 0) {
      const asks = changed.get(charge.key) ?? null;
      if (asks !== null) return [{ ...at, standing: 'asks', reason: asks }];
      const isKept = !stands || links.at(-1)?.link.revision !== charge.revision;
      return [{ ...at, standing: 'billed', reason: isKept ? 'kept' : null }];
    }
    if (reason !== null) return [{ ...at, standing: 'left', reason }];
    return task === null || task.state === 'synced'
      ? [{ ...at, standing: 'lost', reason: null }]
      : task.state === 'ignored'
        ? [{ ...at, standing: 'left', reason: task.ignored?.reason ?? null }]
        : [{ ...at, standing: 'open', reason: task.state }];
  });
}

type MonthFor = (charge: Charge, links: readonly ReadBack[], left: string | null) => Month;

/** A charge that came after its month was closed belongs to the next open one. */
function monthsOf(reader: Reader, { connection }: PlanWorld): MonthFor {
  const closings = new Map(
    reader
      .list('monthClosing')
      .filter(({ connectionId }) => connectionId === connection.id)
      .map((closing) => [closing.month, closing]),
  );
  return (charge, links, left) => {
    let month = monthOf(charge.placedOn);
    for (let closing = closings.get(month); closing !== undefined; closing = closings.get(month)) {
      const { at } = closing;
      if (left !== null || links.some(({ link }) => link.at <= at)) break;
      month = nextMonth(month);
    }
    return month;
  };
}
