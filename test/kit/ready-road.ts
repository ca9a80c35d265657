import * as v from 'valibot';
import type { Settings } from '../../server/domain/settings.ts';
import type { PreviewBody } from '../../server/http/bodies.ts';
import type { TaskViewName } from '../../server/http/contract.ts';
import type { PlanView, PreviewView } from '../../server/http/views/plans.ts';
import type { RunView } from '../../server/http/views/runs.ts';
import type { TaskRow } from '../../server/http/views/tasks.ts';
import type { OrderCommand } from '../sandbox/control/order-command.ts';
import { openRoad, type Road } from './road.ts';
import type { Visitor } from './visitor.ts';

const organisationIndex = 1;
const ordersSchema = v.object({
  orders: v.array(
    v.object({
      id: v.string(),
      orderNumber: v.string(),
      customerId: v.string(),
      subscriptionId: v.exactOptional(v.string()),
    }),
  ),
});
export type PlacedOrder = v.InferOutput<typeof ordersSchema>['orders'][number];

/** A business in which everything is connected, mapped and answered: it only has to bill. */
export interface ReadyRoad<R extends Visitor = Road> {
  road: R;
  connectionId: string;
  params: { connectionId: string };
  /** Xero's id of the organisation that is connected. */
  organisation: string;
  billFrom: string;
  order(command: OrderCommand): Promise<PlacedOrder[]>;
  check(): Promise<void>;
  /** Time passes, and what becomes due by it is read; a later check is one of its own. */
  pass(step: { days?: number; ms?: number; months?: number }): Promise<void>;
  tasks(view: TaskViewName): Promise<TaskRow[]>;
  preview(choice?: PreviewBody['choice']): Promise<PreviewView>;
  /** Confirms plans as a person who saw them; the run as it was started. */
  confirm(plans: readonly PlanView[]): Promise<RunView>;
  /** The run when it has ended. */
  ended(runId: string): Promise<RunView>;
  run(runId: string): Promise<RunView>;
  /** Reads, shows everything that is ready and writes it. */
  syncAll(): Promise<RunView | null>;
  settings(change: Partial<Settings>): Promise<void>;
  close(): Promise<void>;
}
interface Wishes {
  settings?: Partial<Settings>;
  billFrom?: string;
  /** Leaves the opening questions and those of "bill from" to the test. */
  openings?: 'unanswered';
  /** Another system than Xero: connects it, and says which settings it needs. */
  connect?: (road: Visitor) => Promise<{ connectionId: string; settings: Partial<Settings> }>;
}

/** As far as a test of what stands in the system needs it, with the app wherever it runs. */
export type Ready = Omit<ReadyRoad<Visitor>, 'close'>;

/** From nothing to "ready to bill", through the routes that the page uses. */
export async function openReadyRoad(
  options: Parameters<typeof openRoad>[0] & Wishes = {},
): Promise<ReadyRoad> {
  const road = await openRoad(options);
  try {
    return { ...(await makeReady(road, options)), close: road.close };
  } catch (error) {
    await road.close();
    throw error;
  }
}

/** The same in any world, with the app wherever it runs. */
export async function makeReady<R extends Visitor>(
  road: R,
  { settings = {}, billFrom = '2026-11-01', openings, connect }: Wishes,
): Promise<Omit<ReadyRoad<R>, 'close'>> {
  await road.install();
  await road.connectMarketplace();
  const { connectionId, settings: own } = connect
    ? await connect(road)
    : {
        connectionId: await road.connectXero(organisationIndex),
        settings: { accountCode: '200' },
      };
  const ready = readyRoad(road, connectionId, billFrom);
  await ready.check();
  // A month that is larger than the one before is a question of its own, which few tests are about.
  await ready.settings({ monthOffPercent: null, ...own, ...settings });
  await road.call('PUT /v1/connections/:connectionId/bill-from', {
    params: ready.params,
    body: { date: billFrom },
  });
  await mapEverything(ready);
  if (openings !== 'unanswered') await answerOpenings(ready);
  return ready;
}

function readyRoad<R extends Visitor>(
  road: R,
  connectionId: string,
  billFrom: string,
): Omit<ReadyRoad<R>, 'close'> {
  const params = { connectionId };
  const run = (runId: string): Promise<RunView> =>
    road.call('GET /v1/connections/:connectionId/runs/:runId', { params: { ...params, runId } });
  const ready: Omit<ReadyRoad<R>, 'close'> = {
    road,
    connectionId,
    params,
    billFrom,
    organisation: road.world.systems.xero.organisations()[organisationIndex]?.tenantId ?? '',
    order: async (command) =>
      v.parse(ordersSchema, await road.control('/sandbox/orders', command)).orders,
    check: async () => {
      // Who asks during a check gets that one's answer, which may have begun before what is looked for.
      await road.until('a check under way', async () => {
        const found = await road.call('GET /v1/connections/:connectionId', { params });
        return !found.checking;
      });
      await road.call('POST /v1/connections/:connectionId/check', { params });
    },
    pass: async (step) => {
      road.world.clock.advance(step);
      await ready.check();
    },
    tasks: async (view) => {
      const page = await road.call('GET /v1/connections/:connectionId/tasks', {
        params,
        query: { view },
      });
      return page.rows;
    },
    preview: (choice = { kind: 'all' }) =>
      road.call('POST /v1/connections/:connectionId/preview', { params, body: { choice } }),
    confirm: (plans) =>
      road.call('POST /v1/connections/:connectionId/runs', {
        params,
        body: {
          parts: plans.map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds })),
        },
      }),
    run,
    ended: (runId) =>
      road.until('the run to end', async () => {
        const found = await run(runId);
        return found.endedAt === null ? null : found;
      }),
    syncAll: async () => {
      await ready.check();
      const { plans } = await ready.preview();
      const writable = plans.filter(({ needs }) => needs.length === 0);
      if (writable.length === 0) return null;
      return ready.ended((await ready.confirm(writable)).id);
    },
    settings: async (change) => {
      const { settings } = await road.call('GET /v1/connections/:connectionId/settings', {
        params,
      });
      await road.call('PUT /v1/connections/:connectionId/settings', {
        params,
        body: { settings: { ...settings, ...change } },
      });
    },
  };
  return ready;
}

/** Every running subscription starts with its next order; a period across "bill from" is ours. */
export async function answerOpenings({
  road,
  params,
  tasks,
}: Pick<ReadyRoad<Visitor>, 'road' | 'params' | 'tasks'>): Promise<void> {
  await road.call('POST /v1/connections/:connectionId/openings', {
    params,
    body: { subscriptionIds: 'all', answer: 'next-order' },
  });
  const asked = (await tasks('needs')).filter(({ needs }) =>
    needs.some(({ code }) => code === 'straddle'),
  );
  for (const customerId of new Set(asked.map((task) => task.customerId)))
    await road.call('POST /v1/connections/:connectionId/decisions', {
      params,
      body: {
        scope: { kind: 'customer', customerId },
        value: { kind: 'straddle', answer: 'bill' },
      },
    });
}

/** Exact suggestions are taken; whatever is left over is created in Xero. */
export async function mapEverything({
  road,
  params,
}: Pick<ReadyRoad<Visitor>, 'road' | 'params'>): Promise<void> {
  for (const key of [
    'POST /v1/connections/:connectionId/mappings/customers/bulk',
    'POST /v1/connections/:connectionId/mappings/products/bulk',
  ] as const) {
    await road.call(key, { params, body: { do: 'suggest' } });
    await road.call(key, { params, body: { do: 'confirm', ids: 'exact' } });
  }
  const only = { only: 'unmapped' } as const;
  const customers = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params,
    query: only,
  });
  if (customers.rows.length > 0)
    await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
      params,
      body: { do: 'create', ids: customers.rows.map(({ id }) => id) },
    });
  const products = await road.call('GET /v1/connections/:connectionId/mappings/products', {
    params,
    query: only,
  });
  if (products.rows.length > 0)
    await road.call('POST /v1/connections/:connectionId/mappings/products/create', {
      params,
      body: {
        items: products.rows.map(({ productKey, fee, partNumber, name }) => ({
          productKey,
          fee,
          draft: {
            code: (partNumber ?? productKey).slice(0, 30),
            name: name.slice(0, 50),
            description: null,
            price: null,
            accountCode: '200',
            taxType: null,
          },
        })),
      },
    });
}
