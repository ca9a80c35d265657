import { expect } from 'vitest';
import type { Api } from '../../server/http/contract.ts';
import type { FoundView } from '../../server/http/views/look.ts';
import { exact, isZero, plus, written, zero } from '../bookkeeper/exact.ts';
import { found, looked, lookOf } from '../kit/looks.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { billByHand } from '../sandbox/stories/hand-billing.ts';
import type { Planted, Slip } from '../sandbox/stories/paper.ts';
import { expectToTheCent, journey, marketOf } from './journey.ts';

/** A seed in which the story plants every slip there is. */
const seed = 10;
type Answer = Api['POST /v1/connections/:connectionId/look/answers']['input']['body'];

const answer = ({ road, params }: ReadyRoad, body: Answer) =>
  road.call('POST /v1/connections/:connectionId/look/answers', { params, body });

const kinds: Readonly<Record<Slip, FoundView['kind']>> = {
  'seats-forgotten': 'quantity',
  'seats-kept': 'quantity',
  'old-price': 'price',
  forgotten: 'unpaid',
  cancelled: 'cancelled',
};

/** What is found, or was planted, by customer and product: to the cent, and without what sums to nothing. */
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

journey(
  'what was billed by hand is looked at without a write, and every slip is found to the cent',
  { openings: 'unanswered', seed },
  async (ready) => {
    const { planted, invoices } = billByHand(ready.road.world, ready.organisation);
    expect(new Set(planted.map(({ slip }) => slip))).toEqual(new Set(Object.keys(kinds)));
    const before = writesTo(ready);
    const view = await looked(ready);
    expect(view.read.documents).toBe(invoices);
    expect(view.notCompared.unread).toBe(0);
    expect(writesTo(ready)).toBe(before);

    const rows = await found(ready);
    const net = rows.map(({ customerId, name, monthly }) => ({
      of: `${customerId} ${name}`,
      monthly: monthly.amount,
    }));
    expect(netOf(net)).toEqual(netOf(planted.map((one) => plantedAt(ready, one))));
    // Two slips of one product and customer may be told either way; each other one has its own kind.
    for (const one of planted) {
      const { of } = plantedAt(ready, one);
      if (planted.filter((each) => plantedAt(ready, each).of === of).length > 1) continue;
      const own = rows.filter(({ customerId, name }) => `${customerId} ${name}` === of);
      expect(own.map(({ kind }) => kind)).toEqual([kinds[one.slip]]);
    }
    const weights = rows.map(({ monthly }) => Math.abs(Number(monthly.amount)));
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  },
);

journey(
  'exact matches are linked at once, the rest is answered one by one, and nothing is billed before or twice',
  { openings: 'unanswered', seed },
  async (ready) => {
    billByHand(ready.road.world, ready.organisation);
    const { linkable } = await looked(ready);
    const before = writesTo(ready);
    expect(await answer(ready, { answer: 'link-exact' })).toEqual({ changed: linkable });
    expect(linkable).toBeGreaterThan(0);
    expect((await lookOf(ready)).linkable).toBe(0);
    expect((await found(ready, 'answered')).every((row) => row.answer === 'link')).toBe(true);
    expect(writesTo(ready)).toBe(before);

    const [short] = (await found(ready, 'quantity')).filter(({ answers }) =>
      answers.includes('link'),
    );
    const seats = must(short, 'a line with other seats');
    const subscriptionId = seats.id.split('|')[0] ?? '';
    const [order] = await ready.order({ action: 'change', subscriptionId, quantity: 30 });
    await ready.syncAll();
    const waiting = (await ready.tasks('needs')).find(
      ({ orderNumber }) => orderNumber === order?.orderNumber,
    );
    expect(waiting?.needs.map(({ code }) => code)).toContain('opening');

    // The seats changed meanwhile, so what was seen is no longer what is answered.
    const stale = await ready.road.ask('POST /v1/connections/:connectionId/look/answers', {
      params: ready.params,
      body: { answer: 'link', id: seats.id, seen: 'as it was' },
    });
    expect(stale.status).toBe(409);
    for (const row of await found(ready))
      await answer(ready, {
        answer: row.answers.includes('link') ? 'link' : (row.answers[0] ?? 'known'),
        id: row.id,
        seen: row.seen,
      });
    expect(await found(ready)).toEqual([]);
    await ready.syncAll();
    const done = (await ready.tasks('done')).map(({ orderNumber }) => orderNumber);
    expect(done).toContain(order?.orderNumber);
    await expectToTheCent(ready);
  },
);

journey(
  'what was left as it is comes back when its figures change, and an answer can be taken back',
  { openings: 'unanswered', seed },
  async (ready) => {
    billByHand(ready.road.world, ready.organisation);
    await looked(ready);
    const [first] = await found(ready, 'unpaid');
    const unpaid = must(first, 'a subscription nobody pays for');
    const say = (said: 'known' | 'open' | 'link', row = unpaid) =>
      ({ answer: said, id: row.id, seen: row.seen }) as const;
    await answer(ready, say('known'));
    expect(await found(ready, 'unpaid')).toEqual([]);
    await answer(ready, say('open'));
    expect((await found(ready, 'unpaid')).map(({ id }) => id)).toEqual([unpaid.id]);
    await answer(ready, say('known'));
    const subscriptionId = unpaid.id.split('|')[0] ?? '';
    await ready.order({ action: 'change', subscriptionId, quantity: 31 });
    await ready.pass({ days: 1 });
    const [again] = await found(ready, 'unpaid');
    expect(again).toMatchObject({ id: unpaid.id, here: { quantity: '31' } });
    const refused = await ready.road.ask('POST /v1/connections/:connectionId/look/answers', {
      params: ready.params,
      body: say('link', must(again, 'it is back')),
    });
    expect(refused.status).toBe(400);
  },
);

let details = 0;
const countsDetails: Parameters<typeof journey>[1] = {
  openings: 'unanswered',
  seed,
  change: (given, world) => ({
    ...given,
    fetch: (request) => {
      const { origin, pathname } = new URL(request.url);
      const isDetail =
        origin === world.urls.marketplace && /\/subscriptions\/[^/]+$/.test(pathname);
      if (isDetail) details += 1;
      return given.fetch(request);
    },
  }),
};

journey('a look goes on where it was after the app was killed', countsDetails, async (ready) => {
  const { road, params } = ready;
  const { invoices } = billByHand(road.world, ready.organisation);
  details = 0;
  await road.call('POST /v1/connections/:connectionId/look', { params });
  const { read } = await road.until('some details', async () => {
    const now = await lookOf(ready);
    return now.read.subscriptions > 0 ? now : null;
  });
  await road.crash();
  await road.begin();
  const view = await road.until('the look to end', async () => {
    const now = await lookOf(ready);
    return now.state === 'done' ? now : null;
  });
  expect(view.read.documents).toBe(invoices);
  expect(view.notCompared.unread).toBe(0);
  // What was stored before is not read again; what was under way is.
  expect(details).toBeLessThanOrEqual(2 * view.read.subscriptionsTotal - read.subscriptions);
});
