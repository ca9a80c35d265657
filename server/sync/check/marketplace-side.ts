import { instant, millisecondsOf } from '../../domain/dates.ts';
import type { Failure } from '../../domain/errors.ts';
import { canonical } from '../../domain/json.ts';
import type { Marketplace } from '../../domain/ports/marketplace.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { expectedOrders } from '../missing/missing-orders.ts';
import type { Check } from './context.ts';
import { stopsSide } from './failures.ts';
import { forgetMarks } from './forget-marks.ts';
import {
  dailyMs,
  openOrderMaxMs,
  openOrdersPerDay,
  openOrderWindowMs,
  subscriptionDetailsPerDay,
} from './limits.ts';
import { ordersStartId } from './names.ts';
import { dueSetAside, retrySetAside } from './retry-set-aside.ts';
import { runSteps } from './steps.ts';
import { takeIn } from './take-in.ts';
import { keep, upsert } from './upserts.ts';
import { orderWindow } from './window.ts';

export interface MarketplaceResult {
  failures: Failure[];
  /** False while the queue of open tasks is full. */
  allTaken: boolean;
}

/**
 * Reads the marketplace: customers, products and subscriptions once a day (at the first check before
 * the orders, whose tasks look at them), the order window each time, older open orders once a day.
 */
export async function checkMarketplace(
  check: Check,
  marketplace: Marketplace,
): Promise<MarketplaceResult> {
  let allTaken = true;
  const failures = await runSteps(check, 'marketplace', [
    {
      name: 'customers',
      everyMs: dailyMs,
      work: async () => {
        const { records, unreadable } = await marketplace.customers();
        await upsert(check, 'customer', records);
        await keep({ check, side: 'marketplace', unreadable, whole: ['customer'] });
        return check.at;
      },
    },
    {
      name: 'products',
      everyMs: dailyMs,
      work: async () => {
        const { records, unreadable } = await marketplace.products();
        await upsert(check, 'product', records);
        await keep({ check, side: 'marketplace', unreadable, whole: ['product'] });
        return check.at;
      },
    },
    { name: 'subscriptions', everyMs: dailyMs, work: () => readSubscriptions(check, marketplace) },
    {
      name: 'orders',
      everyMs: 0,
      work: async (position) => {
        const read = await readWindow(check, marketplace, position);
        allTaken = read.allTaken;
        return read.position;
      },
    },
    {
      name: 'open-orders',
      everyMs: dailyMs,
      // At the first check every order was read a moment ago.
      work: async (position) => {
        if (position !== null) await readOpenOrders(check, marketplace);
        return check.at;
      },
    },
    { name: 'unpaid', everyMs: dailyMs, work: () => readUnpaid(check, marketplace) },
  ]);
  if (!failures.some(stopsSide)) failures.push(...(await again(check, marketplace)));
  return { failures, allTaken };
}

/** What was set aside, where something of it is due; without, nothing is read and nothing stored. */
async function again(check: Check, marketplace: Marketplace): Promise<Failure[]> {
  const due = dueSetAside(await check.store.read(check.tenantId), check);
  const work = async () => {
    await retrySetAside(check, marketplace, due);
    return check.at;
  };
  return due.length === 0
    ? []
    : runSteps(check, 'marketplace', [{ name: 'set-aside', everyMs: 0, work }]);
}

/** Empty text as position: a first reading has begun but not everything is stored yet. */
async function readWindow(check: Check, marketplace: Marketplace, position: string | null) {
  const reader = await check.store.read(check.tenantId);
  const nowMs = millisecondsOf(check.at);
  const storedStart = reader.get('cursor', ordersStartId);
  const { fromMs, startMs } = orderWindow({
    nowMs,
    cursorMs: position === null || position === '' ? null : Date.parse(position),
    startMs: storedStart === null ? null : Date.parse(storedStart.position),
    oldestOpenMs: oldestOpenMs(reader),
    billFrom: earliestBillFrom(reader),
  });
  const start = instant(startMs);
  const isReachingBack = storedStart !== null && start < storedStart.position;
  if (storedStart === null) await storeStart(check, start);
  if (isReachingBack) await forgetMarks(check.store, check.tenantId);
  const read = await marketplace.orders({ from: instant(fromMs), to: check.at });
  await keep({ check, side: 'marketplace', unreadable: read.unreadable, whole: [] });
  const taken = await takeIn(check, marketplace, read.records);
  const allTaken = taken !== 'full';
  if (taken !== 'all') return { position: position ?? '', allTaken };
  if (isReachingBack) await storeStart(check, start);
  return { position: check.at, allTaken };
}

const storeStart = (check: Check, position: string): Promise<void> =>
  check.store.transact(check.tenantId, (tx) => {
    tx.put('cursor', { id: ordersStartId, position, checkedAt: check.at });
  });

function oldestOpenMs(reader: Reader): number | null {
  const open = reader.list('order').filter(({ status }) => status === 'open');
  return open.length === 0
    ? null
    : Math.min(...open.map(({ placedAt }) => millisecondsOf(placedAt)));
}

function earliestBillFrom(reader: Reader) {
  const active = reader.list('connection').filter(({ state }) => state !== 'disconnected');
  const ids = new Set<string>(active.map(({ id }) => id));
  const mappings = reader
    .list('customerMapping')
    .filter(({ connectionId }) => ids.has(connectionId));
  const dates = [...active, ...mappings].flatMap(({ billFrom }) => billFrom ?? []).sort();
  return dates[0] ?? null;
}

/**
 * Orders that may still complete (or be mended after an error) but are older than the window, and
 * those that could not be read: one call each, once a day.
 */
async function readOpenOrders(check: Check, marketplace: Marketplace): Promise<void> {
  const reader = await check.store.read(check.tenantId);
  const nowMs = millisecondsOf(check.at);
  const pending = reader.list('order').filter(({ status, placedAt }) => {
    const ageMs = nowMs - millisecondsOf(placedAt);
    const isOutside = status === 'failed' || ageMs > openOrderWindowMs;
    return (status === 'open' || status === 'failed') && isOutside && ageMs < openOrderMaxMs;
  });
  const kept = reader
    .list('keptRecord')
    .filter(
      ({ source, what, setAside }) =>
        source === 'marketplace' && what === 'order' && setAside === null,
    )
    .map(({ id }) => id.slice('marketplace|order|'.length));
  const ids = [...new Set([...pending.map(({ id }) => id), ...kept])].sort();
  await readAlone(check, marketplace, ids.slice(0, openOrdersPerDay));
}

/** Orders one by one, whatever window they are in. */
async function readAlone(
  check: Check,
  marketplace: Marketplace,
  ids: readonly string[],
): Promise<void> {
  const read = new Map<string, Awaited<ReturnType<Marketplace['order']>>>();
  for (const id of ids) {
    const one = await marketplace.order(id);
    await keep({ check, side: 'marketplace', unreadable: one.unreadable, whole: [] });
    read.set(id, one);
  }
  const order: Marketplace['order'] = async (id) => read.get(id) ?? marketplace.order(id);
  const records = [...read.values()].flatMap((one) => one.records);
  await takeIn(check, { ...marketplace, order }, records);
}

/** The list once a day; a subscription's detail only when its list form changed since. */
async function readSubscriptions(check: Check, marketplace: Marketplace): Promise<string> {
  const { records, unreadable } = await marketplace.subscriptions();
  const reader = await check.store.read(check.tenantId);
  const news: Subscription[] = [];
  const changed: Subscription[] = [];
  for (const record of records) {
    const stored = reader.get('subscription', record.id);
    if (stored === null) news.push(record);
    else if (isChanged(check, stored, record)) changed.push(record);
  }
  await upsert(check, 'subscription', news);
  await keep({ check, side: 'marketplace', unreadable, whole: ['subscription'] });
  for (const record of changed.slice(0, subscriptionDetailsPerDay)) {
    const detail = await marketplace.subscription(record.id);
    await upsert(check, 'subscription', detail.records.length > 0 ? detail.records : [record]);
    await keep({ check, side: 'marketplace', unreadable: detail.unreadable, whole: [] });
  }
  return check.at;
}

/** What subscriptions hold that no order tells of, so that their missing charges can be named. */
async function readUnpaid(
  check: Check,
  marketplace: Pick<Marketplace, 'subscription'>,
): Promise<string> {
  const { unread } = expectedOrders(await check.store.read(check.tenantId), check);
  for (const id of unread.slice(0, subscriptionDetailsPerDay)) {
    const detail = await marketplace.subscription(id);
    await upsert(check, 'subscription', detail.records);
    await keep({ check, side: 'marketplace', unreadable: detail.unreadable, whole: [] });
  }
  return check.at;
}

/** Dates of change have no time: one of today or yesterday may hide a later change (SimpleAPI 1.15). */
function isChanged(check: Check, stored: RecordOf<'subscription'>, listed: Subscription): boolean {
  const listForm = ({ products: _, detailed: __, ...rest }: Subscription) => canonical(rest);
  if (listForm(stored) !== listForm(listed)) return true;
  const yesterday = instant(millisecondsOf(check.at) - 2 * 24 * 60 * 60 * 1000).slice(0, 10);
  return stored.detailed && listed.modifiedDate !== null && listed.modifiedDate > yesterday;
}
