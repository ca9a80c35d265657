import { describe, expect, it } from 'vitest';
import { isOpen } from '../../server/sync/plan/draft-line.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { planTasks } from '../../server/sync/plan/plan.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';

function only(plain: Plain) {
  const { world } = planWorld({ orders: [{}], ...plain });
  const order = world.order('o1');
  const [group] = order === null ? [] : evaluateOrder(world, order);
  if (group === undefined) throw new Error('no group');
  return group;
}
const correct = (seen: string): NonNullable<Plain['decisions']> => [
  {
    scope: { kind: 'charge', key: 'o1-1', revision: 'r2' },
    value: { kind: 'accept', need: 'revision-changed', seen },
  },
];
const kept = (edit: { unitPrice: string }): NonNullable<Plain['decisions']> => [
  {
    scope: { kind: 'customer-product', customerId: 'cust1', productKey: 'p1' },
    value: { kind: 'edit', edit },
  },
];

describe('a correction', () => {
  it('to nothing still takes back what was billed', () => {
    const orders = [{ charges: [{ revision: 'r2', amount: '0', quantity: '0', unitPrice: '0' }] }];
    const group = only({ orders, links: [{}], decisions: correct('correct r2') });
    expect(group.lines.map(({ portion }) => portion.sign)).toEqual([-1]);
    expect(isOpen(group)).toBe(true);
  });

  it('that was undone leaves the first line standing, and is not billed beside it', () => {
    const orders = [{ charges: [{ revision: 'r2', amount: '12' }] }];
    const links = [
      {},
      { generation: 1, sign: -1 as const, state: 'freed' as const },
      { generation: 2, state: 'freed' as const, revision: 'r2' },
    ];
    const { world } = planWorld({ orders, links });
    expect(world.linkState('o1-1').live?.generation).toBe(1);
    expect(only({ orders, links })).toMatchObject({
      lines: [],
      needs: [{ code: 'revision-changed' }],
    });
  });

  it.each([
    ['12', 'invoice'],
    ['8', 'creditNote'],
  ] as const)(
    'to %s of what was 10 is one document, so that neither its mirror nor its new line stands alone',
    (amount, kind) => {
      const { world, tasks } = planWorld({
        orders: [{ charges: [{ revision: 'r2', amount }] }],
        links: [{}],
        decisions: correct('correct r2'),
        settings: { refunds: 'credit-note' },
      });
      const { plans } = planTasks(world, tasks);
      expect(plans.map(({ documentKind, lines }) => [documentKind, lines.length])).toEqual([
        [kind, 2],
      ]);
    },
  );

  it('is offered for a billed order that was cancelled, and nothing else of it is billed', () => {
    const orders = [{ status: 'cancelled' as const, charges: [{}, {}] }];
    const group = only({ orders, links: [{}] });
    expect(group.needs.map(({ code }) => code)).toContain('revision-changed');
    expect(group.left).toEqual([{ chargeKey: 'o1-2', reason: 'order-cancelled' }]);
  });
});

describe('a price kept for customer and product', () => {
  it('makes a credit smaller money back, never a debit', () => {
    const orders = [
      { charges: [{ class: 'credit' as const, amount: '-20', quantity: '5', unitPrice: '4' }] },
    ];
    const [line] = only({ orders, decisions: kept({ unitPrice: '9' }) }).lines;
    expect(line?.amount.amountMinor).toBe(-4500n);
  });

  it('is charged by the share of the period', () => {
    const orders = [
      {
        charges: [
          {
            class: 'proration' as const,
            amount: '5',
            quantity: '1',
            unitPrice: '10',
            share: '0.5',
          },
        ],
      },
    ];
    const [line] = only({ orders, decisions: kept({ unitPrice: '9' }) }).lines;
    expect(line?.amount.amountMinor).toBe(450n);
  });

  it('leaves a setup fee alone', () => {
    const orders = [
      { charges: [{ class: 'setup' as const, amount: '50', quantity: '1', unitPrice: '50' }] },
    ];
    const [line] = only({ orders, decisions: kept({ unitPrice: '9' }) }).lines;
    expect(line?.amount.amountMinor).toBe(5000n);
  });
});

describe('an answer', () => {
  it('about one charge asks again when that charge changed', () => {
    const decisions: NonNullable<Plain['decisions']> = [
      {
        scope: { kind: 'charge', key: 'o1-1', revision: 'r0' },
        value: { kind: 'edit', edit: { quantity: '5' } },
      },
    ];
    expect(only({ decisions }).needs.map(({ code }) => code)).toContain('edit-outdated');
  });

  it('to bill what straddles does not bill what lies before', () => {
    const decisions: NonNullable<Plain['decisions']> = [
      {
        scope: { kind: 'customer', customerId: 'cust1' },
        value: { kind: 'straddle', answer: 'bill' },
      },
    ];
    const orders = [
      { placedOn: '2026-01-10', charges: [{ period: { start: '2026-01-10', end: '2026-02-10' } }] },
    ];
    expect(only({ orders, decisions, connection: { billFrom: '2026-11-01' } }).left).toEqual([
      { chargeKey: 'o1-1', reason: 'already-billed' },
    ]);
  });
});

it('what a person ignored is in no plan', () => {
  const { world, tasks } = planWorld({ orders: [{}] });
  const by = { kind: 'user' as const, id: 'u1', name: 'Owner' };
  const ignored = tasks.map((task) => ({
    ...task,
    state: 'ignored' as const,
    ignored: { reason: 'mine', by, at: task.createdAt },
  }));
  expect(planTasks(world, tasks).plans).toHaveLength(1);
  expect(planTasks(world, ignored).plans).toEqual([]);
});
