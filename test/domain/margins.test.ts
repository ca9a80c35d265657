import { expect, it } from 'vitest';
import { amountText, money } from '../../server/domain/money.ts';
import type { Settings } from '../../server/domain/settings.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';
import { readTable } from './table.ts';

const columns = ['case', 'cost', 'setting', 'floors', 'expected'];
const rows = readTable(new URL('margins.md', import.meta.url), columns);

it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
  const made = planWorld(worldOf(row.cost ?? '', row.setting ?? '', row.floors ?? ''));
  const needs = made.tasks.flatMap(({ groups }) => groups.flatMap((group) => group.needs));
  const [plan] = made.plan().plans;
  const warned = plan?.warnings.filter(({ code }) => code.startsWith('margin')) ?? [];
  const told = [
    ...needs.map(({ code, facts }) => `asks ${code} ${facts.cost} ${facts.margin ?? '-'}`),
    ...warned.map(({ code }) => `warns ${code.replace('margin-', '')}`),
  ];
  expect(told.join('; ') || 'written').toBe(row.expected);
});

it('says beside the line what is left, and that an unknown cost is unknown', () => {
  const stepOf = (cost: string) =>
    planWorld(worldOf(cost, 'warn 20', '-'))
      .plan()
      .plans.flatMap(({ lines }) => lines)
      .flatMap(({ explanation }) => explanation)
      .find(({ step }) => step === 'margin');
  expect(stepOf('7.2')).toMatchObject({ cost: '7.2', margin: '28', floor: '20' });
  expect(stepOf('?')).toMatchObject({ cost: null, margin: null, floor: '20' });
});

it('an answer holds for the price and cost that were seen, and no others', () => {
  const asked = (cost: string, seen: string) =>
    planWorld({
      ...worldOf(cost, 'hold 20', '-'),
      decisions: [
        {
          scope: { kind: 'charge', key: 'o1-1', revision: 'r1' },
          value: { kind: 'accept', need: 'below-margin', seen },
        },
      ],
    })
      .plan()
      .plans.flatMap(({ needs }) => needs).length;
  expect(asked('9', '1000 900 20')).toBe(0);
  expect(asked('9.5', '1000 900 20')).toBe(1);
  expect(asked('?', '1000 unknown 20')).toBe(0);
  expect(asked('?', '1000 0 20')).toBe(1);
});

function worldOf(cost: string, setting: string, floors: string): Plain {
  const [amount = '', currency = 'AUD'] = cost.split(' ');
  return {
    settings: { marginFloor: floorIn(setting) },
    products: [{ id: 'p1', vendor: 'Acme' }],
    orders: [
      {
        charges: [
          cost === '?' || currency !== 'AUD' ? {} : { cost: amountText(money(amount, currency)) },
        ],
      },
    ],
    ...(currency === 'AUD'
      ? {}
      : {
          products: [
            {
              id: 'p1',
              vendor: 'Acme',
              costs: [{ kind: 'recurring', currency, amount, fromQuantity: null }],
            },
          ],
        }),
    decisions: floors === '-' ? [] : floors.split('; ').map(decisionIn),
  };
}

function floorIn(text: string): Settings['marginFloor'] {
  const [mode, percent] = text.split(' ');
  return mode === 'warn' || mode === 'hold' ? { mode, percent: Number(percent) } : { mode: 'off' };
}

function decisionIn(text: string): NonNullable<Plain['decisions']>[number] {
  const [of, act, percent] = text.split(' ');
  const scope =
    of === 'product'
      ? { kind: 'product' as const, productKey: 'p1' }
      : of === 'customer'
        ? { kind: 'customer' as const, customerId: 'cust1' }
        : { kind: 'vendor' as const, vendor: 'Acme' };
  return {
    scope,
    value:
      act === 'warn' || act === 'hold'
        ? { kind: 'margin', act, percent: Number(percent) }
        : { kind: 'margin', act: 'off' },
  };
}
