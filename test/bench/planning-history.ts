import { performance } from 'node:perf_hooks';
import { planTasks } from '../../server/sync/plan/plan.ts';
import { worldOf } from '../../server/sync/plan/world.ts';
import { planManifest } from '../kit/plan-world.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { must } from '../sandbox/must.ts';
import { tenantId } from '../sync/check-world.ts';
import { oldBusiness } from './old-business.ts';
import { type Row, rounded, row } from './row.ts';

const rounds = 5;
const subscriptions = 900;
const oldOrders = 10_000;
/** Twice the orders may take this much longer: twice, and what the machine’s own noise adds. */
const growthMax = 2.6;

/** Plans of a month after many months were billed: as many customers as usual, and all of it one customer's. */
export async function benchPlanningHistory(): Promise<Row[]> {
  return [...rowsOf('120 customers', 120), ...rowsOf('one customer', 1)];
}

function rowsOf(name: string, customers: number): Row[] {
  const half = fastest(customers, 500);
  const whole = fastest(customers, 1_000);
  return [
    row(`planning 500 orders after 10,000, ${name}`, rounded(half), 'ms'),
    row(`planning 1,000 orders after 10,000, ${name}`, rounded(whole), 'ms'),
    row(`twice the orders, ${name}`, rounded(whole / half), 'times as long', growthMax),
  ];
}

/** The quickest of some rounds: what the work itself takes. */
function fastest(customers: number, newOrders: number): number {
  const reader = oldBusiness({ customers, subscriptions, oldOrders, newOrders });
  const connection = must(reader.list('connection')[0], 'the connection');
  const nowMs = Date.parse('2026-11-23T10:00:00Z');
  const ready = reader.list('task');
  const tookMs = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    const world = worldOf({
      reader,
      tenantId,
      connection,
      manifest: planManifest,
      crypto: testCrypto,
      nowMs,
    });
    const { plans } = planTasks(world, ready);
    const planned = plans.flatMap(({ lines }) => lines).length;
    if (planned !== newOrders) throw new Error(`${planned} of ${newOrders} orders were planned`);
    return performance.now() - startedMs;
  });
  return Math.min(...tookMs);
}
