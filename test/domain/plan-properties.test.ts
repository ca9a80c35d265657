import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Charge } from '../../server/domain/charge.ts';
import { multiply } from '../../server/domain/decimal.ts';
import { amountText, money, totals } from '../../server/domain/money.ts';
import type { Plan } from '../../server/domain/plan.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { recompute } from '../bookkeeper/explain.ts';
import { runs } from '../kit/length.ts';
import { type MadeWorld, type Plain, planWorld } from '../kit/plan-world.ts';
import { plains } from './plan-arbitraries.ts';

const isWritable = ({ ref }: Plan): boolean => !ref.startsWith('blocked:');
const signed = (plan: Plan, amount: bigint): bigint =>
  plan.documentKind === 'creditNote' ? -amount : amount;

function check(holds: (made: MadeWorld, plans: Plan[], plain: Plain) => void): void {
  fc.assert(
    fc.property(plains, (plain) => {
      const made = planWorld(plain);
      holds(made, made.plan().plans, plain);
    }),
    runs(150),
  );
}
const charges = ({ world, tasks }: MadeWorld): Charge[] =>
  tasks.flatMap(({ orderId }) => world.order(orderId)?.charges ?? []);

/** What became of each charge by the judge of tasks: left, blocked, or to be a line. */
function judged({ world, tasks }: MadeWorld): Map<string, 'left' | 'blocked' | 'line'> {
  const found = new Map<string, 'left' | 'blocked' | 'line'>();
  for (const { orderId } of tasks) {
    const order = world.order(orderId);
    for (const group of order === null ? [] : evaluateOrder(world, order))
      for (const key of group.chargeKeys) {
        const isLeft = group.left.some(({ chargeKey }) => chargeKey === key);
        found.set(key, isLeft ? 'left' : group.needs.length > 0 ? 'blocked' : 'line');
      }
  }
  return found;
}

describe('whatever the orders and settings', () => {
  it('every charge is on exactly one line, or left out with a reason, or blocked by a question', () => {
    check((made, plans) => {
      const state = judged(made);
      for (const { key } of charges(made)) {
        const lines = plans
          .filter(isWritable)
          .flatMap((plan) => plan.lines.filter(({ chargeKey }) => chargeKey === key));
        expect(state.has(key)).toBe(true);
        expect(lines).toHaveLength(state.get(key) === 'line' ? 1 : 0);
      }
    });
  });

  it('the lines sum to their charges, in each currency', () => {
    check((made, plans) => {
      const state = judged(made);
      const billed = charges(made).filter(({ key }) => state.get(key) === 'line');
      const lines = plans.filter(isWritable).flatMap((plan) =>
        plan.lines.map(({ amount }) => ({
          ...amount,
          amountMinor: signed(plan, amount.amountMinor),
        })),
      );
      expect(totals(lines)).toEqual(totals(billed.map(({ amount }) => amount)));
    });
  });

  it('no document comes to less than nothing', () => {
    check((_made, plans) => {
      for (const plan of plans.filter(isWritable))
        expect(plan.after.amountMinor).toBeGreaterThanOrEqual(0n);
    });
  });

  it('no document mixes currencies or customers', () => {
    check((made, plans) => {
      for (const plan of plans.filter(isWritable)) {
        for (const { amount, orderId } of plan.lines) {
          expect(amount.currency).toBe(plan.after.currency);
          expect(made.world.order(orderId)?.customerId).toBe(plan.customerId);
        }
        if (plan.target.kind === 'existing')
          expect(made.world.snapshot(plan.target.documentId)?.document.currency).toBe(
            plan.after.currency,
          );
      }
    });
  });

  it('a group stays on one document, or on one invoice and one credit note', () => {
    check((_made, plans) => {
      const places = new Map<string, Set<Plan>>();
      for (const plan of plans.filter(isWritable))
        for (const { orderId, subscriptionId } of plan.lines) {
          const group = `${orderId} ${subscriptionId}`;
          places.set(group, (places.get(group) ?? new Set()).add(plan));
        }
      for (const documents of places.values()) {
        const kinds = [...documents].map(({ documentKind }) => documentKind);
        expect(new Set(kinds).size).toBe(kinds.length);
      }
    });
  });

  it('each line says an amount that its quantity and price give, and explains it', () => {
    check((_made, plans) => {
      for (const { content, amount, explanation } of plans
        .filter(isWritable)
        .flatMap(({ lines }) => lines)) {
        expect(money(multiply(content.quantity, content.unitPrice), amount.currency)).toEqual(
          amount,
        );
        expect(recompute(explanation)).toEqual({ amount: amountText(amount), problems: [] });
      }
    });
  });

  it('marks are never shared and every plan has its own place', () => {
    check((_made, plans) => {
      const marks = plans
        .filter(isWritable)
        .flatMap(({ lines }) => lines.map(({ marker }) => marker));
      expect(new Set(marks).size).toBe(marks.length);
      expect(new Set(plans.map(({ ref }) => ref)).size).toBe(plans.length);
    });
  });

  it('the same world gives the same plans, byte for byte', () => {
    check((made, plans, plain) => {
      expect(planWorld(plain).plan()).toEqual({ ...made.plan(), plans });
    });
  });
});

describe('a fingerprint', () => {
  const base: Plain = {
    orders: [{ charges: [{ amount: '12.34', tax: '1.23' }] }],
    documents: [{ id: 'd1' }],
  };
  const prints = (plain: Plain): string =>
    planWorld(plain)
      .plan()
      .plans.map(({ fingerprint }) => fingerprint)
      .join(' ');

  it('changes with anything that the plan was made from', () => {
    const edit = (value: { unitPrice?: string; description?: string }): Plain => ({
      ...base,
      decisions: [
        { scope: { kind: 'order', orderId: 'o1' }, value: { kind: 'edit', edit: value } },
      ],
    });
    const others: Plain[] = [
      { ...base, orders: [{ charges: [{ amount: '12.35' }] }] },
      { ...base, orders: [{ charges: [{ amount: '12.34', quantity: '2' }] }] },
      { ...base, orders: [{ charges: [{ amount: '12.34', revision: 'r2' }] }] },
      { ...base, orders: [{ number: 'SO-other', charges: [{ amount: '12.34' }] }] },
      { ...base, settings: { accountCode: '200' } },
      { ...base, settings: { taxType: 'OUTPUT' } },
      { ...base, settings: { lineTemplate: '{product}' } },
      { ...base, settings: { taxBasis: 'inclusive' } },
      { ...base, settings: { postAs: 'submitted', accountCode: '200' } },
      { ...base, settings: { invoice: 'per-order' } },
      { ...base, mappings: [{ productKey: 'p1', targetId: 'i2' }] },
      { ...base, documents: [{ id: 'd1', reference: 'somebody wrote here' }] },
      { ...base, documents: [{ id: 'd2' }] },
      { ...base, account: { id: 'another' } },
      edit({ unitPrice: '12.3' }),
      edit({ description: 'Another text' }),
      { ...base, orders: [{ charges: [{ amount: '12.33', tax: '1.23' }] }] },
    ];
    const all = [base, ...others].map(prints);
    expect(new Set(all).size).toBe(all.length);
  });
});
