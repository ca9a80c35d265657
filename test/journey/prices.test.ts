import { expect } from 'vitest';
import type { DecisionBody } from '../../server/http/bodies.ts';
import type { NeedView, TaskRow } from '../../server/http/views/tasks.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { type PriceRise, raisePrice } from '../sandbox/stories/price-rise.ts';
import { runAway } from '../sandbox/stories/runaway.ts';
import { squeezeMargin } from '../sandbox/stories/thin-margin.ts';
import { expectToTheCent, journey, newOrder } from './journey.ts';

const asking = async (
  ready: ReadyRoad,
  code: string,
): Promise<{ task: TaskRow; need: NeedView }[]> =>
  (await ready.tasks('needs')).flatMap((task) =>
    task.needs.flatMap((need) => (need.code === code ? [{ task, need }] : [])),
  );
const decide = ({ road, params }: ReadyRoad, body: DecisionBody) =>
  road.call('POST /v1/connections/:connectionId/decisions', { params, body });
const today = ({ road }: ReadyRoad): string =>
  new Date(road.world.clock.nowMs()).toISOString().slice(0, 10);
const orderNumbers = (found: readonly { task: TaskRow }[]): string[] => [
  ...new Set(found.map(({ task }) => task.orderNumber)),
];

/** November is billed; then the price goes up, and December is charged. */
async function untilItAsks(
  ready: ReadyRoad,
): Promise<{ rise: PriceRise; need: NeedView; since: string }> {
  await ready.syncAll();
  const rise = raisePrice(ready.road.world);
  const since = today(ready);
  await ready.pass({ months: 1 });
  await ready.order({ action: 'billing-run' });
  await ready.check();
  const asked = await asking(ready, 'price-changed');
  expect(asked.length).toBeGreaterThan(1);
  const { need } = must(asked[0], 'the question');
  expect(new Set(asked.map(({ need: one }) => JSON.stringify(one.facts.seen))).size).toBe(1);
  return { rise, need, since };
}
const productOf = ({ subject }: NeedView) => ({ kind: 'product' as const, productKey: subject });
const movesOf = ({ facts }: NeedView): string[] => (facts.seen ?? '').split('; ');

/** What all of them cost more a month, a sum for each currency. */
function moreOf({ subscriptions }: PriceRise): string {
  const cents = new Map<string, number>();
  for (const { currency, more } of subscriptions)
    cents.set(currency, (cents.get(currency) ?? 0) + Math.round(Number(more) * 100));
  return [...cents]
    .sort()
    .map(([currency, sum]) => `${sum / 100} ${currency}`)
    .join(', ');
}

journey(
  'a price that went up asks once for all lines of the product, and is kept until a date',
  {},
  async (ready) => {
    const { rise, need, since } = await untilItAsks(ready);
    expect(need.guard).toBe(true);
    expect(need.facts).toMatchObject({
      name: rise.name,
      lines: String(rise.subscriptions.length),
      customers: String(new Set(rise.subscriptions.map(({ customerId }) => customerId)).size),
      more: moreOf(rise),
    });
    await ready.syncAll();
    const waiting = orderNumbers(await asking(ready, 'price-changed'));
    expect(waiting).toHaveLength(rise.subscriptions.length);
    await expectToTheCent(ready, { waiting });

    const until = '2027-02-01';
    await decide(ready, {
      scope: productOf(need),
      value: { kind: 'price-change', answer: 'keep', moves: movesOf(need), until },
    });
    expect(await asking(ready, 'price-changed')).toEqual([]);
    await ready.syncAll();
    const kept = [{ product: rise.productId, since, until }];
    await expectToTheCent(ready, { kept });

    const shown = await ready.road.call('GET /v1/connections/:connectionId/decisions', {
      params: ready.params,
      query: { kind: 'price' },
    });
    expect(shown.rows.map(({ subject, value }) => [subject, value.kind])).toEqual([
      [rise.name, 'price-change'],
    ]);
    // The months after: kept as long as it was said, then passed on without another question.
    for (let months = 0; months < 2; months += 1) {
      await ready.pass({ months: 1 });
      await ready.order({ action: 'billing-run' });
      await ready.syncAll();
      expect(await asking(ready, 'price-changed')).toEqual([]);
      await expectToTheCent(ready, { kept });
    }
  },
);

journey('a price that went up is held, and then passed on', {}, async (ready) => {
  const { need } = await untilItAsks(ready);
  const answer = (value: 'hold' | 'pass-on') =>
    decide(ready, {
      scope: productOf(need),
      value: { kind: 'price-change', answer: value, moves: movesOf(need) },
    });
  await answer('hold');
  const held = await asking(ready, 'price-changed');
  expect(held.map(({ need: one }) => [one.guard, one.facts.by !== undefined])).toEqual(
    held.map(() => [false, true]),
  );
  await ready.syncAll();
  await expectToTheCent(ready, { waiting: orderNumbers(held) });
  await answer('pass-on');
  await ready.syncAll();
  expect(await asking(ready, 'price-changed')).toEqual([]);
  await expectToTheCent(ready);
});

journey(
  'a month in which use ran away is not written until a person says it is right',
  { settings: { monthOffPercent: 25 } },
  async (ready) => {
    await ready.syncAll();
    await ready.pass({ months: 1 });
    await ready.order({ action: 'billing-run' });
    await ready.syncAll();
    await acceptMonths(ready);
    await ready.syncAll();
    await ready.pass({ days: 1 });
    const { customerId } = runAway(ready.road.world);
    await newOrder(ready, { customerId, quantity: 1 });
    const writes = writesTo(ready);
    await ready.syncAll();
    const asked = await asking(ready, 'month-off');
    expect(new Set(asked.map(({ task }) => task.customerId))).toEqual(new Set([customerId]));
    expect(asked.length).toBe(2);
    expect(writesTo(ready)).toBe(writes);
    const { facts } = must(asked[0], 'the question').need;
    expect(Number(facts.amount)).toBeGreaterThan(Number(facts.last) * 1.25);
    await expectToTheCent(ready, { waiting: orderNumbers(asked) });
    await acceptMonths(ready);
    await ready.syncAll();
    expect(await asking(ready, 'month-off')).toEqual([]);
    await expectToTheCent(ready);
  },
);

/** The first whole month of a seeded business may well be far off the month it was installed in. */
async function acceptMonths(ready: ReadyRoad): Promise<void> {
  const asked = await asking(ready, 'month-off');
  for (const { subject, facts } of new Map(asked.map(({ need }) => [need.subject, need])).values())
    await decide(ready, {
      scope: { kind: 'customer', customerId: subject },
      value: { kind: 'accept', need: 'month-off', seen: facts.seen ?? '' },
    });
}

journey(
  'a margin below its floor holds where the vendor’s floor says so, and warns elsewhere',
  { settings: { marginFloor: { mode: 'warn', percent: 10 } } },
  async (ready) => {
    await ready.syncAll();
    const thin = squeezeMargin(ready.road.world);
    await ready.pass({ months: 1 });
    await ready.order({ action: 'billing-run' });
    await ready.check();
    expect(await asking(ready, 'below-margin')).toEqual([]);
    const { plans } = await ready.preview();
    const warned = plans.flatMap(({ warnings }) => warnings.map(({ code }) => code));
    expect(warned).toContain('margin-low');

    await decide(ready, {
      scope: { kind: 'vendor', vendor: thin.vendor },
      value: { kind: 'margin', act: 'hold', percent: thin.left + 1 },
    });
    const asked = await asking(ready, 'below-margin');
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ need }) => need.facts.margin))).toEqual(
      new Set([`${thin.left} %`]),
    );
    await ready.syncAll();
    // With a discount of its own, a line may be below cost altogether, which is another question.
    const belowCost = orderNumbers(await asking(ready, 'below-cost'));
    await expectToTheCent(ready, { waiting: [...orderNumbers(asked), ...belowCost] });

    // The vendor is known to be dear: no floor for this one.
    await decide(ready, {
      scope: { kind: 'vendor', vendor: thin.vendor },
      value: { kind: 'margin', act: 'off' },
    });
    await ready.syncAll();
    expect(await asking(ready, 'below-margin')).toEqual([]);
    await expectToTheCent(ready, { waiting: belowCost });
  },
);
