import { describe, expect, it } from 'vitest';
import { fill, describe as textOf } from '../../server/sync/plan/describe.ts';
import { chargeOf, itemOf, orderOf, type PlainCharge, productOf } from '../kit/plan-world.ts';

type Options = Parameters<typeof textOf>[0];
const defaults = {
  descriptionFrom: 'marketplace' as const,
  trimDescription: false,
  lineTemplate: '{product}, {quantity}, {from} - {to} {purchaseOrder}',
};
const told = (charge: PlainCharge = {}, changes: Partial<Options> = {}): string =>
  textOf({
    charge: chargeOf(charge),
    order: orderOf({ purchaseOrder: '77' }),
    fee: 'recurring',
    product: productOf({ name: 'Mail Suite' }),
    item: itemOf({ name: 'Mail', description: 'Mail for one seat' }),
    shape: { shape: 'quantity-price', quantity: '1', unitPrice: '10' },
    settings: defaults,
    textMax: 4000,
    ...changes,
  });

describe('the text of a line', () => {
  it('names product, quantity, the days that are paid for and the customer’s purchase order', () => {
    expect(told({ quantity: '3.0' })).toBe('Mail Suite, 3, 2026-11-10 - 2026-12-09 PO 77');
  });

  it('leaves no separators behind where something is not known', () => {
    const order = orderOf({});
    expect(told({ period: null }, { order })).toBe('Mail Suite, 1');
    expect(fill('{a} - {b}, {c}', { b: 'x' })).toBe('- x');
    expect(fill('{a}, , {b},', {})).toBe('');
    expect(fill('{unknown} rest', {})).toBe('rest');
  });

  it('says which fee it is, and that it gives back', () => {
    expect(told({}, { fee: 'setup' })).toMatch(/^Mail Suite \(setup\),/);
    expect(told({}, { fee: 'overuse' })).toMatch(/^Mail Suite \(usage\),/);
    expect(told({}, { fee: 'cancellation' })).toMatch(/^Mail Suite \(cancellation fee\),/);
    expect(told({ class: 'credit' })).toMatch(/^Mail Suite \(credit\),/);
  });

  it('takes the system’s words where the setting says so and it has some', () => {
    const settings = { ...defaults, descriptionFrom: 'system' as const };
    expect(told({}, { settings })).toMatch(/^Mail for one seat,/);
    expect(told({}, { settings, item: itemOf({ name: 'Mail' }) })).toMatch(/^Mail,/);
    expect(told({}, { settings, item: null })).toMatch(/^Mail Suite,/);
  });

  it('falls back to the charge’s own words where nobody knows the product', () => {
    expect(told({ description: 'A fee' }, { product: null })).toMatch(/^A fee,/);
    expect(told({ description: '' }, { product: null })).toMatch(/^recurring,/);
  });

  it('calls what a reseller charges beside the marketplace as they typed it, whatever its fee and item', () => {
    const own = { order: orderOf({ type: 'own' }), product: null, fee: 'setup' as const };
    const settings = { ...defaults, descriptionFrom: 'system' as const };
    const charge = { description: 'A visit', period: null, quantity: '2' };
    expect(told(charge, { ...own, settings })).toBe('A visit, 2');
    expect(told(charge, { ...own, settings: { ...settings, trimDescription: true } })).toBe(
      'A visit',
    );
  });

  it('tells the real figures of a line that states its amount once', () => {
    const shape = { shape: 'single' as const, quantity: '1', unitPrice: '10' };
    expect(told({ quantity: '3', unitPrice: '9.90', share: '0.726' }, { shape })).toMatch(
      / \(3 x 9\.9 x 0\.726\)$/,
    );
    expect(told({ quantity: '3', unitPrice: null, share: null }, { shape })).not.toMatch(/\(/);
  });

  it('is the name alone when trimmed, and never longer than the system takes', () => {
    const settings = { ...defaults, trimDescription: true };
    expect(told({}, { settings })).toBe('Mail Suite');
    expect(told({}, { textMax: 12 })).toBe('Mail Suit...');
  });

  it('keeps a hyphen and a comma that belong to a name', () => {
    const product = productOf({ name: 'Anti-Virus, Plus' });
    expect(told({ period: null }, { product, order: orderOf({}) })).toBe('Anti-Virus, Plus, 1');
  });

  it.each([' ', '-', ',', ' -', ', '])('T38: is made soon of a long run of %j', (part) => {
    const startedMs = performance.now();
    expect(fill(`{product}${part.repeat(50_000)}{product}`, { product: 'x' })).toMatch(/^x.*x$/);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
