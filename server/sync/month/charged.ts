import type { Charge } from '../../domain/charge.ts';
import { isOfOpenLine } from '../../domain/link.ts';
import { type Money, opposite, zero } from '../../domain/money.ts';
import { type Month, monthOf, nextMonth } from '../../domain/month.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { feeByClass } from '../../domain/rules/rule.ts';
import { isWholePeriod } from '../../domain/rules/standing/rule.ts';
import { taskIdOf } from '../check/tasks.ts';
import { billsFor } from '../check/who-bills.ts';
import { costOf } from '../plan/cost.ts';
import { subscriptionOf } from '../plan/evaluate.ts';
import { evaluateSafely } from '../plan/evaluate-safely.ts';
import { openLineMarker } from '../plan/open-lines.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { Billed, ReadBack } from './lines.ts';
import { onOpenLines } from './open-lines.ts';

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
  /** What the marketplace charges the reseller for it; null where nobody tells. */
  cost: Money | null;
  /** The mark of the line that stays open, where that line is what bills it. */
  openLine: string | null;
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
  const isStanding = world.manifest.kind === 'standing';
  // An open line is one for all the charges of a period, some of which are placed after its month began.
  const lastPlaced = isStanding ? nextMonth(through) : through;
  const charges = reader.list('order').flatMap((record) => {
    if (monthOf(record.placedOn) > lastPlaced) return [];
    const isBilled = record.charges.some((key) => billed.byCharge.has(key));
    if (!isBilled && !bills(record.customerId)) return [];
    const order = orderOf(reader, record.id);
    return order === null ? [] : ofOrder(reader, world, billed, order, monthFor);
  });
  return isStanding
    ? onOpenLines(world, billed, charges).filter(({ order }) => monthOf(order.placedOn) <= through)
    : charges;
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
    const isOpen = task !== null && task.state !== 'synced';
    // While it waits, or was let go, the line says something else.
    const mayStand = !isOpen || links.length > 0 || reason === 'no-change';
    const openLine = mayStand ? openLineFor(world, order, charge, links, reason) : null;
    // Payments and deposits are no charges, and an order that came to nothing charges nothing.
    // A period without an order is charged by nobody until a person bills it, or an open line does.
    if (isBesideOrders(world, order) && links.length === 0 && openLine === null) return [];
    if (charge.class === 'movement' || (order.status !== 'completed' && links.length === 0))
      return [];
    const stands = order.status === 'completed';
    const amount = stands ? charge.amount : zero(charge.amount.currency);
    const cost = order.type === 'own' ? null : costFor(world, order, charge);
    // An open line bills its own period, closed or not.
    const month = openLine === null ? monthFor(charge, links, reason) : monthOf(charge.placedOn);
    const at = { charge, order, amount, links, month, cost, openLine };
    if (links.length > 0) {
      const asks = changed.get(charge.key) ?? null;
      if (asks !== null) return [{ ...at, standing: 'asks', reason: asks }];
      const isKept = !stands || links.at(-1)?.link?.revision !== charge.revision;
      return [{ ...at, standing: 'billed', reason: isKept ? 'kept' : null }];
    }
    if (reason !== null) return [{ ...at, standing: 'left', reason }];
    if (task === null || task.state === 'synced')
      return [{ ...at, standing: 'lost', reason: null }];
    return task.state === 'ignored'
      ? [{ ...at, standing: 'left', reason: task.ignored?.reason ?? null }]
      : [{ ...at, standing: 'open', reason: task.state }];
  });
}

/** A period that no order came for; and where lines stay open, orders of ours that open lines make needless. */
const isBesideOrders = ({ manifest }: PlanWorld, { type }: Order): boolean =>
  type === 'missing' || (manifest.kind === 'standing' && (type === 'part' || type === 'blend'));

/** The open line that bills a charge: its own step of it, or one that says the same already. */
function openLineFor(
  world: PlanWorld,
  order: Order,
  charge: Charge,
  links: readonly ReadBack[],
  reason: string | null,
): string | null {
  if (world.manifest.kind !== 'standing' || order.type === 'own') return null;
  if (order.type === 'part' || order.type === 'blend') return null;
  const mayStand =
    links.length === 0
      ? reason === 'no-change' || (reason === null && isWholePeriod(charge))
      : links.some(({ link }) => link !== null && isOfOpenLine(link));
  return mayStand ? openLineMarker(world, subscriptionOf(world, order, charge), charge) : null;
}

/** What is taken back costs less; nothing is guessed. */
function costFor(world: PlanWorld, order: Order, charge: Charge): Money | null {
  const cost = costOf(world, charge, feeByClass(charge), subscriptionOf(world, order, charge));
  return cost !== null && charge.amount.amountMinor < 0n && cost.amountMinor > 0n
    ? opposite(cost)
    : cost;
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
      if (left !== null || links.some(({ link }) => link !== null && link.at <= at)) break;
      month = nextMonth(month);
    }
    return month;
  };
}
