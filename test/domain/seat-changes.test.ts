import { expect, it } from 'vitest';
import { money } from '../../server/domain/money.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';
import { readTable } from './table.ts';

const columns = ['case', 'changes', 'left'];
const rows = readTable(new URL('seat-changes.md', import.meta.url), columns);
const form = /^(\d\d) (-?\d+)((?: \S+)*)$/;
const words = ['billed', 'hand', 'other', 'p2', 'later', 'sales', 'not', 'USD'];

it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
  const told = (row.changes ?? '').split('; ').map(changeIn);
  const { world } = planWorld({
    settings: { seatChanges: 'net' },
    connection: { billFrom: '2026-11-05' },
    subscriptions: [{ startDate: '2026-11-06' }, { id: 's2', startDate: '2026-11-06' }],
    orders: told.map(({ order }) => order),
    links: told.flatMap(({ link }) => link ?? []),
    decisions: told.flatMap(({ decision }) => decision ?? []),
  });
  const left = told.flatMap(({ order }, index) => {
    const found = world.order(order.id ?? '');
    const reasons = found === null ? [] : evaluateOrder(world, found).flatMap((one) => one.left);
    return reasons.some(({ reason }) => reason === 'netted') ? [index + 1] : [];
  });
  expect(left.join(' ') || '-').toBe(row.left);
});

it('refuses a malformed change', () => {
  expect(() => changeIn('10 many', 0)).toThrow('not a change');
  expect(() => changeIn('10 20 sideways', 0)).toThrow('not a change');
});

it('says the share of the period beside the amount, the effective day among its days', () => {
  const period = { start: '2026-11-10', end: '2026-12-01' };
  const { plan } = planWorld({
    orders: [{ type: 'change', charges: [{ share: '0.7', amount: '7', unitPrice: '10', period }] }],
  });
  const [line] = plan().plans.flatMap(({ lines }) => lines);
  expect(line?.explanation).toContainEqual({ step: 'share', share: '0.7', period });
  expect(line?.content.description).toContain('2026-11-10 - 2026-11-30');
});

function changeIn(
  text: string,
  index: number,
): {
  order: NonNullable<Plain['orders']>[number];
  link: NonNullable<Plain['links']>[number] | null;
  decision: NonNullable<Plain['decisions']>[number] | null;
} {
  const [, day, amount = '', rest = ''] = form.exec(text) ?? [];
  const told = new Set(rest.trim().split(' ').filter(Boolean));
  if (day === undefined || [...told].some((word) => !words.includes(word)))
    throw new Error(`not a change: ${text}`);
  const id = `o${index + 1}`;
  const isOut = told.has('not');
  const currency = told.has('USD') ? 'USD' : 'AUD';
  const placedOn = `2026-11-${day}`;
  return {
    order: {
      id,
      placedOn,
      type: told.has('sales') ? 'sales' : 'change',
      charges: [
        {
          amount,
          currency,
          share: '0.5',
          class: amount.startsWith('-') ? 'proration' : 'recurring',
          subscriptionId: told.has('other') ? 's2' : 's1',
          productId: told.has('p2') ? 'p2' : 'p1',
          period: { start: placedOn, end: told.has('later') ? '2027-01-01' : '2026-12-01' },
        },
      ],
    },
    link:
      told.has('billed') && !isOut
        ? { chargeKey: `${id}-1`, orderId: id, amount: money(amount, currency) }
        : null,
    decision: isOut
      ? {
          scope: { kind: 'charge', key: `${id}-1`, revision: 'r1' },
          value: { kind: 'exclude', reason: 'a present', until: null },
        }
      : null,
  };
}
