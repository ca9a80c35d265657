import type { Settings } from '../../server/domain/settings.ts';
import type { Api } from '../../server/http/contract.ts';
import type { Road } from '../kit/road.ts';
import type { World } from '../sandbox/world.ts';
import type { BusyRoad } from './busy-road.ts';
import { changesOnly } from './counted-fetch.ts';
import { newBusiness, type Volume } from './new-business.ts';

export interface ReadyMonth {
  params: { connectionId: string };
  preview: Api['POST /v1/connections/:connectionId/preview']['reply'];
  /** Calls by method and path, from connecting until everything was ready to be written. */
  xero: Record<string, number>;
  marketplace: Record<string, number>;
  /** Calls to Xero among them that asked only for what changed since the one before: later checks. */
  looks: number;
  /** Real milliseconds of each step. */
  tookMs: Record<string, number>;
}
export interface FirstMonth extends ReadyMonth {
  /** Calls to Xero of everything, the writing included. */
  xeroAll: Record<string, number>;
  documents: number;
}
type Options = {
  invoice: Settings['invoice'];
  volume: Volume;
  /** What else is so when the marketplace is connected. */
  given?: (world: World) => void;
};
type Params = ReadyMonth['params'];

/** A reseller's first month through the app's own API, written to Xero in one run. */
export async function firstMonth(busy: BusyRoad, options: Options): Promise<FirstMonth> {
  const ready = await readyMonth(busy, options);
  const documents = await timedStep(ready.tookMs, 'run', () => runAll(busy.road, ready));
  return { ...ready, documents, xeroAll: busy.road.world.systems.xero.calls() };
}

/** Both sides connected, every customer and product created in Xero, all previewed. */
export async function readyMonth(
  { road, sent }: BusyRoad,
  { invoice, volume, given }: Options,
): Promise<ReadyMonth> {
  const tookMs: Record<string, number> = {};
  const step = <T>(name: string, work: () => Promise<T>) => timedStep(tookMs, name, work);
  const { customerIds, mpns } = newBusiness(road.world, volume);
  given?.(road.world);
  await road.install();
  sent.clear();
  await road.connectMarketplace();
  const params = { connectionId: await road.connectXero() };
  // The wizard's next step is the settings, while the first check is still under way.
  await road.call('GET /v1/connections/:connectionId/settings', { params });
  await step('check', () => untilTaken(road, params, volume.subscriptions));
  await step('settings', () => answerQuestions(road, params, invoice));
  await step('customers', () =>
    road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
      params,
      body: { do: 'create', ids: customerIds },
    }),
  );
  await step('products', () => createItems(road, params, mpns));
  const preview = await step('preview', () =>
    road.call('POST /v1/connections/:connectionId/preview', {
      params,
      body: { choice: { kind: 'all' } },
    }),
  );
  const xero = road.world.systems.xero.calls();
  const marketplace = callsTo(sent.calls(), road.world.urls.marketplace);
  const changes = [...sent.calls()].filter(([call]) => call.endsWith(changesOnly));
  const looks = changes.reduce((sum, [, count]) => sum + count, 0);
  return { params, preview, xero, looks, marketplace, tookMs };
}

async function timedStep<T>(
  tookMs: Record<string, number>,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  const result = await work();
  tookMs[name] = Math.round(performance.now() - startedMs);
  return result;
}

async function untilTaken(road: Road, params: Params, subscriptions: number): Promise<void> {
  await road.until('the first check', async () => {
    const { total } = await road.call('GET /v1/connections/:connectionId/tasks', {
      params,
      query: { view: 'all' },
    });
    return total >= subscriptions;
  });
}

async function answerQuestions(
  road: Road,
  params: Params,
  invoice: Settings['invoice'],
): Promise<void> {
  const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
  await road.call('PUT /v1/connections/:connectionId/settings', {
    params,
    body: { settings: { ...settings, accountCode: '200', invoice } },
  });
  await road.call('PUT /v1/connections/:connectionId/bill-from', {
    params,
    body: { date: '2026-11-01' },
  });
}

async function createItems(road: Road, params: Params, mpns: readonly string[]): Promise<void> {
  const wanted = new Set(mpns);
  const items = [];
  for (let page: string | null = '0'; page !== null; ) {
    const found: Api['GET /v1/connections/:connectionId/mappings/products']['reply'] =
      await road.call('GET /v1/connections/:connectionId/mappings/products', {
        params,
        query: { page },
      });
    items.push(...found.rows.filter(({ partNumber }) => wanted.has(partNumber ?? '')));
    page = found.next;
  }
  await road.call('POST /v1/connections/:connectionId/mappings/products/create', {
    params,
    body: {
      items: items.map(({ productKey, fee, partNumber, name }) => ({
        productKey,
        fee,
        draft: {
          code: partNumber ?? '',
          name,
          description: null,
          price: null,
          accountCode: '200',
          taxType: null,
        },
      })),
    },
  });
}

async function runAll(road: Road, { params, preview }: ReadyMonth): Promise<number> {
  const parts = preview.plans
    .filter(({ needs }) => needs.length === 0)
    .map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds }));
  const { id: runId } = await road.call('POST /v1/connections/:connectionId/runs', {
    params,
    body: { parts },
  });
  const run = await road.until('the run', async () => {
    const now = await road.call('GET /v1/connections/:connectionId/runs/:runId', {
      params: { ...params, runId },
    });
    return now.endedAt === null ? null : now;
  });
  return run.parts.filter(({ state }) => state === 'written').length;
}

export function callsTo(
  calls: ReadonlyMap<string, number>,
  origin: string,
): Record<string, number> {
  return Object.fromEntries(
    [...calls]
      .filter(([key]) => key.includes(` ${origin}/`))
      .map(([key, count]) => [key.replace(origin, ''), count]),
  );
}
