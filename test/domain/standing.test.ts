import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type DecisionValue,
  decisionValueSchema,
  type Scope,
} from '../../server/domain/decision.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { linkTo } from '../kit/link-to.ts';
import { type Plain, type PlainCharge, type PlainOrder, planWorld } from '../kit/plan-world.ts';

/** `ours`, `left reason` or `asks code` for the one charge of an order. */
function standing(order: PlainOrder, plain: Plain = {}): string {
  const { world } = planWorld({ ...plain, orders: [order, ...(plain.orders ?? [])] });
  const found = world.order('o1');
  const [group] = found === null ? [] : evaluateOrder(world, found);
  if (group?.left[0] !== undefined) return `left ${group.left[0].reason}`;
  return group?.needs[0] === undefined ? 'ours' : `asks ${group.needs[0].code}`;
}
const at = (placedOn: string, start: string | null, charge: PlainCharge = {}): PlainOrder => ({
  placedOn,
  charges: [{ ...charge, period: start === null ? null : { start, end: '2027-01-01' } }],
});
const decide = (scope: Scope, value: DecisionValue, when = '2026-11-20T00:00:00.000Z'): Plain => ({
  decisions: [{ scope, value, at: when }],
});
const running: Plain = { subscriptions: [{ startDate: '2026-08-01' }] };

describe('bill from', () => {
  it('is half-open: the date itself is ours, the day before is not', () => {
    expect(standing(at('2026-11-01', '2026-11-01'))).toBe('ours');
    expect(standing(at('2026-10-31', '2026-10-31'))).toBe('left already-billed');
    expect(standing(at('2026-10-31', null))).toBe('left already-billed');
  });

  it('asks once a customer where order and service stand on both sides', () => {
    expect(standing(at('2026-10-28', '2026-11-01'))).toBe('asks straddle');
    expect(standing(at('2026-11-02', '2026-10-02'))).toBe('asks straddle');
    const customer: Scope = { kind: 'customer', customerId: 'cust1' };
    const bill = decide(customer, { kind: 'straddle', answer: 'bill' });
    const billed = decide(customer, { kind: 'straddle', answer: 'already-billed' });
    expect(standing(at('2026-10-28', '2026-11-01'), bill)).toBe('ours');
    expect(standing(at('2026-10-28', '2026-11-01'), billed)).toBe('left already-billed');
    expect(standing(at('2026-11-10', '2026-11-10'), billed)).toBe('ours');
  });

  it('can differ for a customer, and unanswered nothing is written', () => {
    const customers = [{ billFrom: '2026-12-01' }];
    expect(standing(at('2026-11-10', '2026-11-10'), { customers })).toBe('left already-billed');
    expect(standing(at('2026-11-10', '2026-11-10'), { connection: { billFrom: null } })).toBe(
      'asks bill-from',
    );
  });
});

describe('a subscription that was already running', () => {
  const subscription: Scope = { kind: 'subscription', subscriptionId: 's1', productKey: null };
  const opening = (answer: 'next-order' | 'newest-order'): Plain => ({
    ...running,
    ...decide(subscription, { kind: 'opening', answer }),
  });

  it('asks how it goes on, and one that starts later does not', () => {
    expect(standing(at('2026-11-10', '2026-11-10'), running)).toBe('asks opening');
    expect(standing(at('2026-11-10', '2026-11-10'))).toBe('ours');
  });

  it('goes on with the next order, or with its newest one of the last month', () => {
    expect(standing(at('2026-11-10', '2026-11-10'), opening('next-order'))).toBe('ours');
    expect(standing(at('2026-10-28', '2026-10-28'), opening('next-order'))).toBe(
      'left already-billed',
    );
    expect(standing(at('2026-10-28', '2026-10-28'), opening('newest-order'))).toBe('ours');
    expect(standing(at('2026-09-22', '2026-09-22'), opening('newest-order'))).toBe(
      'left already-billed',
    );
    const newer = { ...opening('newest-order'), orders: [{ id: 'o2', placedOn: '2026-10-30' }] };
    expect(standing(at('2026-10-28', '2026-10-28'), newer)).toBe('left already-billed');
  });
});

describe('a subscription linked to a line', () => {
  const linked: Plain = {
    ...running,
    ...decide(
      { kind: 'subscription', subscriptionId: 's1', productKey: null },
      linkTo({ documentId: 'd1', lineId: 'l1' }),
    ),
  };

  it('counts its newest order before the date as billed there, however old, and older ones as billed', () => {
    const others = { ...linked, orders: [{ id: 'o2', placedOn: '2026-09-01' }] };
    expect(standing(at('2026-09-22', '2026-09-22'), others)).toBe('left linked');
    const newer = { ...linked, orders: [{ id: 'o2', placedOn: '2026-10-30' }] };
    expect(standing(at('2026-10-28', '2026-10-28'), newer)).toBe('left already-billed');
  });

  it('counts it so although its period reaches past the date and the customer’s answer is to bill', () => {
    const bill = decide(
      { kind: 'customer', customerId: 'cust1' },
      { kind: 'straddle', answer: 'bill' },
    );
    const both = { ...linked, decisions: [...(linked.decisions ?? []), ...(bill.decisions ?? [])] };
    expect(standing(at('2026-10-28', '2026-11-01'), both)).toBe('left linked');
  });

  it('goes on with its later orders', () => {
    expect(standing(at('2026-11-10', '2026-11-10'), linked)).toBe('ours');
  });

  it('bills the order after all where a person says so for it alone', () => {
    const bill = decide({ kind: 'order', orderId: 'o1' }, { kind: 'straddle', answer: 'bill' });
    const both = { ...linked, decisions: [...(linked.decisions ?? []), ...(bill.decisions ?? [])] };
    expect(standing(at('2026-10-28', '2026-10-28'), both)).toBe('ours');
  });
});

describe('what a person said', () => {
  const order: Scope = { kind: 'order', orderId: 'o1' };
  const exclude = (until: string | null): DecisionValue =>
    v.parse(decisionValueSchema, { kind: 'exclude', reason: 'a gift', until });

  it('leaves out what is not to be billed, until the day it ends', () => {
    const product: Scope = { kind: 'product', productKey: 'p1' };
    expect(standing(at('2026-11-10', null), decide(product, exclude(null)))).toBe(
      'left excluded: a gift',
    );
    expect(standing(at('2026-11-10', null), decide(product, exclude('2026-11-11')))).toBe(
      'left excluded: a gift',
    );
    expect(standing(at('2026-11-11', null), decide(product, exclude('2026-11-11')))).toBe('ours');
  });

  it('holds what was undone', () => {
    expect(
      standing(at('2026-11-10', null), decide(order, { kind: 'hold', reason: 'undone' })),
    ).toBe('asks undone');
  });

  it('wins over bill from where it says to bill', () => {
    expect(
      standing(at('2026-09-01', '2026-09-01'), decide(order, { kind: 'straddle', answer: 'bill' })),
    ).toBe('ours');
  });
});
