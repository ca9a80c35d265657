import type { Settings } from '../../server/domain/settings.ts';
import { FIRST_TENANT_ID } from '../sandbox/marketplace/config.ts';
import { openBusyRoad } from './busy-road.ts';
import { firstMonth } from './first-month.ts';
import { fullVolume, type Volume } from './new-business.ts';
import { type Row, row } from './row.ts';

/** The most that 1,000 new subscriptions of 400 new customers with 60 new products may cost. */
const budgets = { reads: 12, writes: { existing: 17, 'per-order': 29 } };
const pageSize = 100;
/** The access is tried once before it is stored. */
const trialCalls = 1;

/** Calls to both sides for the first month, in the two ways of making invoices. */
export async function benchCalls(): Promise<Row[]> {
  return [...(await callsOf('existing', fullVolume)), ...(await callsOf('per-order', fullVolume))];
}

export async function callsOf(
  invoice: Extract<Settings['invoice'], 'existing' | 'per-order'>,
  volume: Volume,
): Promise<Row[]> {
  const busy = await openBusyRoad();
  try {
    const month = await firstMonth(busy, { invoice, volume });
    const { account } = busy.road.world.marketplace.market.scene(FIRST_TENANT_ID, 'control');
    const { customers, products, subscriptions, orders } = account;
    // The subscriptions once more for the days of the renewals among the orders, however many.
    const lists = [customers.size, products.size, subscriptions.size, subscriptions.size].map(
      pagesOf,
    );
    const orderPages = pagesOf(orders.length);
    const isDetail = (call: string) => call.startsWith('GET /simpleapi/orders/');
    const isOrders = (call: string) => call.startsWith('GET /simpleapi/orders');
    const isList = (call: string) => call.startsWith('GET /simpleapi/') && !isOrders(call);
    const name = (what: string) => `${invoice}: ${what}`;
    const documents = invoice === 'existing' ? volume.customers : volume.subscriptions;
    return [
      row(name('documents written'), month.documents, `of ${documents}`),
      row(
        name('Xero writes'),
        total(month.xeroAll, (call) => !call.startsWith('GET ')),
        'calls',
        budgets.writes[invoice],
      ),
      row(
        name('Xero reads, first connection'),
        total(month.xero, (call) => call.startsWith('GET ')) - month.looks,
        'calls',
        budgets.reads,
      ),
      row(name('Xero looks for changes, later checks'), month.looks, 'calls'),
      row(
        name('marketplace lists'),
        total(month.marketplace, isList),
        'calls',
        lists.reduce((sum, pages) => sum + pages, trialCalls),
      ),
      row(
        name('marketplace order lists'),
        total(month.marketplace, (call) => isOrders(call) && !isDetail(call)),
        `calls, ${orderPages} a check`,
      ),
      row(
        name('marketplace order details'),
        total(month.marketplace, isDetail),
        'calls',
        orders.length,
      ),
      ...Object.entries(month.tookMs).map(([step, tookMs]) =>
        row(name(`${step} took`), tookMs, 'ms'),
      ),
    ];
  } finally {
    await busy.road.close();
  }
}

/** Each page begins with the last record of the one before. */
const pagesOf = (records: number): number => Math.max(1, Math.ceil((records - 1) / (pageSize - 1)));

const total = (calls: Record<string, number>, counts: (call: string) => boolean): number =>
  Object.entries(calls).reduce((sum, [call, count]) => sum + (counts(call) ? count : 0), 0);
