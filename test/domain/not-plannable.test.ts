import { expect, it } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { assessTask } from '../../server/sync/assess.ts';
import { planTasks } from '../../server/sync/plan/plan.ts';
import type { PlanWorld } from '../../server/sync/plan/world.ts';
import { planWorld } from '../kit/plan-world.ts';

const now = instant(Date.parse('2026-11-23T10:00:00Z'));

/** Two orders of one customer; what the world tells about the later one's charges is a fault. */
function faulty() {
  const later = { id: 'o2', number: 'SO2' };
  const { world, tasks } = planWorld({ orders: [{}, later] });
  const [good, bad] = tasks;
  if (bad === undefined || good === undefined) throw new Error('two tasks');
  const keys = new Set<string>(bad.groups.flatMap(({ chargeKeys }) => chargeKeys));
  const broken: PlanWorld = {
    ...world,
    linkState: (key) => {
      if (keys.has(key)) throw new TypeError('customer@example.test owes 5');
      return world.linkState(key);
    },
  };
  return { world, broken, bad, good };
}

it('a fault of ours stops the order it is about, for safety, and says where it was', () => {
  const { broken, bad } = faulty();
  const task = assessTask(broken, bad, now);
  expect(task).toMatchObject({
    state: 'failed',
    groups: [{ written: 0, needs: [{ code: 'not-plannable', guard: true }] }],
  });
  const problem = task.groups[0]?.needs[0]?.facts.problem ?? '';
  expect(problem).toMatch(/^TypeError in .*not-plannable\.test\.ts:\d+\)$/);
  expect(problem).not.toContain('example');
});

it('the orders beside it are judged and planned as ever', () => {
  const { world, broken, bad, good } = faulty();
  expect(assessTask(broken, good, now).state).toBe('ready');
  const { plans } = planTasks(broken, [bad, good]);
  const [alone] = planTasks(world, [good]).plans;
  expect(plans.filter(({ needs }) => needs.length === 0)).toEqual([alone]);
  const [held, ...others] = plans.filter(({ needs }) => needs.length > 0);
  expect(others).toEqual([]);
  expect(held).toMatchObject({ taskIds: [bad.id], lines: [], needs: [{ code: 'not-plannable' }] });
});

it('it is ready again once the fault is mended', () => {
  const { world, broken, bad } = faulty();
  expect(assessTask(world, assessTask(broken, bad, now), now).state).toBe('ready');
});
