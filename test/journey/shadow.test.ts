import { expect } from 'vitest';
import type {
  ShadowCustomerLinesView,
  ShadowCustomerView,
  ShadowView,
} from '../../server/http/views/shadow.ts';
import { exact, isZero, plus, written, zero } from '../bookkeeper/exact.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { billOrdersByHand } from '../sandbox/stories/order-billing.ts';
import { expectToTheCent, journey, marketOf, newOrder } from './journey.ts';

const month = '2026-11';
const shadowOf = ({ road, params }: ReadyRoad, show: 'all' | 'clean' | 'different' = 'all') =>
  road.call('GET /v1/connections/:connectionId/shadow/:month', {
    params: { ...params, month },
    query: { show },
  });
const linesOf = (
  { road, params }: ReadyRoad,
  customerId: string,
): Promise<ShadowCustomerLinesView> =>
  road.call('GET /v1/connections/:connectionId/shadow/:month/customers/:customerId', {
    params: { ...params, month, customerId },
    query: {},
  });
const switchOver = (
  { road, params }: ReadyRoad,
  { customerId, seen }: Pick<ShadowCustomerView, 'customerId' | 'seen'>,
  from = '2026-12-01',
) =>
  road.ask('POST /v1/connections/:connectionId/shadow/:month/switch', {
    params: { ...params, month },
    body: { customerId, seen, from },
  });

/** The story is told, invoices are read, and the comparison stands. */
async function compared(ready: ReadyRoad): Promise<ShadowView> {
  const { road, params } = ready;
  await ready.check();
  await road.call('POST /v1/connections/:connectionId/look', { params });
  return road.until('the invoices to be read', async () => {
    const view = await shadowOf(ready);
    return view.look.state === 'done' ? view : null;
  });
}
const sumOf = (amounts: readonly { amount: string }[]): string =>
  written(amounts.reduce((all, { amount }) => plus(all, exact(amount)), zero));

const options = { openings: 'unanswered', billFrom: '2026-12-01', seed: 10 } as const;

journey(
  'a month billed by hand is compared with what automatic would bill, to the cent and without a write',
  options,
  async (ready) => {
    const { invoices, mistakes, right } = billOrdersByHand(ready.road.world, ready.organisation);
    expect(new Set(mistakes.map(({ slip }) => slip)).size).toBe(3);
    const before = writesTo(ready);
    const view = await compared(ready);
    expect(view).toMatchObject({ month, runs: true, switchFrom: '2026-12-01' });
    expect(view.months).toContain(month);
    expect(view.notCompared.count).toBe(invoices);
    expect(right.length).toBeGreaterThan(0);
    for (const customerId of right)
      expect(view.rows.find((row) => row.customerId === customerId)).toMatchObject({
        isClean: true,
        difference: [{ amount: expect.stringMatching(/^0(\.00)?$/) }],
      });
    for (const { customerId, missing } of mistakes) {
      const row = must(
        view.rows.find((each) => each.customerId === customerId),
        'a customer with a mistake',
      );
      expect(row.isClean).toBe(false);
      expect(sumOf(row.difference)).toBe(written(exact(missing)));
      const { rows } = await linesOf(ready, customerId);
      expect(sumOf(rows.map(({ difference }) => difference))).toBe(written(exact(missing)));
      const wrong = rows.filter(({ difference }) => !isZero(exact(difference.amount)));
      expect(wrong.every(({ verdict }) => verdict === 'differs' || verdict === 'only-ours')).toBe(
        true,
      );
    }
    const clean = await shadowOf(ready, 'clean');
    expect(clean.rows.map(({ customerId }) => customerId).sort()).toEqual([...right].sort());
    expect(writesTo(ready)).toBe(before);
    const { plans } = await ready.preview();
    expect(plans).toEqual([]);
  },
);

journey(
  'a customer is switched over when clean, and from that day on exactly theirs is billed automatically',
  options,
  async (ready) => {
    const { road } = ready;
    const { mistakes, right } = billOrdersByHand(road.world, ready.organisation);
    const view = await compared(ready);
    const rowOf = (customerId = '') =>
      must(
        view.rows.find((row) => row.customerId === customerId),
        'the customer',
      );
    const clean = rowOf(right.find((id) => marketOf(ready).customers.get(id)?.currency === 'AUD'));
    const other = rowOf(mistakes[0]?.customerId);
    expect((await switchOver(ready, other)).status).toBe(409);
    expect((await switchOver(ready, { ...clean, seen: 'something else' })).status).toBe(409);
    expect((await switchOver(ready, clean, '2026-11-30')).status).toBe(400);
    expect((await switchOver(ready, clean)).status).toBe(200);
    // That month stays compared: it is what was looked at. The next one has nothing to compare.
    expect((await shadowOf(ready, 'clean')).rows.map((row) => row.customerId)).toContain(
      clean.customerId,
    );

    await ready.settings({ automatic: { mode: 'every-5-minutes' } });
    await ready.pass({ days: 9 });
    const own = await newOrder(ready, { customerId: clean.customerId });
    await newOrder(ready, { customerId: other.customerId });
    await ready.check();
    const run = await road.until('the automatic run', async () => {
      const runs = await road.call('GET /v1/connections/:connectionId/runs', {
        params: ready.params,
      });
      return runs.find(({ kind, endedAt }) => kind === 'automatic' && endedAt !== null) ?? null;
    });
    expect(run.parts.map(({ state }) => state)).toEqual(['written']);
    const done = (await ready.tasks('done')).map(({ orderNumber }) => orderNumber);
    expect(done).toContain(own.orderNumber);
    const { rows: wrote } = await road.call('GET /v1/log', { query: { action: 'written' } });
    expect(new Set(wrote.map(({ customerId }) => customerId))).toEqual(new Set([clean.customerId]));
    const open = [...(await ready.tasks('ready')), ...(await ready.tasks('needs'))];
    await expectToTheCent(ready, { waiting: open.map(({ orderNumber }) => orderNumber) });
  },
);
