import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { endOf, isTooLate, leavingOf } from '../../server/domain/leaving.ts';
import { planTasks } from '../../server/sync/plan/plan.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';
import { readTable } from './table.ts';

const rows = readTable(new URL('leaving.md', import.meta.url), [
  'case',
  'customer',
  'has',
  'open',
  'leaving',
]);
const today = date('2026-11-23');
const leaveDays = 90;
const form = /^(\w+)( \+)? (\S+?)( cancelled (\S+))?$/;

function heldIn(text: string, index: number) {
  const [, state = '', renews, end = '-', , cancelledOn] = form.exec(text) ?? [];
  return {
    id: `s${index}`,
    name: `Subscription ${index}`,
    status: statusIn(state),
    autoRenews: renews !== undefined,
    expirationDate: end === '-' ? null : date(end),
    modifiedDate: null,
    cancelledOn: cancelledOn === undefined ? null : date(cancelledOn),
  };
}
const states = ['active', 'suspended', 'unknown', 'ended'] as const;
function statusIn(text: string) {
  const found = states.find((state) => state === text);
  if (found === undefined) throw new Error(`not a state: ${text}`);
  return found;
}

describe('a customer', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const held = row.has === '-' ? [] : (row.has ?? '').split('; ').map(heldIn);
    const found = leavingOf({ status: row.customer === 'closed' ? 'closed' : 'active' }, held, {
      today,
      leaveDays,
      hasOpen: row.open === 'yes',
      endedOn: (one) => {
        const { cancelledOn = null } = held.find(({ id }) => id === one.id) ?? {};
        return endOf(one, { cancelledOn, today });
      },
    });
    const said =
      found === null ? '-' : `${found.why} ${found.lastDay ?? '-'} ${found.until ?? '-'}`;
    expect(said).toBe(row.leaving);
  });
});

describe('an order that comes after the end', () => {
  const ended = date('2026-08-12');
  it('is too late only after the days are over', () => {
    expect(isTooLate(date('2026-11-10'), ended, leaveDays)).toBe(false);
    expect(isTooLate(date('2026-11-11'), ended, leaveDays)).toBe(true);
    expect(isTooLate(date('2026-11-11'), null, leaveDays)).toBe(false);
  });

  const late: Plain = {
    orders: [{ placedOn: '2026-11-11', charges: [{ class: 'usage', period: null }] }],
    subscriptions: [{ status: 'ended', startDate: null, expirationDate: '2026-08-12' }],
  };
  const needsOf = (plain: Plain) => {
    const { world, tasks } = planWorld(plain);
    return planTasks(world, tasks).plans.flatMap(({ needs }) => needs.map(({ code }) => code));
  };
  it('asks, and is billed when a person says so for exactly this order', () => {
    expect(needsOf(late)).toEqual(['late-charge']);
    const accept = (seen: string): Plain['decisions'] => [
      {
        scope: { kind: 'order', orderId: 'o1' },
        value: { kind: 'accept', need: 'late-charge', seen },
      },
    ];
    expect(needsOf({ ...late, decisions: accept('rev-o1') ?? [] })).toEqual([]);
    expect(needsOf({ ...late, decisions: accept('another') ?? [] })).toEqual(['late-charge']);
  });
  it('never asks when it is the cancellation itself', () => {
    const orders = late.orders?.map((order) => ({ ...order, type: 'cancellation' as const }));
    expect(needsOf({ ...late, orders: orders ?? [] })).toEqual([]);
  });
});
