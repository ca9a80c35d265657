import { describe, expect, it } from 'vitest';
import { type Plain, planWorld } from '../kit/plan-world.ts';

const standing = {
  document: 'contract' as const,
  wholeUnits: true,
  wholePeriods: false,
  exports: [],
};
const every = (months: number) => ({ unit: 'month' as const, count: months });
const base: Plain = {
  manifest: { kind: 'standing', standing: { ...standing, cycleMonths: [1, 3, 6, 12] } },
  items: [{ id: 'i1', price: null }],
  mappings: [{ productKey: 'p1', targetId: 'i1' }],
  orders: [{ charges: [{ share: '1' }] }],
};
const contract = (id: string, months: number, marker: string | null = null) => ({
  id,
  kind: 'contract' as const,
  state: 'running' as const,
  marker,
  billing: {
    cycle: every(months),
    prorates: true,
    billsFrom: '2026-01-01',
    billedThrough: null,
  },
});
const plansFor = (months: number, more: Plain = {}) =>
  planWorld({ ...base, subscriptions: [{ billingPeriod: every(months) }], ...more }).plan().plans;

describe('the rhythm of a contract', () => {
  it.each([1, 3, 6, 12])(
    'a new one is billed every %s months, as its subscription is',
    (months) => {
      const [plan] = plansFor(months);
      const cycle = plan?.target.kind === 'new' ? plan.target.header.cycle : null;
      expect(cycle).toEqual(months === 12 ? { unit: 'year', count: 1 } : every(months));
      expect(plan?.needs).toEqual([]);
    },
  );

  it('one that the system cannot bill so is told before anything is written', () => {
    expect(plansFor(2)[0]?.needs).toMatchObject([{ code: 'no-cycle', facts: { months: '2' } }]);
  });

  it('ours of another rhythm is left, and ours of the same takes the line', () => {
    const documents = [contract('k1', 1, 'LDRAAAAAAAAAAA'), contract('k3', 3, 'LDRBBBBBBBBBBB')];
    const [plan] = plansFor(3, { documents });
    expect(plan?.target).toMatchObject({ kind: 'existing', documentId: 'k3' });
  });

  it('one chosen by hand whose rhythm differs is refused with the reason', () => {
    const chosen = (months: number): Plain => ({
      documents: [contract('k1', months)],
      decisions: [
        {
          scope: { kind: 'customer', customerId: 'cust1' },
          value: { kind: 'document', documentId: 'k1' },
        },
      ],
    });
    expect(plansFor(1, chosen(1))[0]).toMatchObject({
      target: { kind: 'existing', documentId: 'k1' },
      needs: [],
    });
    expect(plansFor(3, chosen(1))[0]?.needs).toMatchObject([
      { code: 'cycle-differs', facts: { months: '3', billed: '1' } },
    ]);
  });

  it('an agreement chosen by hand whose cycle is none that is known is refused as well', () => {
    const wholePeriods = { ...standing, document: 'agreement' as const, wholePeriods: true };
    const agreement = { ...contract('a1', 1), kind: 'agreement' as const };
    const billing = { ...agreement.billing, prorates: false, cycle: null };
    const [plan] = plansFor(1, {
      manifest: { kind: 'standing', standing: wholePeriods },
      documents: [{ ...agreement, billing }],
      decisions: [
        {
          scope: { kind: 'customer', customerId: 'cust1' },
          value: { kind: 'document', documentId: 'a1' },
        },
      ],
    });
    expect(plan?.needs).toMatchObject([{ code: 'cycle-differs', facts: { billed: '?' } }]);
  });
});
