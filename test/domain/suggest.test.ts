import { describe, expect, it } from 'vitest';
import type { Customer } from '../../server/domain/customer.ts';
import { companyFinder, itemFinder, normalizedName } from '../../server/sync/mapping/suggest.ts';
import { companyOf, itemOf } from '../kit/plan-world.ts';

const customer = (name: string, id = 'cust1'): Customer => ({
  id,
  name,
  externalId: null,
  status: 'active',
  taxNumber: null,
  email: null,
  address: null,
});
const companies = (...names: string[]) =>
  names.map((name, index) => companyOf({ id: `co${index}`, name }));

describe('a suggestion', () => {
  it('sees one company through legal forms, accents and signs', () => {
    expect(normalizedName('Bright & Sons Pty. Ltd.')).toBe(
      normalizedName('bright and sons limited'),
    );
    expect(normalizedName('Café Zürich GmbH')).toBe('cafe zurich');
  });

  it('is sure of the same number, then of the same name', () => {
    const numbered = companyOf({ id: 'co9', name: 'Something else', number: 'cust1' });
    const find = companyFinder([numbered, ...companies('Alder Dental')]);
    expect(find(customer('Alder Dental'))).toMatchObject({
      targetId: 'co9',
      reason: 'same-number',
    });
    expect(find(customer('alder dental', 'x'))).toMatchObject({
      scorePercent: 100,
      reason: 'same-name',
    });
    expect(find(customer('Alder Dental Pty Ltd', 'x'))).toMatchObject({
      scorePercent: 95,
      reason: 'same-name-normalized',
    });
  });

  it('is only likely for a similar name, and none for an unlike one', () => {
    const find = companyFinder(companies('Brightwater Plumbing'));
    expect(find(customer('Brightwaters Plumbing'))).toMatchObject({ reason: 'similar-name' });
    expect(find(customer('Zebra'))).toBeNull();
  });

  it('is none where two fit equally, and never an archived or merged company', () => {
    expect(companyFinder(companies('Alder', 'Alder'))(customer('Alder'))).toBeNull();
    const gone = [
      companyOf({ name: 'Alder', archived: true }),
      companyOf({ name: 'Alder', mergedInto: 'co5' }),
    ];
    expect(companyFinder(gone)(customer('Alder'))).toBeNull();
  });

  it('knows an item by its code before its name', () => {
    const find = itemFinder([
      itemOf({ id: 'i1', code: 'MS-1', name: 'Other' }),
      itemOf({ id: 'i2', code: 'X', name: 'Mail Suite' }),
      itemOf({ id: 'i3', code: 'MS-2', name: 'Gone', archived: true }),
    ]);
    expect(find({ name: 'Mail Suite', partNumber: 'ms-1' })).toMatchObject({
      targetId: 'i1',
      reason: 'same-code',
    });
    expect(find({ name: 'Mail Suite', partNumber: null })).toMatchObject({ targetId: 'i2' });
    expect(find({ name: 'Nothing', partNumber: 'MS-2' })).toBeNull();
  });
});
