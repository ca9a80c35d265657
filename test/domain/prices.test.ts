import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { amountText, money } from '../../server/domain/money.ts';
import { defaultSettings, settingsSchema } from '../../server/domain/settings.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { priceQuestion } from '../../server/sync/plan/price-questions.ts';
import { recompute } from '../bookkeeper/explain.ts';
import { type MadeWorld, type Plain, type PlainCharge, planWorld } from '../kit/plan-world.ts';
import { type Row, readPairs, readTable } from './table.ts';

const columns = ['case', 'billed', 'now', 'answer', 'settings', 'expected'];
const rows = readTable(new URL('prices.md', import.meta.url), columns);
const form = /^([\d.]+) x ([\d.]+) = (-?[\d.]+)((?: \S+)*)$/;

interface Told {
  charge: PlainCharge;
  written: string | null;
  isTyped: boolean;
  isSold: boolean;
  tiers: { from: string; price: string }[];
}

describe('a price that is not the one billed last', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const made = worldOf(row);
    expect(outcomeOf(made, row)).toBe(row.expected);
  });

  it('names each case once, and refuses a malformed charge', () => {
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
    expect(() => toldIn('3 times 4')).toThrow('not a charge');
    expect(() => toldIn('3 x 4 = 12 sideways')).toThrow('not a charge');
  });

  it('asks one question for all lines of a product, with what they come to a month', () => {
    const customers = ['cust1', 'cust2'];
    const made = planWorld({
      settings: { monthOffPercent: null },
      connection: { billFrom: '2026-09-01' },
      subscriptions: [
        { id: 's-cust1' },
        { id: 's-cust2', customerId: 'cust2', billingPeriod: { unit: 'year', count: 1 } },
      ],
      orders: customers.flatMap((customerId) => [
        order(`old-${customerId}`, customerId, '2026-10-10', '9.9', '3'),
        order(`new-${customerId}`, customerId, '2026-11-10', '10.9', '5'),
      ]),
      links: customers.map((customerId) => ({
        chargeKey: `old-${customerId}-1`,
        orderId: `old-${customerId}`,
        customerId,
        subscriptionId: `s-${customerId}`,
        amount: money('29.7', 'AUD'),
        quantity: '3',
        unitPrice: '9.9',
      })),
    });
    const question = priceQuestion(made.world, 'p1');
    expect(question).toMatchObject({ lines: 2, customers: 2, moves: ['AUD 9.9 10.9'] });
    // Five a month, and five a year.
    expect(question?.more.map(amountText)).toEqual(['5.42']);
    const needs = made.tasks.flatMap(({ groups }) => groups.flatMap((group) => group.needs));
    expect(needs.map(({ code, subject, guard }) => [code, subject, guard])).toEqual([
      ['price-changed', 'p1', true],
      ['price-changed', 'p1', true],
    ]);
  });
});

const order = (
  id: string,
  customerId: string,
  placedOn: string,
  unitPrice: string,
  quantity: string,
) => ({
  id,
  customerId,
  placedOn,
  charges: [
    {
      subscriptionId: `s-${customerId}`,
      quantity,
      unitPrice,
      amount: String(Math.round(Number(quantity) * Number(unitPrice) * 100) / 100),
    },
  ],
});

const split = (cell = ''): string[] => (cell === '-' ? [] : cell.split('; '));
const months = ['2026-09-10', '2026-10-10'];

function worldOf(row: Row): MadeWorld {
  const billed = split(row.billed).map(toldIn);
  const now = toldIn(row.now ?? '');
  const days = months.slice(months.length - billed.length);
  const decisions: NonNullable<Plain['decisions']>[number][] = billed.flatMap(
    ({ isTyped }, index) =>
      isTyped
        ? [
            {
              scope: { kind: 'charge', key: `b${index}-1`, revision: 'r1' },
              value: { kind: 'edit', edit: { unitPrice: '1' } },
            },
          ]
        : [],
  );
  const answer = /^(pass-on|hold|keep until (\S+))$/.exec(row.answer ?? '');
  if (answer !== null) {
    const moves = ['AUD 9.9 10.9', 'AUD 0.3333 0.4'];
    const { value } = { value: answer[1] };
    decisions.push({
      scope: { kind: 'product', productKey: 'p1' },
      value:
        value === 'pass-on' || value === 'hold'
          ? { kind: 'price-change', answer: value, moves }
          : { kind: 'price-change', answer: 'keep', moves, until: date(answer[2] ?? '') },
    });
  }
  return planWorld({
    settings: v.parse(settingsSchema, { ...defaultSettings, ...readPairs(row.settings ?? '-') }),
    connection: { billFrom: '2026-09-01' },
    decisions,
    products: [
      {
        id: 'p1',
        prices: now.tiers.map(({ from, price }) => ({
          kind: 'recurring',
          currency: 'AUD',
          amount: price,
          fromQuantity: from,
        })),
      },
    ],
    orders: [
      ...billed.map(({ charge }, index) => ({
        id: `b${index}`,
        placedOn: days[index] ?? '',
        charges: [charge],
      })),
      { type: now.isSold ? 'sales' : 'billing', placedOn: '2026-11-10', charges: [now.charge] },
    ],
    links: billed.map(({ charge, written }, index) => ({
      chargeKey: `b${index}-1`,
      orderId: `b${index}`,
      subscriptionId: charge.subscriptionId ?? 's1',
      amount: money(written ?? charge.amount ?? '0', charge.currency ?? 'AUD'),
      quantity: charge.quantity ?? '1',
      unitPrice: charge.unitPrice ?? '0',
    })),
  });
}

function toldIn(text: string): Told {
  const [, quantity, unitPrice, amount, rest = ''] = form.exec(text) ?? [];
  if (quantity === undefined || unitPrice === undefined || amount === undefined)
    throw new Error(`not a charge: ${text}`);
  const told: Told = {
    charge: { quantity, unitPrice, amount },
    written: null,
    isTyped: false,
    isSold: false,
    tiers: [],
  };
  const words = rest.trim().split(' ').filter(Boolean);
  for (let word = words.shift(); word !== undefined; word = words.shift())
    switch (word) {
      case 'other':
        told.charge.subscriptionId = 's2';
        break;
      case 'share':
        told.charge.share = words.shift() ?? '';
        break;
      case 'off':
        told.charge.discount = { kind: 'percent', value: words.shift() ?? '' };
        break;
      case 'written':
        told.written = words.shift() ?? '';
        break;
      case 'typed':
        told.isTyped = true;
        break;
      case 'sold':
        told.isSold = true;
        break;
      case 'refund':
        told.charge.detailType = 'downgrade';
        break;
      case 'USD':
        told.charge.currency = 'USD';
        break;
      case 'tiers':
        for (const tier of words.splice(0)) {
          const [from = '', price = ''] = tier.split(':');
          told.tiers.push({ from, price });
        }
        break;
      default:
        throw new Error(`not a charge: ${text}`);
    }
  return told;
}

/** What becomes of November's charge; whatever is written can be computed again from its explanation. */
function outcomeOf({ world, plan }: MadeWorld, row: Row): string {
  const last = world.order('o1');
  const [group] = last === null ? [] : evaluateOrder(world, last);
  const [asks] = group?.needs ?? [];
  if (asks !== undefined) {
    expect(asks.guard).toBe(row.answer !== 'hold');
    const { before, after } = asks.facts;
    const [more] = priceQuestion(world, 'p1')?.more ?? [];
    return `asks ${before} > ${after}, ${more === undefined ? 'nothing' : amountText(more)}`;
  }
  const [line] = plan(['SOo1']).plans.flatMap(({ lines }) => lines);
  if (line === undefined) return 'no line';
  expect(recompute(line.explanation)).toEqual({ amount: amountText(line.amount), problems: [] });
  return `line ${line.content.quantity} x ${line.content.unitPrice} = ${amountText(line.amount)}`;
}
