import { describe, expect, it } from 'vitest';
import { decimal, decimalText, rounded, sum } from '../decimal.ts';
import { must } from '../must.ts';
import type { Order, OrderDetail, ResellerAccount } from './model.ts';
import { runBilling } from './orders/billing-run.ts';
import { cancelSubscription } from './orders/cancel.ts';
import { changeSeats } from './orders/change.ts';
import { placeOrder } from './orders/place.ts';
import { orderRaw } from './orders/raw.ts';
import { renewSubscription } from './orders/renew.ts';
import { orderUsage } from './orders/usage.ts';
import { OTHER_TENANT, TENANT, testMarket } from './testing.ts';

const MOVEMENTS = ['payment', 'refund', 'deposit', 'resellerPayment'];

function linesOf({ details }: Order, withTax: boolean): string {
  const counted = details.filter(({ type }) => !MOVEMENTS.includes(type));
  const amounts = counted.flatMap(({ extendedPrice, exclusiveTaxAmount }) => [
    decimal(extendedPrice.amount),
    decimal(withTax ? (exclusiveTaxAmount?.amount ?? '0') : '0'),
  ]);
  return decimalText(rounded(sum(amounts), 2));
}

/** Two weeks into a month that begins on the 9th of November, 30 days long. */
function midPeriod() {
  const market = testMarket();
  market.clock.set(Date.parse('2026-11-09T08:00:00Z'));
  const customerId = must(market.scene().account.customers.keys().next().value, 'a customer');
  const place = (productId: string, quantity: number, discountPercent = 0) =>
    must(
      placeOrder(market.scene(), { customerId, productId, quantity, discountPercent })
        .subscriptionId,
      'a subscription',
    );
  return { ...market, customerId, place };
}

describe('the seed', () => {
  it('is the same for the same number, and another for another', () => {
    const orders = (seed: number) =>
      JSON.stringify(testMarket({ seed }).marketplace.market.account(TENANT.tenantId).orders);
    expect(orders(7)).toBe(orders(7));
    expect(orders(7)).not.toBe(orders(8));
  });

  it('full: about 40 customers, 60 products, 300 subscriptions, two currencies and every kind of order', () => {
    const account = testMarket({ size: 'full' }).marketplace.market.account(TENANT.tenantId);
    expect(account.customers.size).toBe(40);
    expect(account.products.size).toBe(60);
    expect(account.subscriptions.size).toBeGreaterThanOrEqual(300);
    const kinds = new Set(account.orders.map(({ order }) => `${order.type} ${order.status}`));
    for (const kind of [
      'sales completed',
      'change completed',
      'renewal completed',
      'cancellation completed',
      'migration completed',
      'unknown completed',
      'sales processing',
      'sales error',
    ])
      expect(kinds).toContain(kind);
    expect(new Set(account.orders.map(({ order }) => order.total.currency))).toEqual(
      new Set(['AUD', 'USD']),
    );
    expect(JSON.stringify(account.orders)).toMatch(/"quantity":"\d+\.0"/);
  });

  it('has no order whose lines do not sum to its total, without tax here and with tax at the other reseller', () => {
    const { marketplace } = testMarket({ size: 'full' });
    const off = (account: ResellerAccount, withTax: boolean) =>
      account.orders.filter(({ order }) => linesOf(order, withTax) !== order.total.amount);
    expect(off(marketplace.market.account(TENANT.tenantId), false)).toEqual([]);
    expect(off(marketplace.market.account(OTHER_TENANT.tenantId), true)).toEqual([]);
  });

  it('taxes 10 % on AUD and nothing on USD, exclusively', () => {
    const { orders } = testMarket({ size: 'full' }).marketplace.market.account(TENANT.tenantId);
    for (const { extendedPrice, taxAmount, exclusiveTaxAmount } of orders.flatMap(
      ({ order }) => order.details,
    )) {
      const tenth = { units: decimal(extendedPrice.amount).units, scale: 3 };
      const wanted = extendedPrice.currency === 'AUD' ? decimalText(rounded(tenth, 2)) : '0.00';
      expect(taxAmount?.amount).toBe(wanted);
      expect(exclusiveTaxAmount?.amount).toBe(wanted);
    }
  });
});

describe('what orders charge', () => {
  it('more seats: the difference for the rest of the period, the effective day counted', () => {
    const { clock, scene, place } = midPeriod();
    const subscriptionId = place('5500', 5);
    clock.set(Date.parse('2026-11-23T08:00:00Z'));
    const [detail] = changeSeats(scene(), { subscriptionId, quantity: 7 }).details;
    // 9 December is 16 days after 23 November, of 30: 2 x 9.90 x 0.533333.
    expect(detail).toMatchObject({
      type: 'recurring',
      duration: { type: 'month', duration: 0.533333 },
      extendedPrice: { currency: 'AUD', amount: '10.56' },
    });
    expect(scene().account.subscriptions.get(subscriptionId)?.items[0]?.quantity).toBe(7);
  });

  it('fewer seats: the same share, taken back', () => {
    const { clock, scene, place } = midPeriod();
    const subscriptionId = place('5500', 5);
    clock.set(Date.parse('2026-11-23T08:00:00Z'));
    const order = changeSeats(scene(), { subscriptionId, quantity: 3 });
    expect(order.details[0]).toMatchObject({
      type: 'downgrade',
      extendedPrice: { amount: '-10.56' },
    });
    expect(order.total.amount).toBe('-10.56');
  });

  it('a cancellation charges its day and refunds the rest, and the setup fee if asked', () => {
    const { clock, scene, place } = midPeriod();
    const subscriptionId = place('5503', 2);
    clock.set(Date.parse('2026-11-23T08:00:00Z'));
    const order = cancelSubscription(scene(), { subscriptionId, refundSetup: true });
    expect(order.details.map(({ type, extendedPrice }) => [type, extendedPrice.amount])).toEqual([
      ['recurringRefund', '-4.55'],
      ['setupRefund', '-300.00'],
    ]);
    expect(scene().account.subscriptions.get(subscriptionId)?.status).toBe('terminated');
  });

  it('a discount is in the extended price and told beside it', () => {
    const { scene, customerId } = midPeriod();
    const [detail] = placeOrder(scene(), {
      customerId,
      productId: '5500',
      quantity: 5,
      discountPercent: 10,
    }).details;
    expect(detail).toMatchObject({
      extendedPrice: { amount: '44.55' },
      discount: { type: 'percent', value: '10', amount: '4.95', amountCode: 'AUD' },
    });
  });

  it('a volume price gives the whole quantity the tier that it reaches', () => {
    const { scene, customerId } = midPeriod();
    const details = placeOrder(scene(), { customerId, productId: '5503', quantity: 20 }).details;
    expect(details.find(({ type }) => type === 'recurring')).toMatchObject({
      unitPrice: { amount: '4.19' },
      extendedPrice: { amount: '83.80' },
    });
  });

  it('a graduated price sums its tiers, so that quantity x unit price is another amount', () => {
    const { marketplace, scene } = testMarket({ size: 'full' });
    const account = marketplace.market.account(TENANT.tenantId);
    const product = must(
      [...account.products.values()].find(({ prices }) => prices[0]?.model === 'TIERED'),
      'tiers',
    );
    const customerId = must(account.customers.keys().next().value, 'a customer');
    const [detail] = placeOrder(scene(), {
      customerId,
      productId: product.id,
      quantity: 12,
    }).details;
    // 10 x 32.95 + 2 x 30.31
    expect(detail).toMatchObject({
      unitPrice: { amount: '30.31' },
      extendedPrice: { amount: '390.12' },
    });
  });

  it('use is charged in arrears with its own decimals', () => {
    const { scene, place } = midPeriod();
    const subscriptionId = place('5600', 1);
    const order = orderUsage(scene(), { subscriptionId, quantity: '12.345' });
    expect(order).toMatchObject({ type: 'unknown', total: { amount: '1.54' } });
    expect(order.details[0]).toMatchObject({ type: 'overuse', unitPrice: { amount: '0.1250' } });
  });

  it('a billing run bills each due period once, and again only when the next is due', () => {
    const { clock, scene } = midPeriod();
    clock.advance({ months: 1 });
    expect(runBilling(scene()).length).toBeGreaterThan(0);
    expect(runBilling(scene())).toEqual([]);
    clock.advance({ months: 1 });
    expect(runBilling(scene()).length).toBeGreaterThan(0);
  });

  it('a renewal charges one period and moves the term on', () => {
    const { scene, place } = midPeriod();
    const subscriptionId = place('5502', 3);
    const order = renewSubscription(scene(), { subscriptionId });
    expect(order.details[0]?.type).toBe('renew');
    expect(scene().account.subscriptions.get(subscriptionId)?.expirationDate).toBe('2028-11-09');
  });

  it('a term with periods left to charge is not renewed early, but by the billing run at its end', () => {
    const { clock, scene, place } = midPeriod();
    const subscriptionId = place('5501', 3);
    expect(() => renewSubscription(scene(), { subscriptionId })).toThrow('renews at its end');
    clock.set(Date.parse('2027-11-09T08:00:00Z'));
    const mine = runBilling(scene()).filter((order) => order.subscriptionId === subscriptionId);
    expect(mine.map(({ type }) => type)).toEqual([...Array(11).fill('unknown'), 'renewal']);
  });

  it('a subscription that does not renew ends with its term', () => {
    const { clock, marketplace, scene, place } = midPeriod();
    const subscriptionId = place('5500', 3);
    must(scene().account.subscriptions.get(subscriptionId), 'it').renewalStatus = false;
    clock.advance({ months: 1 });
    expect(runBilling(scene()).filter((order) => order.subscriptionId === subscriptionId)).toEqual(
      [],
    );
    const ended = marketplace.journal().filter(({ kind }) => kind === 'subscription.ended');
    expect(ended.at(-1)?.data).toMatchObject({
      orderId: null,
      subscription: { id: subscriptionId, status: 'terminated' },
    });
  });

  it('an order in process does nothing until its time has come', () => {
    const { clock, marketplace, scene, customerId } = midPeriod();
    const order = placeOrder(scene(), {
      customerId,
      productId: '5500',
      quantity: 1,
      status: 'processing',
      completesAtMs: clock.nowMs() + 60_000,
    });
    expect(scene().account.subscriptions.get(order.subscriptionId ?? '')?.status).toBe('pending');
    clock.advance({ ms: 60_000 });
    marketplace.market.settle();
    expect(order).toMatchObject({ status: 'completed', statusCode: 'CP' });
    expect(scene().account.subscriptions.get(order.subscriptionId ?? '')?.status).toBe('active');
  });

  it('a raw order takes every detail type, leaves money movements out of its total, and may be wrong on purpose', () => {
    const { scene, customerId } = midPeriod();
    const line = (type: string, amount: string): OrderDetail => ({
      type,
      description: type,
      quantity: '1.0',
      extendedPrice: { currency: 'AUD', amount },
    });
    const details = [
      line('handlingFee', '5.00'),
      line('discount', '-1.50'),
      line('payment', '-99.00'),
    ];
    expect(orderRaw(scene(), { customerId, type: 'sales', details }).total.amount).toBe('3.50');
    expect(
      orderRaw(scene(), { customerId, type: 'sales', details, total: '9.99' }).total.amount,
    ).toBe('9.99');
  });
});

describe('the journal', () => {
  it('holds every order whole when it is made and when it is done, in the order of time', () => {
    const { marketplace } = testMarket();
    const entries = marketplace.journal();
    const completed = entries.filter(({ kind }) => kind === 'order.completed');
    const account = marketplace.market.account(TENANT.tenantId);
    const done = account.orders
      .filter(({ order }) => order.status === 'completed')
      .map(({ order }) => order);
    expect(
      completed
        .map(({ data }) => data)
        .filter((data) => JSON.stringify(data).includes('"reseller-1000"')),
    ).toMatchObject(done.map((order) => ({ order })));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  });
});
