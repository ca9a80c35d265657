import { describe, expect, it } from 'vitest';
import { planWorld } from '../kit/plan-world.ts';

const seatsDown = {
  id: 'o2',
  type: 'change' as const,
  placedOn: '2026-11-12',
  charges: [{ class: 'proration' as const, detailType: 'downgrade', amount: '-4', unitPrice: '4' }],
};

describe('a plan', () => {
  it('names the exact change: the document, what is on it before and after, the lines', () => {
    const line = {
      id: 'l1',
      description: 'theirs',
      quantity: '1',
      unitPrice: '5',
      discount: null,
      itemCode: null,
      accountCode: null,
      taxType: null,
      tracking: [],
      amount: { amountMinor: 500n, currency: 'AUD' },
      tax: null,
      marker: null,
      raw: null,
    };
    const [plan] = planWorld({ orders: [{}], documents: [{ lines: [line] }] }).plan().plans;
    expect(plan).toMatchObject({
      ref: 'document:d1',
      target: { kind: 'existing', documentId: 'd1' },
      before: { amountMinor: 500n },
      after: { amountMinor: 1500n },
      lines: [{ chargeKey: 'o1-1', orderNumber: 'SOo1' }],
      needs: [],
    });
  });

  it('puts a credit on the invoice that it makes smaller, whatever the order of the orders', () => {
    for (const placedOn of ['2026-11-09', '2026-11-12']) {
      const { plans } = planWorld({ orders: [{}, { ...seatsDown, placedOn }] }).plan();
      expect(plans).toHaveLength(1);
      expect(plans[0]).toMatchObject({ documentKind: 'invoice', after: { amountMinor: 600n } });
    }
  });

  it('turns a group that would make its document negative into a credit note, all signs', () => {
    const { plans } = planWorld({ orders: [seatsDown] }).plan();
    expect(plans).toMatchObject([
      {
        documentKind: 'creditNote',
        after: { amountMinor: 400n },
        lines: [{ content: { unitPrice: '4' }, amount: { amountMinor: 400n } }],
      },
    ]);
  });

  it('lets the price bear a discount on a credit note, which takes none', () => {
    const { plans } = planWorld({
      orders: [seatsDown],
      decisions: [
        {
          scope: { kind: 'order', orderId: 'o2' },
          value: {
            kind: 'edit',
            edit: { unitPrice: '-4', discount: { kind: 'percent', value: '25' } },
          },
        },
      ],
    }).plan();
    expect(plans[0]?.lines[0]?.content).toMatchObject({ unitPrice: '3', discount: null });
  });

  it('shows what needs a person beside the rest and never holds other groups', () => {
    const orders = [{ charges: [{}, { subscriptionId: 's2', productId: 'unmapped' }] }];
    const { plans } = planWorld({ orders }).plan();
    expect(plans.map(({ ref, lines }) => [ref.split(':')[0], lines.length])).toEqual([
      ['new', 1],
      ['blocked', 1],
    ]);
    expect(plans[1]?.needs).toMatchObject([{ code: 'map-product', subject: 'unmapped' }]);
  });

  it('takes earlier orders of a chosen subscription in and says so, but nothing else', () => {
    const orders = [
      { id: 'o1', placedOn: '2026-11-10' },
      { id: 'o2', placedOn: '2026-11-11' },
      { id: 'o3', placedOn: '2026-11-09', charges: [{ subscriptionId: 's2' }] },
    ];
    const { plans, alsoTaken } = planWorld({ orders }).plan(['SOo2']);
    expect(plans.flatMap(({ lines }) => lines.map(({ orderNumber }) => orderNumber))).toEqual([
      'SOo1',
      'SOo2',
    ]);
    expect(alsoTaken).toEqual([{ orderNumber: 'SOo1', because: 'SOo2' }]);
  });

  it('is not touched by later tasks: the choice is what counts', () => {
    const first = planWorld({ orders: [{}] }).plan(['SOo1']).plans;
    const later = planWorld({
      orders: [
        {},
        {
          id: 'o9',
          placedOn: '2026-11-22',
          customerId: 'cust2',
          subscriptionId: 's-other',
          charges: [{ subscriptionId: 's-other' }],
        },
      ],
    }).plan(['SOo1']).plans;
    expect(later.map(({ fingerprint }) => fingerprint)).toEqual(
      first.map(({ fingerprint }) => fingerprint),
    );
  });

  it('keeps customers apart', () => {
    const orders = [
      {},
      {
        id: 'o2',
        customerId: 'cust2',
        subscriptionId: 's-other',
        charges: [{ subscriptionId: 's-other' }],
      },
    ];
    const { plans } = planWorld({ orders }).plan();
    expect(plans.map(({ customerId }) => customerId)).toEqual(['cust1', 'cust2']);
  });
});
