import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type Intent, intentSchema } from '../../server/domain/intent.ts';
import { money } from '../../server/domain/money.ts';
import { isOpen } from '../../server/sync/plan/draft-line.ts';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { recompute } from '../bookkeeper/explain.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';

function groups(plain: Plain) {
  const { world } = planWorld({ orders: [{}], ...plain });
  const order = world.order('o1');
  return order === null ? [] : evaluateOrder(world, order);
}
const only = (plain: Plain) => {
  const [group, ...more] = groups(plain);
  if (group === undefined || more.length > 0) throw new Error('not one group');
  return group;
};
const corrected = (seen: string): NonNullable<Plain['decisions']> => [
  {
    scope: { kind: 'charge', key: 'o1-1', revision: 'r2' },
    value: { kind: 'accept', need: 'revision-changed', seen },
  },
];
const revised = { orders: [{ charges: [{ revision: 'r2', amount: '12' }] }] };

describe('an order evaluated', () => {
  it('comes in groups, one a subscription, and a charge of none follows the order’s', () => {
    const orders = [
      { charges: [{}, { subscriptionId: 's2' }, { subscriptionId: null, productId: 'p2' }] },
    ];
    expect(
      groups({ orders }).map(({ subscriptionId, chargeKeys }) => [subscriptionId, ...chargeKeys]),
    ).toEqual([
      ['s1', 'o1-1', 'o1-3'],
      ['s2', 'o1-2'],
    ]);
  });

  it('asks each thing once, also of a part of a period that costs nothing beside its line', () => {
    const { needs } = only({
      manifest: {
        kind: 'standing',
        standing: { document: 'agreement', wholeUnits: false, wholePeriods: false, exports: [] },
      },
      mappings: [],
      subscriptions: [
        {
          products: [
            {
              productId: 'p1',
              partNumber: null,
              name: 'Seat',
              quantity: '3',
              unitPrice: '0',
              unitCost: null,
              currency: 'AUD',
            },
          ],
        },
      ],
      orders: [
        {
          type: 'change',
          charges: [
            {
              quantity: '3',
              unitPrice: '0',
              amount: '0',
              share: '0.5',
              period: { start: '2026-11-15', end: '2026-12-01' },
            },
          ],
        },
      ],
    });
    expect(needs.map(({ code }) => code)).toEqual(['map-product']);
  });

  it('is done where every charge has its line', () => {
    const group = only({ links: [{}] });
    expect(group).toMatchObject({ written: 1, lines: [], needs: [] });
    expect(isOpen(group)).toBe(false);
  });

  it('draws a charge anew, a generation higher, once its line was freed', () => {
    const group = only({ links: [{ state: 'freed' }] });
    expect(group.lines.map(({ portion }) => portion)).toEqual([
      { instalment: 0, generation: 2, sign: 1 },
    ]);
  });

  it('is not disturbed by settings and mappings once billed', () => {
    const group = only({ links: [{}], mappings: [], settings: { accountCode: '999' } });
    expect(group).toMatchObject({ written: 1, needs: [] });
  });

  it('asks where a billed charge changed, and keeps it where a person says so', () => {
    expect(only({ ...revised, links: [{}] })).toMatchObject({
      written: 0,
      needs: [{ code: 'revision-changed' }],
    });
    expect(only({ ...revised, links: [{}], decisions: corrected('keep r2') })).toMatchObject({
      written: 1,
      needs: [],
    });
  });

  it('corrects by the mirror of what stands and the new line, and each comes to its amount', () => {
    const discounted = { quantity: '2', unitPrice: '10', amount: money('15', 'AUD') };
    for (const link of [{}, discounted]) {
      const group = only({ ...revised, links: [link], decisions: corrected('correct r2') });
      const [mirror, line] = group.lines;
      expect(mirror?.portion).toEqual({ instalment: 0, generation: 1, sign: -1 });
      expect(line?.portion).toEqual({ instalment: 0, generation: 2, sign: 1 });
      const amount = 'amount' in link ? '-15' : '-10';
      expect(recompute(mirror?.explanation, 'AUD')).toEqual({ amount, problems: [] });
    }
  });

  it('owes again what a corrected credit note gave back', () => {
    const credit = { documentKind: 'creditNote' as const };
    const orders = [{ charges: [{ revision: 'r2', amount: '-12' }] }];
    const group = only({ orders, links: [credit], decisions: corrected('correct r2') });
    expect(group.lines.map(({ amount }) => amount.amountMinor)).toEqual([1000n, -1200n]);
    expect(recompute(group.lines[0]?.explanation, 'AUD').amount).toBe('10');
  });

  it('waits while nobody knows what became of a write, and asks where recovery could not tell', () => {
    const { plans } = planWorld({ orders: [{}] }).plan();
    const intent = (state: Intent['state']): Intent =>
      v.parse(intentSchema, {
        id: 'intent-1',
        connectionId: 'c1',
        runId: 'run-1',
        element: {
          ref: 'r',
          kind: 'document-create',
          batch: 'b',
          body: '{}',
          documentId: null,
          marker: 'm',
          touchedAt: null,
          lineMarkers: [],
        },
        bodyHash: '',
        idempotencyKey: '',
        before: null,
        plan: plans[0],
        mappingId: null,
        frees: [],
        lookAt: 'INV-1',
        state,
        by: { kind: 'app' },
        sentAt: '2026-11-23T09:00:00.000Z',
        hungUpAt: null,
        failure: null,
        attempts: 1,
      });
    expect(only({ intents: [intent('unknown')] })).toMatchObject({ unknown: true, lines: [] });
    expect(only({ intents: [intent('unclear')] }).needs).toMatchObject([
      { code: 'outcome-unclear', guard: true, facts: { lookAt: 'INV-1' } },
    ]);
  });

  it('applies edits from the widest to the nearest, and names who made them', () => {
    const decisions: NonNullable<Plain['decisions']> = [
      {
        scope: { kind: 'product', productKey: 'p1' },
        value: { kind: 'edit', edit: { unitPrice: '7', accountCode: '300' } },
      },
      {
        scope: { kind: 'charge', key: 'o1-1', revision: 'r1' },
        value: { kind: 'edit', edit: { unitPrice: '8' } },
      },
    ];
    const [line] = only({ decisions }).lines;
    expect(line?.content).toMatchObject({ unitPrice: '8', accountCode: '300' });
    expect(line?.explanation).toContainEqual({
      step: 'edited',
      field: 'unitPrice',
      from: '',
      to: '8',
      by: 'Ana',
    });
  });
});
