import { expect, it } from 'vitest';
import { negate } from '../../server/domain/decimal.ts';
import { amountText, money, opposite } from '../../server/domain/money.ts';
import type { Plan } from '../../server/domain/plan.ts';
import { recompute } from '../bookkeeper/explain.ts';
import { blendWorld } from '../kit/blend-world.ts';
import type { Plain } from '../kit/plan-world.ts';
import { readTable } from './table.ts';

const columns = ['case', 'changes', 'lines'];
const rows = readTable(new URL('blended-seats.md', import.meta.url), columns);
const form = /^(\d\d) ([+-]\d+) (-?[\d.]+)((?: \w+)*)$/;
const words = ['billed', 'hand', 'other', 'edited', 'dearer', 'yen', 'USD', 'cancelled'];

it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', async (_name, row) => {
  const { takes, plans } = await blendWorld(worldOf((row.changes ?? '').split('; ')));
  await takes();
  expect(said(await plans())).toBe(row.lines);
  // A second check changes nothing.
  await takes();
  expect(said(await plans())).toBe(row.lines);
});

it('refuses a malformed change', () => {
  expect(() => worldOf(['10 5 35'])).toThrow('not a change');
  expect(() => worldOf(['10 +5 35 sideways'])).toThrow('not a change');
});

/** Each line in a few words, after somebody else computed it again from its explanation. */
function said(plans: readonly Plan[]): string {
  const lines = plans.flatMap((plan) =>
    plan.lines.map((line) => ({ plan, line, day: line.orderNumber })),
  );
  return (
    lines
      .sort((a, b) => (a.day < b.day ? -1 : 1))
      .map(({ plan, line }) => {
        if (plan.needs.length > 0) return 'asks';
        const turned = plan.documentKind === 'creditNote';
        const { quantity, unitPrice } = line.content;
        const price = turned ? turnedText(unitPrice) : unitPrice;
        const amount = turned ? opposite(line.amount) : line.amount;
        const recomputed = recompute(line.explanation);
        expect(recomputed).toEqual({ amount: amountText(line.amount), problems: [] });
        const steps = new Set<string>(line.explanation.map(({ step }) => step));
        const text = line.content.description;
        expect(/\(\+?-?\d+ from \d{4}-\d\d-\d\d: -?[\d.]+; /.test(text)).toBe(steps.has('blend'));
        const how = steps.has('blend') ? ' blended' : steps.has('apart') ? ' apart' : '';
        return `${quantity} x ${price} = ${plainText(amountText(amount))}${how}`;
      })
      .join('; ') || '-'
  );
}

const turnedText = (text: string): string => negate(text);
const plainText = (text: string): string => text.replace(/\.00$|(?<=\.\d)0$/, '');

function worldOf(changes: readonly string[]): Plain {
  const told = changes.map((text, index) => {
    const [, day, seats = '', amount = '', rest = ''] = form.exec(text) ?? [];
    const marks = new Set(rest.trim().split(' ').filter(Boolean));
    if (day === undefined || [...marks].some((mark) => !words.includes(mark)))
      throw new Error(`not a change: ${text}`);
    return { id: `o${index + 1}`, day, seats, amount, marks };
  });
  return {
    settings: { seatChanges: 'blend', invoice: 'per-order' },
    connection: { billFrom: '2026-11-05' },
    subscriptions: [{ startDate: '2026-11-06' }, { id: 's2', startDate: '2026-11-06' }],
    orders: [
      // What the subscription paid in full before, which a dearer change is compared with.
      {
        id: 'o0',
        placedOn: '2026-11-06',
        charges: [{ amount: '10', period: { start: '2026-11-06', end: '2026-12-01' } }],
      },
      ...told.map(({ id, day, seats, amount, marks }) => {
        const placedOn = `2026-11-${day}`;
        const isDown = amount.startsWith('-');
        return {
          id,
          placedOn,
          type: 'change' as const,
          status: marks.has('cancelled') ? ('cancelled' as const) : ('completed' as const),
          charges: [
            {
              amount,
              currency: marks.has('yen') ? 'JPY' : marks.has('USD') ? 'USD' : 'AUD',
              quantity: seats.slice(1),
              unitPrice: null,
              // Where a price is compared, its share tells what a whole period costs.
              share: marks.has('dearer') ? '0.3' : null,
              class: isDown ? ('proration' as const) : ('recurring' as const),
              detailType: isDown ? 'downgrade' : 'recurring',
              subscriptionId: marks.has('other') ? 's2' : 's1',
              period: { start: placedOn, end: '2026-12-01' },
            },
          ],
        };
      }),
    ],
    links: [
      { chargeKey: 'o0-1', orderId: 'o0', amount: money('10', 'AUD') },
      ...told.flatMap(({ id, amount, marks }) =>
        marks.has('billed')
          ? [{ chargeKey: `${id}-1`, orderId: id, amount: money(amount, 'AUD') }]
          : [],
      ),
    ],
    decisions: told.flatMap(({ id, marks }) =>
      marks.has('edited')
        ? [
            {
              id: `edit-${id}`,
              scope: { kind: 'charge' as const, key: `${id}-1`, revision: 'r1' },
              value: { kind: 'edit' as const, edit: { description: 'As we agreed' } },
            },
          ]
        : [],
    ),
  };
}
