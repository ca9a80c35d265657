import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/domain/settings.ts';
import { booksOf } from '../../server/sync/plan/books.ts';
import { itemOf, planWorld } from '../kit/plan-world.ts';

const mapping = planWorld({
  mappings: [{ productKey: 'p1', accountCode: '230', taxType: null }],
}).world.productMapping('p1', 'recurring');
const account = { name: '', kind: '', taxType: null, archived: false, forSales: true };
const reference = {
  accounts: [
    { ...account, code: '200', taxType: 'ACCOUNT' },
    { ...account, code: '250' },
  ],
  taxRates: [],
  currencies: [],
  tracking: [],
  themes: [],
};
const all = {
  edit: { accountCode: '250', taxType: 'PERSON' },
  mapping,
  item: itemOf({ accountCode: '240', taxType: 'ITEM' }),
  fee: 'recurring' as const,
  settings: {
    ...defaultSettings,
    accountCode: '200',
    accountCodeRecurring: '210',
    accountCodeOneOff: '220',
    taxType: 'DEFAULT',
  },
  reference,
};
const placed = (changes: Partial<Parameters<typeof booksOf>[0]>) => booksOf({ ...all, ...changes });

describe('where a line is booked', () => {
  it('is decided by a person, then product, item, kind and default', () => {
    expect(placed({}).accountCode).toBe('250');
    expect(placed({ edit: {} }).accountCode).toBe('230');
    expect(placed({ edit: {}, mapping: null }).accountCode).toBe('240');
    expect(placed({ edit: {}, mapping: null, item: null }).accountCode).toBe('210');
    const bare = { ...all.settings, accountCodeRecurring: null };
    expect(placed({ edit: {}, mapping: null, item: null, settings: bare }).accountCode).toBe('200');
  });

  it('takes recurring and use as one kind, setup and fees for leaving as the other', () => {
    const at = (fee: 'recurring' | 'overuse' | 'setup' | 'cancellation') =>
      placed({ edit: {}, mapping: null, item: null, fee }).accountCode;
    expect([at('recurring'), at('overuse'), at('setup'), at('cancellation')]).toEqual([
      '210',
      '210',
      '220',
      '220',
    ]);
  });

  it('is taxed by a person, then item, account and default, else by the system', () => {
    expect(placed({}).taxType).toBe('PERSON');
    expect(placed({ edit: {} }).taxType).toBe('ITEM');
    const plain = { edit: {}, mapping: null, item: null };
    const bare = { ...all.settings, accountCodeRecurring: null };
    expect(placed({ ...plain, settings: bare }).taxType).toBe('ACCOUNT');
    expect(placed({ ...plain, settings: all.settings }).taxType).toBe('DEFAULT');
    const none = { ...bare, accountCode: null, taxType: null };
    expect(placed({ ...plain, settings: none })).toEqual({
      accountCode: null,
      taxType: null,
      steps: [
        { step: 'account', rule: 'none', code: null },
        { step: 'tax', rule: 'system', type: null },
      ],
    });
  });
});
