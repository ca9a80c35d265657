import { describe, expect, it } from 'vitest';
import { BASE_URL, connectConnectWise, listOf } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const named = (rows: readonly { name?: unknown }[]) => rows.map(({ name }) => String(name));

describe('conditions', () => {
  it.each([
    ['name="Customer 1 Pty Ltd"', ['Customer 1 Pty Ltd']],
    ['name="CUSTOMER 1 pty ltd"', ['Customer 1 Pty Ltd']],
    ['name like "Customer 1%"  and name like "*6 Pty Ltd"', ['Customer 16 Pty Ltd']],
    ['name contains "er 2 "', ['Customer 2 Pty Ltd']],
    ['name in ("Customer 1 Pty Ltd", "Customer 2 Pty Ltd")', 2],
    ['accountNumber >= "C-1000" and accountNumber < "C-1002"', 2],
    ['(name="Customer 1 Pty Ltd" or name="Customer 2 Pty Ltd") and deletedFlag=false', 2],
    ['name="Customer 1 Pty Ltd" or name="Customer 2 Pty Ltd" and deletedFlag=true', 1],
    ['status/name="Not-Active"', 1],
    ['deletedFlag=True', 1],
    ['currency/currencyIdentifier="USD"', 1],
    ['accountNumber != null and name not like "Customer%"', 0],
    ['lastUpdated > [2026-11-23T01:59:59Z] and name="Customer 1 Pty Ltd"', 1],
    ['_info/lastUpdated > [2026-11-23T02:00:00Z]', 0],
  ])('%s', async (conditions, wanted) => {
    const { find, api } = await connectConnectWise();
    const found = await find('/company/companies', { conditions, pageSize: '1000' });
    if (typeof wanted === 'number') expect(found).toHaveLength(wanted);
    else expect(named(found)).toEqual(wanted);
    const counted = await api(
      'GET',
      `/company/companies/count?${new URLSearchParams({ conditions })}`,
    );
    expect(counted.json).toEqual({ count: found.length });
  });

  it('compare numbers, dates and references of any record', async () => {
    const { find, company, agreementId, add, below } = await agreementScene();
    await add({ quantity: 2.5 });
    await add({ quantity: 10, cancelledDate: '2026-11-30T00:00:00Z' });
    const ids = async (conditions: string) =>
      (await find('/finance/agreements', { conditions })).map(({ id }) => Number(id));
    expect(await ids(`company/id=${String(company?.id)} and name="Subscriptions"`)).toEqual([
      agreementId,
    ]);
    expect(await ids('name="Subscriptions" and startDate=[2026-11-01]')).toEqual([agreementId]);
    expect(await ids('name="Subscriptions" and startDate<[2026-11-01]')).toEqual([]);
    const additions = (conditions: string) => find(`${below}/additions`, { conditions });
    expect(await additions('quantity > 2.4 and quantity < 10')).toHaveLength(1);
    expect(await additions('cancelledDate = null')).toHaveLength(1);
    expect(await additions('product/identifier="SEAT" and unitPrice=10.00')).toHaveLength(2);
  });

  it('name fields in any case, and ask whether a record points at another', async () => {
    const { find, company, agreementId } = await agreementScene();
    const ids = async (conditions: string) =>
      (await find('/finance/agreements', { conditions, orderBy: 'Name' })).map(({ id }) => id);
    const id = String(company?.id);
    const mine = `Company/ID=${id} and NAME="Subscriptions"`;
    expect(await ids(mine)).toEqual([agreementId]);
    expect(await ids(`${mine} and contact!=null and Type != null`)).toEqual([agreementId]);
    expect(await ids(`${mine} and parentAgreement=null and LastUpdated > [2020-01-01]`)).toEqual([
      agreementId,
    ]);
    expect(await ids(`${mine} and contact=null`)).toEqual([]);
  });

  it.each([
    ['typeids="1"', 400, 'typeids is not a recognized name.'],
    ['status="Open"', 400, 'status is not a recognized name.'],
    ['status/colour="Open"', 400, 'status/colour is not a recognized name.'],
    ['types/name="Customer"', 400, 'types/name is not a recognized name.'],
    ['name=', 400, 'needs a value'],
    ['name="open', 400, 'does not end'],
    ['name "open"', 400, 'needs an operator'],
    ['name="a" name="b"', 400, 'goes on'],
    ['(name="a"', 400, 'lacks its )'],
    ['lastUpdated > [yesterday]', 400, 'is not a date'],
    ['name like 5', 400, 'needs a string'],
  ])('%s is refused', async (conditions, status, words) => {
    const { api } = await connectConnectWise();
    const reply = await api('GET', `/company/companies?${new URLSearchParams({ conditions })}`);
    expect(errorOf(reply)).toEqual([status, 'ApiFindCondition', expect.stringContaining(words)]);
  });

  it('answer 500 when a flag is compared with a text', async () => {
    const { api } = await connectConnectWise();
    const conditions = 'deletedFlag="no"';
    const reply = await api('GET', `/company/companies?${new URLSearchParams({ conditions })}`);
    expect(errorOf(reply)).toEqual([
      500,
      'ConnectWiseApi',
      'String was not recognized as a valid Boolean.',
    ]);
  });
});

describe('the other parameters of a list', () => {
  it('childConditions look into lists below a record', async () => {
    const { find } = await connectConnectWise();
    const vendors = await find('/company/companies', { childConditions: 'types/name="Vendor"' });
    expect(named(vendors)).toEqual(['Northern Distribution']);
    const contacts = await find('/company/contacts', {
      childConditions: 'communicationItems/value like "accounts-2@%"',
    });
    expect(contacts).toHaveLength(1);
  });

  it('customFieldConditions compare the value of a caption', async () => {
    const { find, agreement, make } = await agreementScene();
    const marked = await make(
      '/finance/agreements',
      agreement({ name: 'Marked', customFields: [{ id: 31, value: 'SUB-7' }] }),
    );
    const found = await find('/finance/agreements', {
      customFieldConditions: 'caption="Marketplace subscription" AND value="SUB-7"',
    });
    expect(found.map(({ id }) => Number(id))).toEqual([marked]);
    expect(
      await find('/finance/agreements', {
        customFieldConditions: 'caption="Marketplace subscription" and value != null',
      }),
    ).toHaveLength(1);
  });

  it('orderBy sorts by several names, either way, references too', async () => {
    const { find } = await connectConnectWise();
    const conditions = 'name in ("Customer 1 Pty Ltd", "Customer 2 Pty Ltd", "Customer 3 Pty Ltd")';
    const sorted = (orderBy: string) => find('/company/companies', { conditions, orderBy });
    expect(named(await sorted('status/name desc, name desc'))).toEqual([
      'Customer 3 Pty Ltd',
      'Customer 2 Pty Ltd',
      'Customer 1 Pty Ltd',
    ]);
    expect(named(await sorted('name'))).toEqual([
      'Customer 1 Pty Ltd',
      'Customer 2 Pty Ltd',
      'Customer 3 Pty Ltd',
    ]);
  });

  it('fields leave the rest out, members of references too', async () => {
    const { find } = await connectConnectWise();
    const [one] = await find('/finance/agreements', {
      fields: 'id,name,company/id',
      pageSize: '1',
    });
    expect(Object.keys(one ?? {})).toEqual(['id', 'name', 'company']);
    expect(Object.keys(one?.company ?? {})).toEqual(['id']);
  });

  it.each([{ orderBy: 'colour' }, { fields: 'id,colour' }])(
    'are refused with %j',
    async (query) => {
      const { api } = await connectConnectWise();
      const reply = await api('GET', `/company/companies?${new URLSearchParams(query)}`);
      expect(errorOf(reply)).toEqual([400, 'ApiFindCondition', 'colour is not a recognized name.']);
    },
  );
});

describe('pages', () => {
  const relOf = (link: string | null, rel: string) =>
    (link ?? '').match(new RegExp(`<([^>]+)>; rel="${rel}"`))?.[1];

  it('have 25 records unless the size is told, and link to the next and the last one', async () => {
    const { api, connectwise, headers, find } = await connectConnectWise();
    const all = await find('/company/companies', { pageSize: '1000' });
    expect(all.length).toBeGreaterThan(26);
    const first = await api('GET', '/company/companies');
    expect(listOf(first.json)).toHaveLength(25);
    const next = relOf(first.headers.get('link'), 'next') ?? '';
    expect(next).toBe(`${BASE_URL}/v2026_4/apis/3.0/company/companies?page=2`);
    expect(relOf(first.headers.get('link'), 'last')).toBe(next);
    const second = await connectwise.fetch(new Request(next, { headers }));
    expect(await second.json()).toEqual(all.slice(25));
    expect(relOf(second.headers.get('link'), 'next')).toBeUndefined();
    expect(relOf(second.headers.get('link'), 'first')).toContain('page=1');
  });

  it('keep conditions and size in their links', async () => {
    const { api } = await connectConnectWise();
    const query = new URLSearchParams({ conditions: 'name like "Customer%"', pageSize: '2' });
    const { headers } = await api('GET', `/company/companies?${query}`);
    const next = new URL(relOf(headers.get('link'), 'next') ?? '');
    expect(Object.fromEntries(next.searchParams)).toEqual({
      conditions: 'name like "Customer%"',
      pageSize: '2',
      page: '2',
    });
  });

  it('go forward after an id, without a number, when the header asks for it', async () => {
    const { api, connectwise, headers, find } = await connectConnectWise();
    const all = await find('/company/companies', { pageSize: '1000' });
    const forward = { 'pagination-type': 'forward-only' };
    const seen: unknown[] = [];
    let reply = await api('GET', '/company/companies?pageSize=10', undefined, forward);
    seen.push(...listOf(reply.json));
    for (let page = 0; page < 10; page += 1) {
      const next = relOf(reply.headers.get('link'), 'next');
      if (next === undefined) break;
      expect(new URL(next).searchParams.get('pageId')).toBe(String(all[seen.length - 1]?.id));
      const response = await connectwise.fetch(
        new Request(next, { headers: { ...headers, ...forward } }),
      );
      reply = { ...reply, headers: response.headers, json: await response.json() };
      seen.push(...listOf(reply.json));
    }
    expect(seen).toEqual(all);
    const sorted = await api('GET', '/company/companies?orderBy=name', undefined, forward);
    expect(sorted.status).toBe(400);
  });

  it.each(['pageSize=1001', 'pageSize=0', 'page=0', 'page=x', 'pageId=x'])(
    'are refused with %s',
    async (query) => {
      const { api } = await connectConnectWise();
      expect((await api('GET', `/company/companies?${query}`)).status).toBe(400);
      expect((await api('GET', '/company/companies?pageSize=1000')).status).toBe(200);
    },
  );
});
