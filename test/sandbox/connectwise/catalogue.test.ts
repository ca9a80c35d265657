import { describe, expect, it } from 'vitest';
import { listOf } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const set = (path: string, value: unknown) => ({ op: 'replace', path, value });

describe('items', () => {
  it('are made with what the tenant has set up, and found by their cross reference', async () => {
    const { api, item, find } = await agreementScene();
    const reply = await api('POST', '/procurement/catalog', {
      ...item({ identifier: 'M365', price: 12.345, integrationXRef: 'mpn-1' }),
      customFields: [{ id: 51, value: 'mpn-1' }],
    });
    expect([reply.status, reply.json]).toMatchObject([
      201,
      {
        identifier: 'M365',
        productClass: 'NonInventory',
        price: 12.345,
        cost: 6,
        taxableFlag: true,
        inactiveFlag: false,
        subcategory: { name: 'Licences' },
        category: { name: 'Cloud' },
        type: { name: 'Software' },
        unitOfMeasure: { name: 'Each' },
        integrationXRef: 'mpn-1',
        customFields: [{ caption: 'Marketplace product', value: 'mpn-1' }],
      },
    ]);
    const found = await find('/procurement/catalog', { conditions: 'integrationXRef="mpn-1"' });
    expect(found.map(({ id }) => id)).toEqual([reply.json.id]);
  });

  it.each([
    [{ identifier: 'seat' }, 'already in use'],
    [{ identifier: undefined }, 'identifier is required'],
    [{ description: undefined }, 'description is required'],
    [{ customerDescription: '' }, 'customerDescription is required'],
    [{ subcategory: undefined }, 'subcategory is required'],
    [{ type: undefined }, 'type is required'],
    [{ identifier: 'x'.repeat(76) }, 'maximum length of 75'],
    [{ description: 'x'.repeat(61) }, 'maximum length of 60'],
    [{ integrationXRef: 'x'.repeat(51) }, 'maximum length of 50'],
    [{ productClass: 'Licence' }, 'productClass must be one of'],
    [{ subcategory: { name: 'Old hosting' } }, 'subcategory is inactive'],
  ])('are refused with %j', async (more, words) => {
    const { api, item } = await agreementScene();
    const body = item({ identifier: 'NEW', ...more });
    const reply = await api('POST', '/procurement/catalog', body);
    expect(errorOf(reply)).toEqual([400, 'InvalidObject', expect.stringContaining(words)]);
    expect(reply.json.message).toBe('catalogItem object is invalid');
  });

  it('that recur name a cycle or one time, in the words of the live API', async () => {
    const { api, itemId } = await agreementScene();
    const path = `/procurement/catalog/${itemId}`;
    const reply = await api('PATCH', path, [set('recurringFlag', true)]);
    const message = 'recurringBillCycle or recurringOneTimeFlag is required.';
    expect(reply.json.errors).toEqual([
      {
        code: 'MissingRequiredField',
        message,
        resource: 'catalogItem',
        field: 'recurringOneTimeFlag',
      },
      {
        code: 'MissingRequiredField',
        message,
        resource: 'catalogItem',
        field: 'recurringBillCycle/id',
      },
    ]);
    const both = [set('recurringFlag', true), set('recurringBillCycle', { name: 'Monthly' })];
    expect((await api('PATCH', path, both)).json.recurringBillCycle).toMatchObject({
      name: 'Monthly',
    });
  });

  it('retire with their flag, and are in part those of the marketplace', async () => {
    const { find } = await agreementScene();
    const retired = await find('/procurement/catalog', { conditions: 'inactiveFlag=true' });
    expect(retired.map(({ identifier }) => String(identifier))).toEqual(['OLD']);
    const known = await find('/procurement/catalog', {
      conditions: 'identifier like "MPN-%"',
      pageSize: '100',
    });
    expect(known).toHaveLength(4);
    const byName = await find('/procurement/catalog', { conditions: 'description="Product 1"' });
    expect(byName.map(({ identifier }) => String(identifier))).toEqual(['CLOUD-1']);
  });
});

describe('the tables of setup', () => {
  it.each([
    '/procurement/types',
    '/procurement/categories',
    '/procurement/unitOfMeasures',
    '/procurement/manufacturers',
  ])('%s takes a new name once', async (path) => {
    const { api } = await agreementScene();
    const reply = await api('POST', path, { name: 'Brand new' });
    expect([reply.status, reply.json.inactiveFlag]).toEqual([201, false]);
    expect(listOf((await api('POST', path, { name: 'brand NEW' })).json.errors)).toMatchObject([
      { code: 'Duplicate', field: 'name' },
    ]);
    expect(errorOf(await api('POST', path, {}))[2]).toContain('name is required');
  });

  it('subcategories belong to a category, under either address', async () => {
    const { api, find } = await agreementScene();
    const [, hardware] = await find('/procurement/categories', { orderBy: 'name' });
    const below = `/procurement/categories/${String(hardware?.id)}/subcategories`;
    const made = await api('POST', below, { name: 'Licences' });
    expect(made.json.category).toMatchObject({ name: 'Hardware' });
    const root = await api('POST', '/procurement/subcategories/', {
      name: 'Screens',
      category: { id: hardware?.id },
    });
    expect(root.status).toBe(201);
    expect((await find(below)).map(({ name }) => String(name))).toEqual(['Licences', 'Screens']);
    expect(errorOf(await api('POST', '/procurement/subcategories', { name: 'x' }))[2]).toContain(
      'category is required',
    );
  });

  it('are read: agreement types, taxes, terms, cycles, currencies, statuses, groupings', async () => {
    const { find } = await agreementScene();
    const names = async (path: string, field = 'name') =>
      (await find(path)).map((one) => String(one[field]));
    expect(await names('/finance/agreements/types')).toEqual([
      'Cloud subscriptions',
      'Managed support',
    ]);
    expect(await names('/finance/taxCodes', 'identifier')).toEqual(['GST', 'NoTax']);
    expect(await names('/finance/billingTerms')).toEqual(['Net 30', 'Due on receipt']);
    expect(await names('/finance/billingCycles', 'identifier')).toEqual(['M', 'Q', 'A']);
    expect(await names('/finance/currencies', 'currencyIdentifier')).toEqual(['AUD', 'USD']);
    expect(await names('/finance/billingStatuses')).toEqual(['New', 'Sent', 'Paid']);
    expect(await names('/procurement/invoicegrouping')).toEqual(['Cloud subscriptions']);
    expect(await names('/system/members', 'identifier')).toContain('Ledgerport');
    expect(await names('/system/locations')).toEqual(['Sydney']);
    expect(await names('/system/departments', 'identifier')).toEqual(['CLOUD']);
    expect(await names('/company/companies/types')).toContain('Vendor');
    expect(await names('/company/companies/statuses')).toEqual(['Active', 'Not-Active']);
  });
});

describe('opportunities', () => {
  it('are open with or without the address of a document, in a custom field', async () => {
    const { find } = await agreementScene();
    const open = await find('/sales/opportunities', { conditions: 'status/name="Open"' });
    const documents = open.map(({ customFields }) => customFields?.[0]?.value ?? null);
    expect(documents).toEqual([
      'https://documents.example/q/1',
      null,
      'https://documents.example/q/3',
      null,
      'https://documents.example/q/5',
    ]);
    expect(await find('/sales/opportunities', { conditions: 'closedDate = null' })).toEqual(open);
    const named = await find('/sales/opportunities', {
      customFieldConditions: 'caption="Document URL" and value like "%/q/3"',
    });
    expect(named).toEqual([open[2]]);
  });

  it('are closed with a day and by whom, and opened again', async () => {
    const { api, find } = await agreementScene();
    const [one] = await find('/sales/opportunities');
    const path = `/sales/opportunities/${String(one?.id)}`;
    const closed = await api('PATCH', path, [set('status', { name: 'Lost' })]);
    expect(closed.json).toMatchObject({
      closedDate: '2026-11-23T02:00:00Z',
      closedBy: { identifier: 'Ledgerport' },
    });
    const opened = await api('PATCH', path, [set('status', { name: 'Open' })]);
    expect(opened.json).not.toHaveProperty('closedDate');
  });

  it('change by a person, custom fields too', async () => {
    const { connectwise, find } = await agreementScene();
    const [, one] = await find('/sales/opportunities');
    const address = 'https://documents.example/new';
    connectwise.person.change('Opportunity', Number(one?.id), { 'custom:Document URL': address });
    const [, after] = await find('/sales/opportunities');
    expect(after?.customFields).toMatchObject([{ caption: 'Document URL', value: address }]);
    expect(connectwise.journal().at(-1)?.actor).toBe('person:reseller');
  });
});
