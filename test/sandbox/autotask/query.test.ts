import { describe, expect, it } from 'vitest';
import { connectAutotask, EVERYTHING, type Json, listOf } from './connect.ts';

const names = (items: Json[]) => items.map(({ companyName }) => String(companyName));
const is = (op: string, field: string, value?: unknown) => ({ op, field, value });

describe('the filter', () => {
  it('finds everything by an id that exists, sorted by id, the own company first', async () => {
    const { find } = await connectAutotask();
    const ids = (await find('Companies', EVERYTHING)).map(({ id }) => Number(id));
    expect(ids[0]).toBe(0);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it.each([
    ['eq', 'Customer 1 pty ltd', ['Customer 1 Pty Ltd']],
    ['beginsWith', 'customer 1', 9],
    ['endsWith', '3 pty ltd', ['Customer 3 Pty Ltd', 'Customer 13 Pty Ltd']],
    ['contains', 'MER 12', ['Customer 12 Pty Ltd']],
  ])('compares text by %s in any case', async (op, value, wanted) => {
    const { find } = await connectAutotask();
    const found = names(await find('Companies', is(op, 'companyName', value)));
    if (typeof wanted === 'number') expect(found).toHaveLength(wanted);
    else expect(found).toEqual(wanted);
  });

  it('compares numbers, moments, lists and nulls', async () => {
    const { find } = await connectAutotask();
    const all = await find('Companies', EVERYTHING);
    const middle = Number(all[4]?.id);
    const count = async (...filter: unknown[]) => (await find('Companies', ...filter)).length;
    expect(await count(is('lt', 'id', middle))).toBe(4);
    expect(await count(is('lte', 'id', middle))).toBe(5);
    expect(await count(is('gt', 'id', middle))).toBe(all.length - 5);
    expect(await count(is('gte', 'id', middle))).toBe(all.length - 4);
    expect(await count(is('in', 'id', [0, middle]))).toBe(2);
    expect(await count(is('notIn', 'id', [0, middle]))).toBe(all.length - 2);
    expect(await count(is('noteq', 'id', 0))).toBe(all.length - 1);
    expect(await count(is('exist', 'companyNumber'))).toBeGreaterThan(0);
    const hasNumber = await count(is('exist', 'companyNumber'));
    expect(await count(is('notExist', 'companyNumber'))).toBe(all.length - hasNumber);
    expect(await count(is('gt', 'createDate', '2026-11-23'))).toBe(all.length);
    expect(await count(is('lt', 'createDate', '2026-11-23T02:00:00'))).toBe(0);
  });

  it('joins conditions by and, and groups by and and or', async () => {
    const { find } = await connectAutotask();
    const first = is('eq', 'companyName', 'Customer 1 Pty Ltd');
    const second = is('eq', 'companyName', 'Customer 2 Pty Ltd');
    expect(await find('Companies', first, second)).toEqual([]);
    const either = await find('Companies', { op: 'or', items: [first, second] });
    expect(names(either)).toEqual(['Customer 1 Pty Ltd', 'Customer 2 Pty Ltd']);
    const both = [{ op: 'or', items: [first, second] }, is('eq', 'companyNumber', 'C-1001')];
    expect(names(await find('Companies', { op: 'and', items: both }))).toEqual([
      'Customer 2 Pty Ltd',
    ]);
  });

  it('finds nothing where a text is compared with a number or with true and false', async () => {
    const { find } = await connectAutotask();
    expect(await find('Companies', is('eq', 'id', '0'))).toEqual([]);
    expect(await find('Companies', is('eq', 'isActive', 'true'))).toEqual([]);
    expect(await find('Companies', is('eq', 'isActive', false))).toHaveLength(1);
  });

  it.each([
    ['no filter', {}],
    ['an empty filter', { filter: [] }],
    ['no JSON', '{'],
    ['an unknown operator', { filter: [is('like', 'id', 1)] }],
    ['an unknown field', { filter: [is('eq', 'accountName', 'x')] }],
    ['a group without items', { filter: [{ op: 'or' }] }],
    ['a list that is none', { filter: [is('in', 'id', 1)] }],
    [
      'more than 500 branches',
      {
        filter: [
          is(
            'in',
            'id',
            Array.from({ length: 501 }, () => 1),
          ),
        ],
      },
    ],
    [
      'two user-defined fields',
      {
        filter: [
          { ...is('eq', 'Marketplace ID', 'a'), udf: true },
          { ...is('eq', 'Marketplace ID', 'b'), udf: true },
        ],
      },
    ],
    ['MaxRecords over 500', { filter: [EVERYTHING], MaxRecords: 501 }],
    ['MaxRecords 0', { filter: [EVERYTHING], MaxRecords: 0 }],
    ['an unknown field to include', { filter: [EVERYTHING], IncludeFields: ['accountName'] }],
  ])('is refused with 500 and a text: %s', async (_name, body) => {
    const { api } = await connectAutotask();
    const reply = await api('POST', '/Companies/query', body);
    expect([reply.status, reply.json]).toEqual([500, { errors: [expect.any(String)] }]);
  });

  it('may stand in the address of a GET, up to its length', async () => {
    const { api } = await connectAutotask();
    const search = (filter: unknown) =>
      `/Companies/query?search=${encodeURIComponent(JSON.stringify({ filter }))}`;
    const { json } = await api('GET', search([is('eq', 'id', 0)]));
    expect(names(listOf(json.items))).toEqual(['Wattle Cloud']);
    const long = is(
      'in',
      'id',
      Array.from({ length: 500 }, (_, index) => 29_000_000 + index),
    );
    expect((await api('GET', search([long]))).status).toBe(404);
  });
});

describe('the answer', () => {
  it('holds every field, null where nothing is set, and user-defined fields as a list', async () => {
    const { api } = await connectAutotask();
    const { item } = (await api('GET', '/Companies/0')).json;
    expect(item).toMatchObject({ companyName: 'Wattle Cloud', fax: null, isActive: true });
    expect(item?.userDefinedFields).toEqual([{ name: 'Marketplace ID', value: null }]);
  });

  it('holds only what is asked for', async () => {
    const { api } = await connectAutotask();
    const body = { filter: [is('eq', 'id', 0)], IncludeFields: ['companyName', 'id'] };
    const { json } = await api('POST', '/Companies/query', body);
    expect(json.items).toEqual([{ id: 0, companyName: 'Wattle Cloud' }]);
  });

  it('is paged; the next address takes the same method and body', async () => {
    const { api, find } = await connectAutotask();
    const all = await find('Companies', EVERYTHING);
    const body = { filter: [EVERYTHING], MaxRecords: 10 };
    const below = (address: unknown) => String(address).split('V1.0')[1] ?? '';
    const first = (await api('POST', '/Companies/query', body)).json;
    expect(first.pageDetails).toMatchObject({ count: 10, requestCount: 10, prevPageUrl: null });
    const second = (await api('POST', below(first.pageDetails?.nextPageUrl), body)).json;
    const third = (await api('POST', below(second.pageDetails?.nextPageUrl), body)).json;
    expect([first, second, third].flatMap(({ items }) => listOf(items))).toEqual(all);
    expect(third.pageDetails?.nextPageUrl).toBeNull();
    const back = (await api('POST', below(third.pageDetails?.prevPageUrl), body)).json;
    expect(back.items).toEqual(second.items);
  });

  it('keeps the filter of a GET in its next address', async () => {
    const { api } = await connectAutotask();
    const search = JSON.stringify({ filter: [is('gt', 'id', 0)], MaxRecords: 2 });
    const first = (await api('GET', `/Companies/query?search=${encodeURIComponent(search)}`)).json;
    const path = String(first.pageDetails?.nextPageUrl).split('V1.0')[1] ?? '';
    const second = (await api('GET', path)).json;
    expect(listOf(second.items)).toHaveLength(2);
    expect(second.items?.[0]?.id).not.toEqual(first.items?.[0]?.id);
  });

  it('may be a count', async () => {
    const { api, find } = await connectAutotask();
    const { json } = await api('POST', '/Companies/query/count', { filter: [EVERYTHING] });
    expect(json).toEqual({ queryCount: (await find('Companies', EVERYTHING)).length });
  });
});

describe('metadata', () => {
  it('says what an entity can', async () => {
    const { api } = await connectAutotask();
    expect((await api('GET', '/BillingCodes/entityInformation')).json.info).toMatchObject({
      name: 'BillingCode',
      canCreate: false,
      canQuery: true,
      userAccessForCreate: 'None',
      hasUserDefinedFields: false,
    });
  });

  it('describes fields with lengths, references and picklists of text values', async () => {
    const { api } = await connectAutotask();
    const { json } = await api('GET', '/companies/entityinformation/fields');
    const field = (name: string) => listOf(json.fields).find((one) => String(one.name) === name);
    expect(field('companyName')).toMatchObject({
      dataType: 'string',
      length: 100,
      isRequired: true,
    });
    expect(field('createDate')).toMatchObject({ dataType: 'datetime', isReadOnly: true });
    expect(field('ownerResourceID')).toMatchObject({
      isReference: true,
      referenceEntityType: 'Resource',
    });
    expect(field('companyType')?.picklistValues?.[0]).toMatchObject({
      value: '1',
      label: 'Customer',
      isActive: true,
    });
  });

  it('names the user-defined fields', async () => {
    const { api } = await connectAutotask();
    const { json } = await api('GET', '/Companies/entityInformation/userDefinedFields');
    expect(listOf(json.fields).map(({ name }) => name)).toEqual(['Marketplace ID']);
  });
});
