import { describe, expect, it } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { money } from '../../server/domain/money.ts';
import type { Actor } from '../../server/domain/tenant.ts';
import {
  isLooser,
  type Loosened,
  mayApprove,
  type TwoPeopleLimit,
} from '../../server/domain/two-people.ts';
import { awaitsOf } from '../../server/sync/second-person.ts';
import { planWorld } from '../kit/plan-world.ts';
import { readTable } from './table.ts';

const rows = readTable(new URL('two-people.md', import.meta.url), [
  'case',
  'limit',
  'loosened',
  'documents',
  'approves',
  'prepared by',
  'waits',
]);
const nowMs = Date.parse('2026-11-23T10:00:00Z');

describe('a run', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const { connection } = planWorld({ settings: { twoPeopleAbove: limitIn(row.limit) } }).world;
    const [name = '', right] = (row['prepared by'] ?? '').split(' ');
    const parts = (row.documents ?? '').split('; ').map((text) => ({
      ...part,
      amount: money(text.split(' ')[0] ?? '', text.split(' ')[1] ?? ''),
    }));
    const awaits = awaitsOf(
      { ...connection, loosened: loosenedIn(row.loosened) },
      {
        by: name === 'automatic' ? { kind: 'app' } : person(name),
        parts,
        notBy: ['cleo'],
        mayApprove: right !== '-' || row.approves === 'no',
        at: instant(nowMs),
      },
    );
    expect(awaits?.why ?? 'no').toBe(row.waits);
    // Never again by who prepared it, nor by who had a part in it.
    if (awaits !== null)
      expect(awaits.notBy).toEqual(name === 'automatic' ? ['cleo'] : [name, 'cleo']);
  });
});

describe('the right to approve', () => {
  const grants = [{ userId: 'anna' }];
  it('is an admin’s, and that of an operator who was named', () => {
    expect(mayApprove([], { role: 'admin', userId: 'bram' })).toBe(true);
    expect(mayApprove(grants, { role: 'operator', userId: 'anna' })).toBe(true);
    expect(mayApprove(grants, { role: 'operator', userId: 'bram' })).toBe(false);
  });
  it('is nothing to one who only sees', () => {
    expect(mayApprove(grants, { role: 'viewer', userId: 'anna' })).toBe(false);
  });
});

it('a limit is looser when it is higher, gone, or of another currency', () => {
  const limit = { amount: '1000', currency: 'EUR' };
  expect(isLooser(limit, { ...limit, amount: '1000.01' })).toBe(true);
  expect(isLooser(limit, null)).toBe(true);
  expect(isLooser(limit, { amount: '1', currency: 'USD' })).toBe(true);
  expect(isLooser(limit, { ...limit, amount: '999' })).toBe(false);
  expect(isLooser(null, limit)).toBe(false);
});

const part = {
  ref: 'new:1',
  seen: '',
  customerId: 'cust1',
  taskIds: [],
  state: 'waiting' as const,
  documentId: null,
  documentNumber: null,
  documentUrl: null,
  failure: null,
  vain: null,
};
const person = (id: string): Actor => ({ kind: 'user', id, name: id });

function limitIn(text = '-'): TwoPeopleLimit | null {
  const [amount = '', currency = ''] = text.split(' ');
  return text === '-' ? null : { amount, currency };
}
function loosenedIn(text = '-'): Loosened[] {
  const [, , name = '', hours = ''] = text.split(' ');
  const limit = limitIn(text);
  const at = instant(nowMs - Number(hours) * 3_600_000);
  return limit === null ? [] : [{ limit, by: person(name), at }];
}
