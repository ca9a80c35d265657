import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { Header } from '../../server/domain/plan.ts';
import { dueDateOf } from '../../server/sync/plan/header.ts';
import { companyOf, type Plain, planWorld } from '../kit/plan-world.ts';

function headed(plain: Plain): { header: Header; warnings: string[] } {
  const [plan] = planWorld({ orders: [{}], ...plain }).plan().plans;
  if (plan?.target.kind !== 'new') throw new Error('no new document');
  return { header: plan.target.header, warnings: plan.warnings.map(({ code }) => code) };
}

describe('the head of a new document', () => {
  it('is dated by its first order, whichever was chosen first', () => {
    const orders = [
      { id: 'o2', placedOn: '2026-11-15' },
      { id: 'o1', placedOn: '2026-11-12' },
    ];
    expect(headed({ orders }).header).toMatchObject({ date: '2026-11-12', currency: 'AUD' });
    expect(headed({ orders }).header.reference).toMatch(/^SOo1 LDR[0-9A-Z]{11}$/);
  });

  it('moves to the next open day where the period is locked, and says so', () => {
    const locked = headed({ account: { lockedUntil: '2026-11-15' } });
    expect(locked.header.date).toBe('2026-11-16');
    expect(locked.warnings).toContain('date-moved');
    expect(headed({ account: { lockedUntil: '2026-11-09' } }).warnings).not.toContain('date-moved');
    expect(headed({ account: { lockedUntil: '2026-11-10' } }).header.date).toBe('2026-11-11');
  });

  it('has a due date wherever it is posted, with a warning where nobody has terms', () => {
    const settings = {
      postAs: 'approved' as const,
      accountCode: '200',
      invoice: 'per-order' as const,
    };
    expect(headed({}).header.dueDate).toBeNull();
    const posted = headed({ settings });
    expect(posted.header.dueDate).toBe('2026-12-10');
    expect(posted.warnings).toEqual(['no-terms']);
  });

  it('keeps the whole mark in a reference of limited length', () => {
    const { header } = headed({
      settings: { referenceTemplate: 'x'.repeat(120) },
      manifest: {
        limits: {
          lineTextMax: 100,
          referenceMax: 40,
          itemCodeMax: 30,
          readBeforeWriteMaxMs: 0,
          lateCommitMaxMs: 0,
          idempotencyWindowMs: 0,
        },
      },
    });
    expect(header.reference).toHaveLength(40);
    expect(header.reference).toMatch(/^x{25} LDR[0-9A-Z]{11}$/);
  });

  it('numbers credit notes and yearly invoices of an order apart', () => {
    const numbers = planWorld({
      settings: { numberBy: 'marketplace', refunds: 'credit-note' },
      orders: [
        {
          charges: [
            { subscriptionId: 's-year' },
            { subscriptionId: 's2' },
            { subscriptionId: 's2', amount: '-1' },
          ],
        },
      ],
    })
      .plan()
      .plans.map(({ target }) => (target.kind === 'new' ? target.header.number : null));
    expect(numbers).toEqual(['SOo1-Y', 'SOo1-CN', 'SOo1']);
  });
});

describe('a due date', () => {
  const due = (
    kind: 'days-after' | 'days-after-month' | 'day-of-month' | 'day-of-next-month',
    day: number,
    dated = '2026-01-15',
  ) =>
    dueDateOf(
      { dueDate: { mode: 'company-terms' } },
      companyOf({ terms: { kind, day } }),
      date(dated),
    );

  it('follows the company’s terms in their four kinds', () => {
    expect(due('days-after', 14)).toBe('2026-01-29');
    expect(due('days-after-month', 10)).toBe('2026-02-10');
    expect(due('day-of-month', 20)).toBe('2026-01-20');
    expect(due('day-of-next-month', 20)).toBe('2026-02-20');
  });

  it('never lies before the document, and takes a short month’s last day', () => {
    expect(due('day-of-month', 10)).toBe('2026-01-15');
    expect(due('day-of-next-month', 31)).toBe('2026-02-28');
    expect(due('day-of-month', 31, '2026-02-03')).toBe('2026-02-28');
  });

  it('is nobody’s where the company has no terms', () => {
    expect(
      dueDateOf({ dueDate: { mode: 'company-terms' } }, companyOf(), date('2026-01-15')),
    ).toBeNull();
  });
});
