import { expect } from 'vitest';
import { exact, isZero, plus, written, zero } from '../bookkeeper/exact.ts';
import { connectAutotask } from '../kit/autotask-road.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import { found, looked, lookOf } from '../kit/looks.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { keepOpenLines } from '../sandbox/stories/open-lines.ts';
import type { Planted } from '../sandbox/stories/paper.ts';
import { readStanding } from '../simulation/standing/books.ts';
import { journey, marketOf } from './journey.ts';

/** By customer and product: with several subscriptions of one product nobody can say which one a line is. */
function netOf(amounts: readonly { of: string; monthly: string }[]): Record<string, string> {
  const sums = new Map<string, ReturnType<typeof exact>>();
  for (const { of, monthly } of amounts) sums.set(of, plus(sums.get(of) ?? zero, exact(monthly)));
  return Object.fromEntries(
    [...sums].flatMap(([of, sum]) => (isZero(sum) ? [] : [[of, written(sum)]])).sort(),
  );
}
function plantedAt(ready: ReadyRoad, { subscriptionId, monthly }: Planted) {
  const { subscriptions, products } = marketOf(ready);
  const subscription = must(subscriptions.get(subscriptionId), 'its subscription');
  const product = must(products.get(subscription.items[0]?.productId ?? ''), 'its product');
  return { of: `${subscription.customerId} ${product.name}`, monthly };
}

const systems = [
  { system: 'connectwise', connect: connectConnectWise },
  { system: 'autotask', connect: connectAutotask },
] as const;

for (const { system, connect } of systems) {
  const options = { openings: 'unanswered', seed: 10, connect } as const;
  const writesTo = ({ road }: ReadyRoad): number =>
    road.world.systems[system].journal().filter(({ actor }) => actor.startsWith('client:')).length;
  /** Seats on all lines that go on, and how many lines those are. */
  const standing = ({ road }: ReadyRoad): { seats: number; lines: number } => {
    const open = must(readStanding(road.world, system), 'its books')
      .lines()
      .filter(({ isOnce, isGone, until, quantity }) => {
        return !isOnce && !isGone && until === null && quantity > 0;
      });
    return { seats: open.reduce((sum, { quantity }) => sum + quantity, 0), lines: open.length };
  };

  journey(
    `${system}: lines kept open by hand are compared without a write, and every slip is found to the cent`,
    options,
    async (ready) => {
      const { planted, documents } = keepOpenLines(ready.road.world, system);
      expect(new Set(planted.map(({ slip }) => slip)).size).toBeGreaterThan(2);
      await ready.check();
      const before = writesTo(ready);
      const view = await looked(ready);
      expect(view).toMatchObject({ compares: 'open-lines', notCompared: { unread: 0 } });
      expect(view.read.documents).toBeGreaterThanOrEqual(documents);
      expect(view.linkable).toBeGreaterThan(0);
      const rows = await found(ready);
      const net = rows.map(({ customerId, name, monthly }) => ({
        of: `${customerId} ${name}`,
        monthly: monthly.amount,
      }));
      expect(netOf(net)).toEqual(netOf(planted.map((one) => plantedAt(ready, one))));
      expect(writesTo(ready)).toBe(before);
    },
  );

  journey(
    `${system}: an open line that is the same is linked without a write, and the next order changes that very line`,
    options,
    async (ready) => {
      const { road, params } = ready;
      keepOpenLines(road.world, system);
      await ready.check();
      const { linkable } = await looked(ready);
      const before = writesTo(ready);
      const [exact] = (await found(ready, 'exact')).filter((row) => {
        const own = marketOf(ready).subscriptions.get(row.id.split('|')[0] ?? '');
        return own?.currency === 'AUD' && own.status === 'active';
      });
      const same = must(exact, 'a line that is the same');
      const linked = await road.call('POST /v1/connections/:connectionId/look/answers', {
        params,
        body: { answer: 'link-exact' },
      });
      expect(linked).toEqual({ changed: linkable });
      expect(writesTo(ready)).toBe(before);
      expect((await lookOf(ready)).linkable).toBe(0);

      const subscriptionId = same.id.split('|')[0] ?? '';
      const quantity = Number(same.here?.quantity) + 2;
      const { seats, lines } = standing(ready);
      const [order] = await ready.order({ action: 'change', subscriptionId, quantity });
      await ready.syncAll();
      expect((await ready.tasks('done')).map((task) => task.orderNumber)).toContain(
        order?.orderNumber,
      );
      await ready.pass({ days: 1 });
      // What goes on from here is ours; nothing of it is compared or asked about any more.
      expect((await found(ready)).map(({ id }) => id)).not.toContain(same.id);
      const { rows } = await road.call('GET /v1/connections/:connectionId/drifts', {
        params,
        query: {},
      });
      expect(rows).toEqual([]);
      expect(standing(ready)).toEqual({ seats: seats + 2, lines });
    },
  );
}
