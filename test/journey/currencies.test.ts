import { expect } from 'vitest';
import { booksOf } from '../kit/books.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { standingIn } from '../kit/xero-lines.ts';
import { billAtHome } from '../sandbox/stories/home-vendor.ts';
import { expectToTheCent, journey, marketOf } from './journey.ts';

const orderNumbersAsking = async (ready: ReadyRoad, code: string): Promise<string[]> =>
  (await ready.tasks('needs'))
    .filter(({ needs }) => needs.some((need) => need.code === code))
    .map(({ orderNumber }) => orderNumber);

/** A month on, with the reseller's vendor billing in their own currency. */
async function aMonthOn(ready: ReadyRoad): Promise<void> {
  billAtHome(ready.road.world);
  await ready.pass({ months: 1 });
  await ready.order({ action: 'billing-run' });
  await ready.syncAll();
}
const currenciesIn = (ready: ReadyRoad): string[] =>
  [...new Set(standingIn(ready).map(({ currencyCode }) => currencyCode))].sort();

journey(
  'orders in another currency are converted at their own rate, and those that tell none ask',
  { settings: { otherCurrency: 'order-rate' } },
  async (ready) => {
    await ready.syncAll();
    const before = await orderNumbersAsking(ready, 'no-rate');
    expect(before.length).toBeGreaterThan(0);
    expect(currenciesIn(ready)).toEqual(['AUD']);
    await expectToTheCent(ready);
    const ordered = new Set(marketOf(ready).orders.map(({ order }) => order.orderNumber));
    await aMonthOn(ready);
    const after = await orderNumbersAsking(ready, 'no-rate');
    // Only what was ordered before orders told a rate.
    expect(after.filter((one) => !ordered.has(one))).toEqual([]);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(currenciesIn(ready)).toEqual(['AUD']);
    await expectToTheCent(ready);
  },
);

journey(
  'orders in another currency are converted at the rate of the day, and ask before there was one',
  { settings: { otherCurrency: 'my-rate' } },
  async (ready) => {
    await ready.syncAll();
    const asking = await orderNumbersAsking(ready, 'no-rate');
    expect(asking.length).toBeGreaterThan(0);
    await expectToTheCent(ready);
    const rate = (told: string, since: string) => ({ from: 'USD', to: 'AUD', rate: told, since });
    await ready.settings({ rates: [rate('1.5384615', '2026-11-01'), rate('1.6', '2026-12-10')] });
    expect(await orderNumbersAsking(ready, 'no-rate')).toEqual([]);
    await aMonthOn(ready);
    expect(currenciesIn(ready)).toEqual(['AUD']);
    await expectToTheCent(ready);
  },
);

journey(
  'orders in another currency take the system’s price, where there is one',
  { settings: { otherCurrency: 'system-price' } },
  async (ready) => {
    await ready.syncAll();
    await aMonthOn(ready);
    expect(currenciesIn(ready)).toEqual(['AUD']);
    const { person } = ready.road.world.systems.xero;
    const { products } = await booksOf(ready);
    const priced = products.map((one) => {
      const price = person.itemPrice(ready.organisation, one.item ?? '');
      return price === null ? one : { ...one, price };
    });
    expect(priced.some(({ price }) => price !== undefined)).toBe(true);
    await expectToTheCent(ready, { products: priced });
  },
);
