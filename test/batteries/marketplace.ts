import { expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import type { Marketplace, MarketplaceContext } from '../../server/domain/ports/marketplace.ts';

/** What a marketplace's folder gives to run the battery: an adapter on a played marketplace. */
export interface MarketplaceBattery {
  name: string;
  /** Opened on a world with orders, customers, products and subscriptions, at this time. */
  open(changes?: Partial<Pick<MarketplaceContext, 'credentials' | 'spend'>>): Marketplace;
  /** A span of creation times with at least one page of orders. */
  window: { from: number; to: number };
  wrongCredentials: Readonly<Record<string, string>>;
  /** Words that stand in the marketplace's contacts and parameters and must never come out. */
  secretWords: RegExp;
}

/** What every marketplace adapter must hold, whatever is behind it. */
export function marketplaceBattery({ name, open, window, ...given }: MarketplaceBattery): void {
  const span = { from: instant(window.from), to: instant(window.to) };
  const said = (what: string) => `${name}: ${what}`;

  test(said('the credentials are proved by one call'), async () => {
    let calls = 0;
    const marketplace = open({
      spend: async () => {
        calls += 1;
      },
    });
    await marketplace.test();
    const first = calls;
    await marketplace.test();
    expect(first).toBeLessThanOrEqual(2);
    expect(calls - first).toBe(1);
  });

  test(said('wrong credentials ask somebody to reconnect'), async () => {
    const marketplace = open({ credentials: given.wrongCredentials });
    await expect(marketplace.test()).rejects.toMatchObject({
      code: 'marketplace.credentials',
      retry: { kind: 'reconnect' },
    });
  });

  test(said('lists hold each record once, readable, without secrets'), async () => {
    const marketplace = open();
    for (const read of [
      await marketplace.customers(),
      await marketplace.products(),
      await marketplace.subscriptions(),
      await marketplace.orders(span),
    ]) {
      expect(read.unreadable).toEqual([]);
      expect(read.records.length).toBeGreaterThan(0);
      expect(new Set(read.records.map(({ id }) => id)).size).toBe(read.records.length);
      const text = JSON.stringify(read.records, (_, value) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      expect(text).not.toMatch(given.secretWords);
    }
  });

  test(
    said('orders lie in the window, and their detail has the same charges and revision'),
    async () => {
      const marketplace = open();
      const { records } = await marketplace.orders(span);
      for (const listed of records) {
        expect(listed.detailed).toBe(false);
        expect(listed.placedAt >= span.from && listed.placedAt <= span.to).toBe(true);
      }
      for (const listed of records.slice(0, 40)) {
        const [order] = (await marketplace.order(listed.id)).records;
        expect(order?.detailed).toBe(true);
        expect(order?.revision).toBe(listed.revision);
        expect(order?.charges.map(({ key }) => key)).toEqual(listed.charges.map(({ key }) => key));
      }
    },
  );

  test(said('the charges of a completed order sum to its total, without tax or with'), async () => {
    const { records } = await open().orders(span);
    const gaps = { net: 0, tax: 0 };
    for (const { charges, total, status } of records) {
      if (status !== 'completed') continue;
      const billed = charges.filter((charge) => charge.class !== 'movement');
      const net = billed.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
      const tax = billed.reduce((sum, charge) => sum + (charge.tax?.amountMinor ?? 0n), net);
      if (magnitude(total.amountMinor - net) > 1n) gaps.net += 1;
      if (magnitude(total.amountMinor - tax) > 1n) gaps.tax += 1;
    }
    expect(Math.min(gaps.net, gaps.tax)).toBe(0);
  });

  test(
    said('charge keys are all different, and every charge of a line names its subscription'),
    async () => {
      const marketplace = open();
      const { records } = await marketplace.orders(span);
      const keys = records.flatMap(({ charges }) => charges.map(({ key }) => key));
      expect(new Set(keys).size).toBe(keys.length);
      for (const { id } of records.slice(0, 40))
        for (const order of (await marketplace.order(id)).records)
          for (const charge of order.charges)
            expect(charge.subscriptionId !== null || charge.candidates.length !== 1).toBe(true);
    },
  );

  test(said('what is not there is no record'), async () => {
    const marketplace = open();
    expect((await marketplace.order('no-such-order')).records).toEqual([]);
    expect((await marketplace.subscription('no-such-subscription')).records).toEqual([]);
  });
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
