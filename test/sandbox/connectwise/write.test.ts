import { describe, expect, it } from 'vitest';
import { listOf } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const set = (path: string, value: unknown) => ({ op: 'replace', path, value });

describe('a create', () => {
  it('answers 201 with the whole record', async () => {
    const { api, agreement, company } = await agreementScene();
    const reply = await api('POST', '/finance/agreements', agreement({ customerPO: 'PO-1' }));
    expect(reply.status).toBe(201);
    expect(reply.json).toMatchObject({
      name: 'Subscriptions',
      customerPO: 'PO-1',
      company: { id: company?.id, identifier: company?.identifier, name: company?.name },
      type: { name: 'Cloud subscriptions' },
      billingCycle: { name: 'Monthly' },
      billStartDate: '2026-11-01T00:00:00Z',
      nextInvoiceDate: '2026-11-01T00:00:00Z',
      noEndingDateFlag: true,
      agreementStatus: 'Active',
      currency: { currencyIdentifier: 'AUD' },
      _info: { lastUpdated: '2026-11-23T02:00:00Z', updatedBy: 'Ledgerport' },
    });
    expect(reply.json).not.toHaveProperty('endDate');
  });

  it('finds references by id, identifier or name', async () => {
    const { api, agreement, company } = await agreementScene();
    const reply = await api(
      'POST',
      '/finance/agreements',
      agreement({
        type: { name: 'managed support' },
        company: { identifier: company?.identifier },
      }),
    );
    expect(reply.json).toMatchObject({
      type: { name: 'Managed support' },
      company: { id: company?.id },
    });
  });

  it.each([
    [{ colour: 'red' }, "Could not find member 'colour' on object of type 'Agreement'."],
    [{ company: { id: 1, colour: 'red' } }, "Could not find member 'colour'"],
    [{ name: 5 }, "Error converting value 5 to type 'System.String'"],
    [{ prorateFlag: 'yes' }, "type 'System.Boolean'"],
    [{ billAmount: 'ten' }, "type 'System.Double'"],
    [{ startDate: '2026-11-01' }, "type 'System.DateTime'"],
    [{ startDate: '2026-02-30T00:00:00Z' }, "type 'System.DateTime'"],
    [{ company: 5 }, 'must be an object'],
  ])('that cannot be read is refused: %j', async (more, words) => {
    const { api, agreement, connectwise } = await agreementScene();
    const before = connectwise.journal().length;
    const reply = await api('POST', '/finance/agreements', agreement(more));
    expect(errorOf(reply)).toEqual([400, 'ConnectWiseApi', expect.stringContaining(words)]);
    expect(reply.json.errors).toBeNull();
    expect(connectwise.journal()).toHaveLength(before);
  });

  it('that is not sound names every field', async () => {
    const { api } = await agreementScene();
    const reply = await api('POST', '/finance/agreements', { billTime: 'Sometimes' });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({
      code: 'InvalidObject',
      message: 'agreement object is invalid',
      errors: [
        {
          code: 'MissingRequiredField',
          message: 'name is required.',
          resource: 'agreement',
          field: 'name',
        },
        { code: 'MissingRequiredField', field: 'type/id' },
        { code: 'MissingRequiredField', field: 'company/id' },
        { code: 'MissingRequiredField', field: 'contact/id' },
        { code: 'InvalidField', field: 'billTime' },
      ],
    });
  });

  it.each([
    [{ name: 'x'.repeat(101) }, 'maximum length of 100'],
    [{ company: { id: 1 } }, 'company/id 1 does not exist'],
    [{ endDate: '2026-10-01T00:00:00Z' }, 'must not be before startDate'],
    [{ noEndingDateFlag: false }, 'endDate or noEndingDateFlag'],
    [{ customFields: [{ id: 99, value: 'x' }] }, 'custom field 99'],
  ])('is refused with %j', async (more, words) => {
    const { api, agreement } = await agreementScene();
    const reply = await api('POST', '/finance/agreements', agreement(more));
    expect(errorOf(reply)).toEqual([400, 'InvalidObject', expect.stringContaining(words)]);
  });

  it('does not take what the system computes', async () => {
    const { api, below, add, connectwise } = await agreementScene();
    const id = await add({ extPrice: 999, agreementStatus: 'Expired' });
    expect((await api('GET', `${below}/additions/${id}`)).json).toMatchObject({
      extPrice: 10,
      agreementStatus: 'Active',
    });
    expect(connectwise.journal().at(-1)).toMatchObject({
      kind: 'addition.created',
      actor: 'api:Ledgerport',
      data: { ignored: ['extPrice', 'agreementStatus'] },
    });
  });

  it('is refused as no JSON, and below a parent that is not there', async () => {
    const { api } = await agreementScene();
    expect((await api('POST', '/finance/agreements', '{"name":')).status).toBe(400);
    expect((await api('POST', '/finance/agreements/1/additions', {})).status).toBe(404);
  });
});

describe('a patch', () => {
  it('changes what it names, with or without a slash, and answers the record', async () => {
    const { api, below, clock } = await agreementScene();
    clock.ms += 60_000;
    const reply = await api('PATCH', below, [
      set('/name', 'Renamed'),
      { op: 'add', path: 'customerPO', value: 'PO-9' },
      set('type', { name: 'Managed support' }),
      set('billingTerms/name', 'Due on receipt'),
      set('customFields/0/value', 'SUB-1'),
      { op: 'remove', path: 'taxCode' },
    ]);
    expect(reply.json).toMatchObject({
      name: 'Renamed',
      customerPO: 'PO-9',
      type: { name: 'Managed support' },
      billingTerms: { name: 'Due on receipt' },
      customFields: [{ id: 31, caption: 'Marketplace subscription', value: 'SUB-1' }],
      _info: { lastUpdated: '2026-11-23T02:01:00Z', dateEntered: '2026-11-23T02:00:00Z' },
    });
    expect(reply.json).not.toHaveProperty('taxCode');
  });

  it.each([
    [{ op: 'replace', path: 'name', value: 'x' }, 'must be a list'],
    [[{ op: 'move', path: 'name', value: 'x' }], 'needs op'],
    [[{ op: 'replace', path: 'name' }], 'needs a value'],
    [[set('colour', 'red')], 'The path colour is not valid'],
    [[set('name/first', 'x')], 'The path name/first is not valid'],
    [[set('customFields/7/value', 'x')], 'is not valid'],
    [[set('company/colour', 'x')], "Could not find member 'colour'"],
  ])('is refused: %j', async (patch, words) => {
    const { api, below } = await agreementScene();
    const reply = await api('PATCH', below, patch);
    expect(errorOf(reply)).toEqual([400, 'ConnectWiseApi', expect.stringContaining(words)]);
  });

  it('is judged as the whole record', async () => {
    const { api, below } = await agreementScene();
    const reply = await api('PATCH', below, [{ op: 'remove', path: 'contact' }]);
    expect(errorOf(reply)).toEqual([
      400,
      'InvalidObject',
      'agreement object is invalid contact is required.',
    ]);
  });

  it('is kept in the journal with before and after, amounts as text', async () => {
    const { api, below, add, connectwise } = await agreementScene();
    const id = await add();
    await api('PATCH', `${below}/additions/${id}`, [set('quantity', 2.5)]);
    expect(connectwise.journal().at(-1)).toMatchObject({
      kind: 'addition.changed',
      data: { changed: { quantity: { before: '1', after: '2.5' } } },
    });
  });
});

describe('a put', () => {
  it('replaces every field, and wants what an update requires', async () => {
    const { api, below, agreement } = await agreementScene();
    await api('PATCH', below, [set('customerPO', 'PO-9')]);
    const whole = agreement({ name: 'Whole', noEndingDateFlag: true });
    const reply = await api('PUT', below, whole);
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject({ name: 'Whole', prorateFlag: false });
    expect(reply.json).not.toHaveProperty('customerPO');
    const without = await api('PUT', below, agreement({ noEndingDateFlag: true, billTime: null }));
    expect(errorOf(without)).toEqual([
      400,
      'InvalidObject',
      expect.stringContaining('billTime is required'),
    ]);
  });
});

describe('a delete', () => {
  it('answers 204, and 409 while something uses the record', async () => {
    const { api, below, add, itemId, company } = await agreementScene();
    const id = await add();
    const used = await api('DELETE', `/procurement/catalog/${itemId}`);
    expect(errorOf(used)).toEqual([409, 'RecordInUse', expect.stringContaining('in use')]);
    expect((await api('DELETE', `/company/companies/${String(company?.id)}`)).status).toBe(409);
    expect((await api('DELETE', below)).status).toBe(409);
    const reply = await api('DELETE', `${below}/additions/${id}`);
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect((await api('GET', `${below}/additions/${id}`)).status).toBe(404);
    expect((await api('DELETE', below)).status).toBe(204);
  });
});

describe('companies', () => {
  it('need an address and an identifier of their own', async () => {
    const { api, company } = await agreementScene();
    const make = (body: unknown) => api('POST', '/company/companies', body);
    expect(errorOf(await make({ identifier: 'New', name: 'New' }))[2]).toContain('addressLine1');
    const taken = await make({ identifier: company?.identifier, name: 'New', city: 'Perth' });
    expect(listOf(taken.json.errors)).toMatchObject([{ code: 'Duplicate', field: 'identifier' }]);
    const made = await make({ identifier: 'New', name: 'New', city: 'Perth' });
    expect(made.json).toMatchObject({
      status: { name: 'Active' },
      currency: { currencyIdentifier: 'AUD' },
      deletedFlag: false,
    });
  });

  it('are marked as deleted, and stay', async () => {
    const { api, company } = await agreementScene();
    const path = `/company/companies/${String(company?.id)}`;
    const reply = await api('PATCH', path, [set('deletedFlag', true)]);
    expect(reply.json).toMatchObject({ deletedFlag: true, deletedBy: 'Ledgerport' });
    expect((await api('GET', path)).status).toBe(200);
  });
});
