import { wholeMonths } from '../../domain/billing-grid.ts';
import type { Charge } from '../../domain/charge.ts';
import { addMonths, type CalendarDate, firstOfMonth } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import type { Link } from '../../domain/link.ts';
import { amountText } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import type { DraftLine } from './draft-line.ts';
import { evaluateOrder } from './evaluate.ts';
import { liveLink } from './live-link.ts';
import { need } from './needs.ts';
import { billFromOf } from './opening.ts';
import type { PlanWorld } from './world.ts';

/** What a month comes to in one currency: billed already and still to be billed, in minor units. */
interface MonthTotal {
  all: bigint;
  bySubscription: Map<string, { amount: bigint; hasWhole: boolean }>;
}
type Totals = ReadonlyMap<string, MonthTotal>;

const yearMonths = 12;
const known = new WeakMap<PlanWorld, Map<string, Totals>>();
/** What a customer's month asks is the same for every order of it. */
const answered = new WeakMap<PlanWorld, Map<string, Need | null>>();

/**
 * The question that holds everything of a customer in a month that is more than the setting's percent
 * off the one before: more as soon as it is, less by those subscriptions alone whose period was
 * charged already, since a month that has just begun is no small one. Yearly charges and own charges
 * are left out on both sides. Null where the month before was not wholly billed here.
 */
export function monthNeed(world: PlanWorld, order: Order): Need | null {
  const percent = world.settings.monthOffPercent;
  const { customerId, placedOn } = order;
  const billFrom = billFromOf(world, customerId);
  if (percent === null || billFrom === null || order.status !== 'completed') return null;
  const month = firstOfMonth(placedOn);
  const before = addMonths(month, -1);
  if (before < billFrom) return null;
  const all = answered.get(world) ?? new Map<string, Need | null>();
  answered.set(world, all);
  const key = keyOf(world, { customerId, month, order });
  const found = all.get(key);
  if (found !== undefined) return found;
  const asked = needOf(world, { customerId, month, before, order, percent });
  all.set(key, asked);
  return asked;
}

function needOf(
  world: PlanWorld,
  {
    customerId,
    month,
    before,
    order,
    percent,
  }: {
    customerId: string;
    month: CalendarDate;
    before: CalendarDate;
    order: Order;
    percent: number;
  },
): Need | null {
  const last = totalsOf(world, { customerId, month: before, order });
  for (const [currency, now] of totalsOf(world, { customerId, month, order })) {
    const then = last.get(currency);
    if (then === undefined || then.all <= 0n) continue;
    const off = offBy(now, then, BigInt(percent));
    if (off === null || isAccepted(world, { customerId, month, currency, off }, percent)) continue;
    const text = (amountMinor: bigint) => amountText({ amountMinor, currency });
    const facts = {
      month: month.slice(0, 7),
      amount: text(off.now),
      last: text(off.last),
      currency,
      percent: `${off.now < off.last ? '-' : '+'}${percentOf(off)}`,
      seen: `${month.slice(0, 7)} ${currency} ${off.now}`,
    };
    return need('month-off', customerId, facts, true);
  }
  return null;
}

interface Off {
  now: bigint;
  last: bigint;
}

function offBy(now: MonthTotal, before: MonthTotal, percent: bigint): Off | null {
  if (now.all * 100n > before.all * (100n + percent)) return { now: now.all, last: before.all };
  const same: Off = { now: 0n, last: 0n };
  for (const [subscriptionId, { amount, hasWhole }] of now.bySubscription) {
    const earlier = before.bySubscription.get(subscriptionId);
    if (!hasWhole || earlier === undefined) continue;
    same.now += amount;
    same.last += earlier.amount;
  }
  return same.last > 0n && same.now * 100n < same.last * (100n - percent) ? same : null;
}

const percentOf = ({ now, last }: Off): string => {
  const apart = now > last ? now - last : last - now;
  return String((apart * 100n) / last);
};

/** Accepted is a month as it was seen, and what is no further off it than the setting allows. */
function isAccepted(
  world: PlanWorld,
  {
    customerId,
    month,
    currency,
    off,
  }: { customerId: string; month: CalendarDate; currency: string; off: Off },
  percent: number,
): boolean {
  return world.decisions.accepted('month-off', customerId).some((seen) => {
    const [ofMonth, ofCurrency, amount] = seen.split(' ');
    if (ofMonth !== month.slice(0, 7) || ofCurrency !== currency) return false;
    if (amount === undefined || !/^-?\d+$/.test(amount)) return false;
    const accepted = BigInt(amount);
    const apart = accepted > off.now ? accepted - off.now : off.now - accepted;
    const size = accepted < 0n ? -accepted : accepted;
    return apart * 100n <= size * BigInt(percent);
  });
}

const keyOf = (
  world: PlanWorld,
  { customerId, month, order }: { customerId: string; month: CalendarDate; order: Order },
): string => `${customerId} ${month} ${world.hasTask(order.id) ? '' : order.id}`;

/** The order that is being judged counts too, though its task may not be in this world yet. */
function totalsOf(
  world: PlanWorld,
  { customerId, month, order }: { customerId: string; month: CalendarDate; order: Order },
): Totals {
  const all = known.get(world) ?? new Map<string, Totals>();
  known.set(world, all);
  const key = keyOf(world, { customerId, month, order });
  const isKnown = world.hasTask(order.id);
  const found = all.get(key) ?? sumUp(world, { customerId, month, order: isKnown ? null : order });
  all.set(key, found);
  return found;
}

function sumUp(
  world: PlanWorld,
  { customerId, month, order }: { customerId: string; month: CalendarDate; order: Order | null },
): Totals {
  const totals = new Map<string, MonthTotal>();
  const end = addMonths(month, 1);
  const isOf = ({ placedOn, type }: Pick<Order, 'placedOn' | 'type'>): boolean =>
    placedOn >= month && placedOn < end && type !== 'own';
  const take = (
    amount: { amountMinor: bigint; currency: string },
    charge: Charge,
    of: string | null,
  ) => {
    if (of !== null && isYearly(world, of)) return;
    const total = totals.get(amount.currency) ?? { all: 0n, bySubscription: new Map() };
    totals.set(amount.currency, total);
    total.all += amount.amountMinor;
    if (of === null) return;
    const own = total.bySubscription.get(of) ?? { amount: 0n, hasWhole: false };
    own.amount += amount.amountMinor;
    own.hasWhole ||= isWhole(charge);
    total.bySubscription.set(of, own);
  };
  const takeOrder = (id: string, keys: readonly string[], isOpen: boolean) => {
    for (const key of keys) {
      const charge = world.charge(key);
      const live = liveLink(world, key);
      if (charge !== null && live !== null) take(signed(live), charge, live.subscriptionId);
    }
    for (const { amount, charge, subscriptionId } of isOpen ? openLines(world, id) : [])
      take(amount, charge, subscriptionId);
  };
  for (const stored of world.ordersOf(customerId))
    if (isOf(stored) && stored.id !== order?.id)
      takeOrder(stored.id, stored.charges, world.hasTask(stored.id));
  if (order !== null && isOf(order))
    takeOrder(
      order.id,
      order.charges.map(({ key }) => key),
      true,
    );
  return totals;
}

/** What is still to be billed of an order; one that cannot be worked out asks by itself. */
function openLines(world: PlanWorld, orderId: string): DraftLine[] {
  const order = world.order(orderId);
  try {
    return order === null ? [] : evaluateOrder(world, order).flatMap(({ lines }) => lines);
  } catch {
    return [];
  }
}

/** A line of a credit note has its signs turned. */
const signed = ({ amount, documentKind }: Link) =>
  documentKind === 'creditNote' ? { ...amount, amountMinor: -amount.amountMinor } : amount;

const isWhole = ({ class: kind, share }: Charge): boolean =>
  kind === 'recurring' && share !== null && compare(share, '1') === 0;

const isYearly = (world: PlanWorld, subscriptionId: string): boolean =>
  (wholeMonths(world.subscription(subscriptionId)?.billingPeriod ?? null) ?? 0) >= yearMonths;
