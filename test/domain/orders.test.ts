import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { amountText } from '../../server/domain/money.ts';
import { orderTypeSchema, orderTypes } from '../../server/domain/order.ts';
import { defaultSettings, settingsSchema } from '../../server/domain/settings.ts';
import { classOf } from '../../server/marketplaces/cloudblue/detail-classes.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { type MadeWorld, type PlainCharge, type PlainOrder, planWorld } from '../kit/plan-world.ts';
import { type Row, readPairs, readTable } from './table.ts';

const columns = ['case', 'order', 'details', 'classes', 'settings', 'expected'];
const rows = readTable(new URL('orders.md', import.meta.url), columns);
const detailForm = /^(\w+) (-?[\d.]+) x (-?[\d.]+|-) = (-?[\d.]+)((?: \S+)*)$/;

/** Every `type` of the marketplace's order details (SimpleAPI 1.15, schema OrderDetail). */
const detailTypes =
  'recurring renew billRecord setup transfer nonProvisioningItem overuse switch downgrade recurringRefund setupRefund renewRefund transferRefund cancellation adjustment refundAdjustment discount handlingFee billPenalty payment refund deposit resellerPayment unknown';

describe('an order becomes lines', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const order = orderIn(row);
    const { total, price, ...settings } = readPairs(row.settings ?? '');
    const world = planWorld({
      settings: v.parse(settingsSchema, { ...defaultSettings, ...settings }),
      orders: [{ ...order, ...(total === undefined ? {} : { total }) }],
      items: [{ id: 'i1', price: price ?? null }],
      mappings: [{ productKey: 'p1', targetId: 'i1' }],
    });
    expect(outcomeOf(world)).toBe(row.expected);
  });
});

describe('the table', () => {
  it('has every order type and every detail type, each with the class the marketplace side gives it', () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    // Own and missing charges are no orders of the marketplace: `own-charge.test.ts`,
    // `missing.test.ts`, `instalments.test.ts`.
    const sold = orderTypes.filter(
      (type) => type !== 'own' && type !== 'missing' && type !== 'part' && type !== 'blend',
    );
    expect(new Set(rows.map(({ order }) => order))).toEqual(new Set(sold));
    const seen = rows.flatMap((row) =>
      split(row.details).map((text, at) => [text.split(' ')[0] ?? '', split(row.classes)[at]]),
    );
    for (const [type = '', chargeClass] of seen) expect(classOf(type)).toBe(chargeClass);
    const types = new Set(seen.map(([type]) => type));
    for (const type of detailTypes.split(' ')) expect(types).toContain(type);
  });

  it('names each case once', () => {
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
  });

  it('refuses a malformed detail', () => {
    expect(() => chargeIn('recurring 3 times 4')).toThrow('not a detail');
    expect(() => chargeIn('recurring 3 x 4 = 12 sideways')).toThrow('not a detail');
  });
});

const split = (cell = ''): string[] => cell.split('; ');

function orderIn(row: Row): PlainOrder {
  const charges = split(row.details).map(chargeIn);
  return { type: v.parse(orderTypeSchema, row.order), charges };
}

function chargeIn(text: string): PlainCharge {
  const [, detailType, quantity, unitPrice, amount, rest = ''] = detailForm.exec(text) ?? [];
  if (detailType === undefined || quantity === undefined || amount === undefined)
    throw new Error(`not a detail: ${text}`);
  const charge: PlainCharge = {
    detailType,
    class: classOf(detailType),
    quantity,
    amount,
    unitPrice: unitPrice === undefined || unitPrice === '-' ? null : unitPrice,
  };
  const words = rest.trim().split(' ').filter(Boolean);
  for (let at = 0; at < words.length; at += 1) {
    const value = words[at + 1] ?? '';
    switch (words[at]) {
      case 'share':
        charge.share = value === '-' ? null : value;
        at += 1;
        break;
      case 'tax':
        charge.tax = value;
        at += 1;
        break;
      case 'cost':
        charge.cost = value;
        at += 1;
        break;
      case 'USD':
        charge.currency = 'USD';
        break;
      case 'yearly':
        charge.subscriptionId = 's-year';
        break;
      case 'other':
        charge.subscriptionId = 's2';
        break;
      default:
        throw new Error(`not a detail: ${text}`);
    }
  }
  return charge;
}

/** What became of each charge, in words. */
function outcomeOf({ world, plan }: MadeWorld): string {
  const order = world.order('o1');
  if (order === null) throw new Error('the world has no order');
  const groups = evaluateOrder(world, order);
  const plans = plan().plans.filter(({ ref }) => !ref.startsWith('blocked:'));
  return order.charges
    .map(({ key }) => {
      const group = groups.find(({ chargeKeys }) => chargeKeys.includes(key));
      const left = group?.left.find(({ chargeKey }) => chargeKey === key);
      if (left !== undefined) return `left ${left.reason}`;
      if (group === undefined || group.needs.length > 0)
        return `asks ${group?.needs.map(({ code }) => code).join(' and ') ?? 'nobody'}`;
      const fee = group.lines.find(({ charge }) => charge.key === key)?.fee ?? 'none';
      return plans
        .flatMap(({ documentKind, purpose, lines }) =>
          lines
            .filter(({ chargeKey }) => chargeKey === key)
            .map(({ content, amount }) => {
              const kind = documentKind === 'creditNote' ? 'credit note' : 'invoice';
              const name = purpose === 'yearly' ? `yearly ${kind}` : kind;
              return `${name} ${content.quantity} x ${content.unitPrice} = ${amountText(amount)} ${fee}`;
            }),
        )
        .join(' and ');
    })
    .join('; ');
}
