import { describe, expect, it } from 'vitest';
import { changesLeft } from '../../server/connectors/autotask/service-steps.ts';
import { date } from '../../server/domain/dates.ts';

const on = (from: string, quantity: string) => ({ from: date(from), quantity, unitPrice: '9.9' });

/** What is left to do on a service whose units are these from those days on. */
function left(
  ranges: readonly (readonly [string, string])[],
  before: string,
  steps: readonly { from: string; quantity: string }[],
) {
  const units = ranges.map(([from, quantity], index) => ({
    id: String(index),
    contractServiceID: '7',
    startDate: date(from),
    endDate: date('2029-10-31'),
    units: quantity,
    approveAndPostDate: null,
  }));
  return changesLeft(
    {
      before: { quantity: before, unitPrice: '9.9' },
      steps: steps.map(({ from, quantity }) => on(from, quantity)),
    },
    { quantity: ranges.at(-1)?.[1] ?? '0', unitPrice: '9.9', units },
  )?.map(({ from, unitChange }) => [from, unitChange]);
}

describe('units that are taken back', () => {
  const opened = [
    ['2026-10-27', '25'],
    ['2026-11-27', '1'],
  ] as const;
  const none = [{ from: '2026-10-27', quantity: '0' }];

  it('are taken away after a later change of fewer is taken back, since units never fall below none', () => {
    expect(left(opened, '1', none)).toEqual([
      ['2026-11-26', '24'],
      ['2026-10-27', '-25'],
    ]);
  });

  it('are taken away where half of that was done, and not again where all of it was', () => {
    const half = [opened[0], ['2026-11-26', '49'], ['2026-11-27', '25']] as const;
    expect(left(half, '1', none)).toEqual([['2026-10-27', '-25']]);
    const all = [
      opened[0],
      ['2026-10-28', '0'],
      ['2026-11-26', '24'],
      ['2026-11-27', '0'],
    ] as const;
    expect(left(all, '1', none)).toEqual([]);
  });

  it('are left to a person where somebody changed the service', () => {
    expect(left([opened[0], ['2026-11-27', '3']], '1', none)).toBeUndefined();
  });

  it('fall at once where enough are left later', () => {
    expect(
      left([opened[0], ['2026-11-27', '20']], '20', [{ from: '2026-10-27', quantity: '10' }]),
    ).toEqual([
      ['2026-10-27', '-15'],
      ['2026-11-27', '5'],
    ]);
  });
});
