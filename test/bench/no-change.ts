import { openBusyRoad } from './busy-road.ts';
import { readyMonth } from './first-month.ts';
import { type Row, row } from './row.ts';

/** With what the small world has, just below 100 orders in the window. */
const volume = { customers: 30, subscriptions: 80, products: 10 };
const callsMax = 2;

/** What a check costs when nothing happened, both sides together. */
export async function benchNoChange(): Promise<Row[]> {
  const { road, sent } = await openBusyRoad();
  try {
    const { params } = await readyMonth({ road, sent, env: {} }, { invoice: 'existing', volume });
    const check = () => road.call('POST /v1/connections/:connectionId/check', { params });
    await check();
    sent.clear();
    const { ordersRead } = await check();
    const calls = [...sent.calls()];
    const count = (isToken: boolean) =>
      calls.reduce((sum, [call, times]) => sum + (isTokenCall(call) === isToken ? times : 0), 0);
    return [
      row('no-change check, orders known', ordersRead, 'orders'),
      row('no-change check', count(false), 'calls', callsMax),
      row('no-change check, access tokens', count(true), 'calls'),
    ];
  } finally {
    await road.close();
  }
}

const isTokenCall = (call: string): boolean => call.startsWith('POST ') && call.endsWith('/token');
