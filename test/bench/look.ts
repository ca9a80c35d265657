import { setTimeout as sleep } from 'node:timers/promises';
import type { LookView } from '../../server/http/views/look.ts';
import { FIRST_TENANT_ID } from '../sandbox/marketplace/config.ts';
import { billByHand } from '../sandbox/stories/hand-billing.ts';
import type { Planted } from '../sandbox/stories/paper.ts';
import type { World } from '../sandbox/world.ts';
import { type BusyRoad, openBusyRoad } from './busy-road.ts';
import { callsTo, type ReadyMonth, readyMonth } from './first-month.ts';
import type { Volume } from './new-business.ts';
import { quantiles, type Row, rounded, row, timed } from './row.ts';

const volume: Volume = { customers: 120, subscriptions: 900, products: 61 };
const organisationIndex = 1;
/** Long enough that all of it should be on the invoices of three months. */
const runningSince = '2026-01-05';
const rounds = 20;
const minuteMs = 60_000;
const pollMs = 500;
const pollsMax = 100;
/** One page of a thousand invoices each; a call a subscription; and the pace of 54 calls a minute. */
const budgets = { systemReads: 2, minutes: 20, pageMs: 500 };

/** The read-only look at a reseller with 900 subscriptions who billed them by hand for three months. */
export async function benchLook(): Promise<Row[]> {
  const busy = await openBusyRoad();
  try {
    const { params } = await readyMonth(busy, { invoice: 'existing', volume, given: longRunning });
    const { road, sent } = busy;
    const [organisation] = road.world.systems.xero.organisations().slice(organisationIndex);
    const { invoices, planted } = billByHand(road.world, organisation?.tenantId ?? '');
    sent.clear();
    const begunMs = road.world.clock.nowMs();
    const startedMs = performance.now();
    const view = await looked(busy, params);
    const tookMs = performance.now() - startedMs;
    const marketplace = callsTo(sent.calls(), road.world.urls.marketplace);
    const system = callsTo(sent.calls(), road.world.urls.systems.xero);
    const read = () => road.call('GET /v1/connections/:connectionId/look', { params, query: {} });
    return [
      row('look: subscriptions read', view.read.subscriptions, 'subscriptions'),
      row('look: invoices read', view.read.documents, `of ${invoices}`),
      row('look: same on both sides', view.counts.exact ?? 0, 'subscriptions'),
      row('look: differences found', view.total, `of ${plantedIn(road.world, planted)} planted`),
      row('look: Xero reads', system['GET /Invoices'] ?? 0, 'calls', budgets.systemReads),
      row(
        'look: Xero writes',
        Object.keys(system).filter((call) => /^(PUT|POST) \/[A-Z]/.test(call)).length,
        'calls',
        0,
      ),
      row(
        'look: marketplace details',
        marketplace['GET /simpleapi/subscriptions/{id}'] ?? 0,
        'calls',
        view.read.subscriptionsTotal,
      ),
      row(
        'look: from start to end',
        rounded((road.world.clock.nowMs() - begunMs) / minuteMs),
        'minutes at the allowed pace',
        budgets.minutes,
      ),
      row('look: worked', Math.round(tookMs), 'ms'),
      ...quantiles('look page', await timed(rounds, read)).map((one) => ({
        ...one,
        budgetMax: budgets.pageMs,
      })),
    ];
  } finally {
    await busy.road.close();
  }
}

async function looked({ road }: BusyRoad, params: ReadyMonth['params']): Promise<LookView> {
  await road.call('POST /v1/connections/:connectionId/look', { params });
  for (let polls = 0; polls < pollsMax; polls += 1) {
    await sleep(pollMs);
    const view = await road.call('GET /v1/connections/:connectionId/look', { params, query: {} });
    if (view.state === 'done') return view;
  }
  throw new Error('the look did not end');
}

/** What was placed a moment ago has been running for months. */
function longRunning({ marketplace }: World): void {
  for (const subscription of marketplace.market.account(FIRST_TENANT_ID).subscriptions.values())
    if (subscription.creationDate > runningSince) subscription.creationDate = runningSince;
}

/** Slips with the customers that were matched; those of the seed stay as they are. */
function plantedIn({ marketplace }: World, planted: readonly Planted[]): number {
  const { subscriptions, customers } = marketplace.market.account(FIRST_TENANT_ID);
  const news = new Set([...customers.keys()].slice(-volume.customers));
  return planted.filter(({ subscriptionId }) =>
    news.has(subscriptions.get(subscriptionId)?.customerId ?? ''),
  ).length;
}
