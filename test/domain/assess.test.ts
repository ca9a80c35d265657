import { describe, expect, it } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import type { Task } from '../../server/domain/task.ts';
import { assessTask } from '../../server/sync/assess.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';

const now = instant(Date.parse('2026-11-23T10:00:00Z'));
const made = (plain: Plain) => planWorld({ orders: [{}], ...plain });
function assessed(plain: Plain, changes: Partial<Task> = {}): Task {
  const { world, tasks } = made(plain);
  const [task] = tasks;
  if (task === undefined) throw new Error('no task');
  return assessTask(world, { ...task, ...changes }, now);
}
const failure = (kind: 'never' | 'later'): Task['failure'] => ({
  code: 'system.rejected',
  said: 'The account is archived',
  retry: kind === 'never' ? { kind } : { kind, at: now },
  reference: null,
});

describe('a task', () => {
  it('is ready where nothing is missing, and needs a person where something is', () => {
    expect(assessed({}).state).toBe('ready');
    expect(assessed({ customers: [] })).toMatchObject({
      state: 'needs-action',
      groups: [{ needs: [{ code: 'map-customer' }] }],
    });
  });

  it('is stopped for safety by a guard', () => {
    expect(assessed({ orders: [{ total: '99' }] }).state).toBe('failed');
  });

  it('is billed once every charge is, with movements and nothing-to-pay beside it', () => {
    const orders = [
      { charges: [{}, { class: 'movement' as const, amount: '-10' }, { amount: '0' }] },
    ];
    expect(assessed({ orders, links: [{}] })).toMatchObject({
      state: 'synced',
      groups: [{ written: 1 }],
    });
    expect(assessed({ orders: [{ charges: [{ amount: '0' }] }] }).state).toBe('synced');
  });

  it('is ignored with its reason where all was left out', () => {
    expect(
      assessed({ orders: [{ placedOn: '2026-10-01', charges: [{ period: null }] }] }),
    ).toMatchObject({
      state: 'ignored',
      ignored: { reason: 'already-billed', by: { kind: 'app' } },
    });
  });

  it('stays as a person ignored it', () => {
    const ignored = {
      reason: 'a test',
      by: { kind: 'user' as const, id: 'u', name: 'Ana' },
      at: now,
    };
    expect(assessed({}, { ignored })).toMatchObject({
      state: 'ignored',
      ignored: { reason: 'a test' },
    });
  });

  it('shows the most urgent state of its groups', () => {
    const orders = [{ charges: [{}, { subscriptionId: 's2', productId: 'unmapped' }] }];
    const task = assessed({ orders });
    expect(task.groups.map(({ state }) => state)).toEqual(['ready', 'needs-action']);
    expect(task.state).toBe('needs-action');
  });

  it('waits where it will be tried again, and asks where the system refused for good', () => {
    expect(assessed({}, { failure: failure('later') }).state).toBe('waiting');
    expect(assessed({}, { failure: failure('never') })).toMatchObject({
      state: 'needs-action',
      groups: [{ needs: [{ code: 'write-rejected', facts: { said: 'The account is archived' } }] }],
    });
  });

  it('asks nothing about what was refused on a document that a person has closed since', () => {
    const refused = (state: 'draft' | 'approved') =>
      assessed(
        { documents: [{ id: 'd1', state }] },
        { failure: failure('never'), refusedOn: 'd1' },
      );
    expect(refused('draft')).toMatchObject({ state: 'needs-action', refusedOn: 'd1' });
    expect(refused('approved')).toMatchObject({ state: 'ready', failure: null, refusedOn: null });
  });

  it('stays with the run that applies it', () => {
    expect(assessed({}, { state: 'applying' }).state).toBe('applying');
  });

  it('needs a person where its document is closed and shall be held, or an account is missing', () => {
    const held: Plain = { settings: { whenClosed: 'hold' }, documents: [{ state: 'approved' }] };
    expect(assessed(held)).toMatchObject({
      state: 'needs-action',
      groups: [{ needs: [{ code: 'document-closed' }] }],
    });
    expect(assessed({ settings: { postAs: 'submitted' } })).toMatchObject({
      state: 'needs-action',
      groups: [{ needs: [{ code: 'no-account' }] }],
    });
  });

  it('is the same object where nothing changed, so that nothing is written', () => {
    const { world, tasks } = made({});
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    expect(assessTask(world, task, now)).toBe(task);
  });
});
