import { describe, expect, it } from 'vitest';
import { type Plain, planWorld } from '../kit/plan-world.ts';

const by = { kind: 'user' as const, id: 'u1', name: 'Ana' };
const world = (more: Plain = {}) =>
  planWorld({
    manifest: {
      kind: 'standing',
      standing: { document: 'agreement', wholeUnits: false, wholePeriods: false, exports: [] },
    },
    items: [
      { id: 'i1', price: null },
      { id: 'i2', price: null },
    ],
    mappings: [{ productKey: 'p1', targetId: 'i1' }],
    subscriptions: [{}],
    orders: [
      {
        id: 'o1',
        number: 'SO-1',
        placedAt: '2026-11-10T00:00:00.000Z',
        placedOn: '2026-11-10',
        charges: [{ share: '1', productId: 'p9', partNumber: null }],
      },
      {
        id: 'o2',
        number: 'SO-2',
        placedAt: '2026-11-12T00:00:00.000Z',
        placedOn: '2026-11-12',
        charges: [{ share: '1' }],
      },
    ],
    ...more,
  });
const needsOf = ({ tasks }: ReturnType<typeof world>, number: string) =>
  tasks
    .find(({ orderNumber }) => orderNumber === number)
    ?.groups.flatMap(({ needs }) => needs.map(({ code }) => code));

describe('an earlier order that waits', () => {
  it('holds a later one of its subscription, which says for which it waits', () => {
    const made = world();
    expect(needsOf(made, 'SO-1')).toEqual(['map-product']);
    expect(made.plan(['SO-2']).plans.flatMap(({ needs }) => needs)).toMatchObject([
      { code: 'earlier-waits', facts: { earlier: 'SO-1' } },
    ]);
  });

  it('holds nothing once it is answered: both go together', () => {
    const made = world({
      mappings: [
        { productKey: 'p1', targetId: 'i1' },
        { productKey: 'p9', targetId: 'i2' },
      ],
    });
    const { plans, alsoTaken } = made.plan(['SO-2']);
    expect(plans.flatMap(({ needs }) => needs)).toEqual([]);
    expect(alsoTaken).toEqual([{ orderNumber: 'SO-1', because: 'SO-2' }]);
  });

  it('is taken in and comes first though both were placed in one moment, whatever their numbers', () => {
    const placed = { placedAt: '2026-11-10T00:00:00.000Z', placedOn: '2026-11-10' };
    const made = world({
      orders: [
        { id: 'o9', number: 'SO-9', ...placed, charges: [{ share: '1' }] },
        { id: 'o10', number: 'CH-10', ...placed, charges: [{ share: '1' }] },
      ],
    });
    const { plans, alsoTaken } = made.plan(['CH-10']);
    expect(alsoTaken).toEqual([{ orderNumber: 'SO-9', because: 'CH-10' }]);
    expect(plans.flatMap(({ lines }) => lines.map(({ orderNumber }) => orderNumber))).toEqual([
      'SO-9',
      'CH-10',
    ]);
  });

  it('holds nothing where it is left out', () => {
    const made = world({
      decisions: [
        {
          scope: { kind: 'order', orderId: 'o1' },
          value: { kind: 'exclude', reason: 'by hand', until: null },
          by,
        },
      ],
    });
    expect(made.plan(['SO-2']).plans.flatMap(({ needs }) => needs)).toEqual([]);
  });

  it('holds no invoice, whose lines have no order', () => {
    const made = world({ manifest: { kind: 'perOrder' } });
    expect(made.plan(['SO-2']).plans.flatMap(({ needs }) => needs)).toEqual([]);
  });
});
