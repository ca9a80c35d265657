import { describe, expect, it } from 'vitest';
import { chosenLine, linkableLines } from '../../server/sync/plan/linkable-lines.ts';
import { linkTo } from '../kit/link-to.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';
import { must } from '../sandbox/must.ts';

type Line = NonNullable<NonNullable<Plain['documents']>[number]['lines']>[number];
const line = (id: string, given: Partial<Line> = {}): Line => ({
  id,
  description: 'Something else',
  quantity: '1',
  unitPrice: '1',
  discount: null,
  itemCode: null,
  accountCode: '200',
  taxType: null,
  tracking: [],
  amount: { amountMinor: 100n, currency: 'AUD' },
  tax: null,
  marker: null,
  raw: null,
  ...given,
});
const held = {
  productId: 'p1',
  partNumber: null,
  name: 'Backup',
  quantity: '38',
  unitPrice: '10',
  unitCost: null,
  currency: 'AUD',
};
const asked = (plain: Plain) => {
  const { world, reader } = planWorld({
    subscriptions: [{ startDate: '2026-08-01', products: [held] }],
    ...plain,
  });
  return { world, reader, subscription: must(world.subscription('s1'), 'its subscription') };
};
const refusal = (plain: Plain, documentId: string, lineId: string): string => {
  try {
    chosenLine(asked(plain), { documentId, lineId });
    return 'taken';
  } catch (error) {
    return JSON.stringify(error);
  }
};
const other = (lineId: string): NonNullable<Plain['decisions']> => [
  {
    scope: { kind: 'subscription', subscriptionId: 's2', productKey: null },
    value: linkTo({ documentId: 'd1', lineId }),
  },
];

describe('lines a subscription may have been billed on', () => {
  it('come by likeness: item, then name, then amount, then quantity', () => {
    const lines = [
      line('none'),
      line('quantity', { quantity: '38' }),
      line('amount', { amount: { amountMinor: 38000n, currency: 'AUD' } }),
      line('name', { description: 'Monthly backup, October' }),
      line('item', { itemCode: 'CODE-i1' }),
    ];
    const found = linkableLines(asked({ documents: [{ id: 'd1', ours: false, lines }] }));
    expect(found.map((one) => one.line.id)).toEqual(['item', 'name', 'amount', 'quantity', 'none']);
    expect(found[0]?.held).toMatchObject({ name: 'Backup', quantity: '38', itemCode: 'CODE-i1' });
  });

  it('are beside the product they are most like, the newest invoice first among equals', () => {
    const documents = [
      { id: 'old', date: '2026-09-01', ours: false, lines: [line('a')] },
      { id: 'new', date: '2026-10-01', ours: false, lines: [line('b', { quantity: '4' })] },
    ];
    const second = { ...held, productId: 'p2', name: 'Mail', quantity: '4' };
    const subscriptions = [{ startDate: '2026-08-01', products: [held, second] }];
    const found = linkableLines(asked({ documents, subscriptions }));
    expect(found.map((one) => [one.document.id, one.held?.name])).toEqual([
      ['new', 'Mail'],
      ['old', 'Backup'],
    ]);
    const equal = linkableLines(asked({ documents }));
    expect(equal.map((one) => one.document.id)).toEqual(['new', 'old']);
  });

  it('are never ours, another company’s, in another currency, gone or taken', () => {
    const documents = [
      {
        id: 'd1',
        ours: false,
        lines: [line('free'), line('ours', { marker: 'LP0000000000000001' }), line('taken')],
      },
      { id: 'theirs', companyId: 'co2', ours: false, lines: [line('x')] },
      { id: 'dollars', currency: 'USD', ours: false, lines: [line('x')] },
      { id: 'void', state: 'voided' as const, lines: [line('x')] },
      { id: 'note', kind: 'creditNote' as const, lines: [line('x')] },
    ];
    const plain: Plain = { documents, decisions: other('taken') };
    expect(linkableLines(asked(plain)).map((one) => one.line.id)).toEqual(['free']);
    const codes = [
      ['d1', 'free'],
      ['d1', 'ours'],
      ['d1', 'taken'],
      ['d1', 'missing'],
      ['theirs', 'x'],
      ['dollars', 'x'],
      ['void', 'x'],
      ['note', 'x'],
    ].map(([document = '', id = '']) => {
      const told = refusal(plain, document, id);
      return told === 'taken' ? 'fits' : `${JSON.parse(told).code} ${JSON.parse(told).facts.field}`;
    });
    expect(codes).toEqual([
      'fits',
      'request.conflict lineId',
      'request.conflict lineId',
      'request.conflict lineId',
      'request.invalid documentId',
      'request.invalid currency',
      'request.conflict lineId',
      'request.conflict lineId',
    ]);
  });

  it('are kept as the person saw them', () => {
    const lines = [line('l1', { description: '41 seats', quantity: '41', unitPrice: '10' })];
    const { link } = chosenLine(asked({ documents: [{ id: 'd1', ours: false, lines }] }), {
      documentId: 'd1',
      lineId: 'l1',
    });
    expect(link).toMatchObject({
      documentId: 'd1',
      lineId: 'l1',
      seen: { text: '41 seats', quantity: '41', unitPrice: '10', amount: '1', currency: 'AUD' },
    });
  });
});
