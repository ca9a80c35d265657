import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { BillingOfStanding } from '../../server/domain/document.ts';
import { openLineMarker } from '../../server/sync/plan/open-lines.ts';
import { changesOf } from '../../server/sync/write-plan.ts';
import { type Plain, type PlainCharge, planWorld } from '../kit/plan-world.ts';

const monthly: BillingOfStanding = {
  cycle: { unit: 'month', count: 1 },
  prorates: false,
  billsFrom: date('2026-10-01'),
  billedThrough: null,
};
const amount = { amountMinor: 2970n, currency: 'AUD' };
const foreign = {
  description: 'Seat',
  quantity: '3',
  unitPrice: '9.9',
  discount: null,
  itemCode: null,
  accountCode: null,
  taxType: null,
  tracking: [],
  amount,
  tax: null,
  raw: null,
};

/** One order of a subscription whose periods begin on the 10th, for a company with one agreement. */
function planned({
  type = 'sales',
  charge = {},
  billing = {},
  isOpen = false,
  accepted = [],
  settings = {},
}: {
  type?: 'sales' | 'change' | 'renewal' | 'cancellation';
  settings?: Plain['settings'];
  charge?: PlainCharge;
  billing?: Partial<BillingOfStanding> | null;
  isOpen?: boolean;
  accepted?: readonly [code: 'period-invoiced' | 'before-billing-start', seen: string][];
}) {
  const plain: Plain = {
    settings,
    manifest: {
      kind: 'standing',
      standing: { document: 'agreement', wholeUnits: false, wholePeriods: true, exports: [] },
    },
    items: [{ id: 'i1', price: null }],
    mappings: [{ productKey: 'p1', targetId: 'i1' }],
    subscriptions: [
      {
        products: [
          {
            productId: 'p1',
            partNumber: null,
            name: 'Seat',
            quantity: '3',
            unitPrice: '9.9',
            unitCost: null,
            currency: 'AUD',
          },
        ],
      },
    ],
    orders: [
      {
        type,
        placedOn: '2026-11-10',
        charges: [
          {
            quantity: '3',
            unitPrice: '9.9',
            amount: '29.7',
            period: { start: '2026-11-10', end: '2026-12-10' },
            ...charge,
          },
        ],
      },
    ],
  };
  const { world } = planWorld(plain);
  const first = world.order('o1')?.charges[0];
  if (first === undefined) throw new Error('the world has no charge');
  const line = { ...foreign, id: '7', quantity: '2', marker: openLineMarker(world, 's1', first) };
  const made = planWorld({
    ...plain,
    decisions: accepted.map(([need, seen]) => ({
      scope: { kind: 'charge', key: first.key, revision: first.revision },
      value: { kind: 'accept', need, seen },
    })),
    ...(billing === null
      ? {}
      : {
          documents: [
            {
              id: 'a1',
              kind: 'agreement',
              state: 'running',
              marker: 'LDR00000000001',
              lines: isOpen ? [line] : [],
              billing: { ...monthly, ...billing },
            },
          ],
        }),
  });
  const { plans } = made.plan();
  return {
    needs: made.tasks.flatMap(({ groups }) =>
      groups.flatMap((group) => group.needs.map(({ code }) => code)),
    ),
    warnings: plans.flatMap(({ warnings }) => warnings.map(({ code }) => code)),
    changes: plans
      .filter(({ ref }) => !ref.startsWith('blocked:'))
      .flatMap(changesOf)
      .map((change) =>
        change.change === 'stand'
          ? `stands ${change.steps.map(({ from, quantity }) => `${quantity} from ${from}`).join(', ')}`
          : change.change === 'add'
            ? `once ${change.content.quantity} on ${change.date}`
            : change.change,
      ),
  };
}

describe('a line of an agreement that bills whole periods', () => {
  it('counts from the first day of its period, on one that is there and on a new one', () => {
    expect(planned({}).changes).toEqual(['stands 3 from 2026-11-01']);
    expect(planned({ billing: null }).changes).toEqual(['stands 3 from 2026-11-01']);
  });

  it('keeps its day where the agreement prorates', () => {
    expect(planned({ billing: { prorates: true } }).changes).toEqual(['stands 3 from 2026-11-10']);
  });

  it('has its first period apart where that is invoiced already, and asks nothing', () => {
    const { changes, needs, warnings } = planned({
      billing: { billedThrough: date('2026-11-30') },
    });
    expect(changes).toEqual(['once 3 on 2026-11-10', 'stands 3 from 2026-12-01']);
    expect(needs).toEqual([]);
    expect(warnings).toContain('period-apart');
  });

  it('asks where more than that period is invoiced, and counts from the next once accepted', () => {
    const billing = { billedThrough: date('2026-12-31') };
    expect(planned({ billing }).needs).toEqual(['period-invoiced']);
    const { needs, changes } = planned({
      billing,
      accepted: [['period-invoiced', '2027-01-01']],
    });
    expect(needs).toEqual([]);
    expect(changes).toEqual(['stands 3 from 2027-01-01']);
  });

  it('asks before a change of an open line would be refused, unless the agreement prorates', () => {
    const change = {
      type: 'renewal',
      isOpen: true,
      charge: { amount: '33', unitPrice: '11' },
    } as const;
    const billing = { billedThrough: date('2026-11-30') };
    expect(planned({ ...change, billing }).needs).toEqual(['period-invoiced']);
    expect(planned({ ...change, billing: { ...billing, prorates: true } })).toMatchObject({
      needs: [],
      changes: ['stands 3 from 2026-11-10'],
    });
  });

  it('asks before a line would begin before the billing start', () => {
    const billing = { billsFrom: date('2026-12-01') };
    expect(planned({ billing }).needs).toEqual(['before-billing-start']);
    expect(
      planned({ billing, accepted: [['before-billing-start', '2026-12-01']] }).changes,
    ).toEqual(['stands 3 from 2026-12-01']);
  });

  it('is not billed where agreement and setting differ in who works out a part of a period', () => {
    const part = {
      type: 'sales',
      charge: {
        share: '0.5',
        amount: '14.85',
        unitPrice: '4.95',
        period: { start: '2026-11-16', end: '2026-12-01' },
      },
    } as const;
    expect(planned(part).needs).not.toContain('proration-differs');
    expect(planned({ ...part, billing: { prorates: true } }).needs).toContain('proration-differs');
    expect(planned({ billing: { prorates: true } }).needs).not.toContain('proration-differs');
  });

  it('is not moved by a change of seats whose part nobody would work out', () => {
    const upgrade = {
      type: 'change',
      isOpen: true,
      settings: { proration: 'system' },
      charge: {
        share: '0.5',
        amount: '14.85',
        unitPrice: '4.95',
        period: { start: '2026-11-16', end: '2026-12-01' },
      },
    } as const;
    expect(planned(upgrade).needs).toEqual(['proration-differs']);
    expect(planned({ ...upgrade, billing: { prorates: true } })).toMatchObject({
      needs: [],
      changes: ['stands 3 from 2026-11-16'],
    });
  });
});
