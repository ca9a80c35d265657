import { describe, expect, it } from 'vitest';
import { connectAutotask, EVERYTHING, listOf } from './connect.ts';
import { contractScene, errorOf, is } from './scene.ts';

async function world() {
  const scene = await contractScene();
  const units = async (contractServiceID: number) =>
    (
      await scene.find('ContractServiceUnits', is('eq', 'contractServiceID', contractServiceID))
    ).map(({ startDate, endDate, units: count, price }) => [
      String(startDate).slice(0, 10),
      String(endDate).slice(0, 10),
      Number(count),
      Number(price),
    ]);
  return { ...scene, units };
}

describe('companies', () => {
  it('are created with an id alone in the answer, and read back', async () => {
    const { api, find } = await connectAutotask();
    const [owner] = await find('Resources', is('eq', 'firstName', 'Nadia'));
    const body = {
      companyName: 'New Customer',
      companyType: 1,
      phone: '1',
      ownerResourceID: owner?.id,
      userDefinedFields: [{ name: 'Marketplace ID', value: '1000001' }],
    };
    const { json } = await api('POST', '/Companies', body);
    expect(Object.keys(json)).toEqual(['itemId']);
    const { item } = (await api('GET', `/Companies/${json.itemId}`)).json;
    expect(item).toMatchObject({
      companyName: 'New Customer',
      isActive: true,
      createDate: '2026-11-23T02:00:00Z',
    });
    const found = await find('Companies', { ...is('eq', 'Marketplace ID', '1000001'), udf: true });
    expect(found).toEqual([item]);
  });

  it.each([
    [{ companyName: null }, 'companyName'],
    [{ phone: undefined }, 'phone'],
    [{ companyName: 'x'.repeat(101) }, '100 characters'],
    [{ companyType: 99 }, 'picklist companyType'],
    [{ ownerResourceID: 1 }, 'ownerResourceID'],
    [{ isActive: 'maybe' }, 'isActive'],
  ])('are refused as 500 with words: %j', async (change, words) => {
    const { api, find } = await connectAutotask();
    const [owner] = await find('Resources', is('eq', 'firstName', 'Nadia'));
    const body = { companyName: 'New', companyType: 1, phone: '1', ownerResourceID: owner?.id };
    const reply = await api('POST', '/Companies', { ...body, ...change });
    expect(errorOf(reply)).toEqual([500, expect.stringContaining(words)]);
  });

  it('never belong to an API user', async () => {
    const { api, find } = await connectAutotask();
    const [user] = await find('Resources', is('eq', 'lastName', 'API'));
    const reply = await api('PATCH', '/Companies', { id: 0, ownerResourceID: user?.id });
    expect(errorOf(reply)).toEqual([500, expect.stringContaining('API user')]);
  });

  it('ignore a misspelt name with 200, and say so in the journal alone', async () => {
    const { api, autotask } = await connectAutotask();
    const reply = await api('PATCH', '/Companies', { id: 0, taxExempt: true });
    expect([reply.status, reply.json]).toEqual([200, { itemId: 0 }]);
    expect((await api('GET', '/Companies/0')).json.item?.isTaxExempt).toBe(false);
    expect(autotask.journal().at(-1)?.data).toMatchObject({ ignored: ['taxExempt'] });
  });

  it('keep what a PATCH leaves out and lose what a PUT leaves out', async () => {
    const { api } = await connectAutotask();
    const read = async () => (await api('GET', '/Companies/0')).json.item;
    await api('PATCH', '/Companies', { id: 0, fax: '12' });
    expect(await read()).toMatchObject({ fax: '12', city: 'Sydney' });
    const before = await read();
    await api('PUT', '/Companies', {
      id: 0,
      companyName: 'Wattle Cloud',
      companyType: before?.companyType,
      ownerResourceID: before?.ownerResourceID,
      phone: before?.phone,
    });
    expect(await read()).toMatchObject({ fax: null, city: null, createDate: before?.createDate });
  });

  it('have contacts, made below them and nowhere else', async () => {
    const { api, find } = await connectAutotask();
    const contact = { firstName: 'Ada', lastName: 'Byron', isActive: 1 };
    expect((await api('POST', '/Contacts', contact)).status).toBe(404);
    const { json } = await api('POST', '/Companies/0/Contacts', contact);
    expect(await find('Contacts', is('eq', 'id', json.itemId))).toMatchObject([
      { companyID: 0, firstName: 'Ada' },
    ]);
    expect((await api('DELETE', `/Companies/0/Contacts/${json.itemId}`)).json).toEqual(json);
    expect(await find('Contacts', is('eq', 'id', json.itemId))).toEqual([]);
  });

  it('name the resource that somebody acts for as creator, and the API user as impersonator', async () => {
    const { api, find } = await connectAutotask();
    const [nadia] = await find('Resources', is('eq', 'firstName', 'Nadia'));
    const [user] = await find('Resources', is('eq', 'lastName', 'API'));
    const body = { companyName: 'New', companyType: 1, phone: '1', ownerResourceID: nadia?.id };
    const headers = { ImpersonationResourceId: String(nadia?.id) };
    const { json } = await api('POST', '/Companies', body, headers);
    expect((await api('GET', `/Companies/${json.itemId}`)).json.item).toMatchObject({
      createdByResourceID: nadia?.id,
      impersonatorCreatorResourceID: user?.id,
    });
  });
});

describe('contracts', () => {
  it.each([
    [{ companyID: 5 }, 'companyID'],
    [{ endDate: '2026-10-31' }, 'endDate'],
    [{ contractPeriodType: null }, 'contractPeriodType'],
    [{ timeReportingRequiresStartAndStopTimes: null }, 'timeReporting'],
  ])('are refused with %j', async (more, words) => {
    const { api, contract } = await world();
    expect(errorOf(await api('POST', '/Contracts', contract(more)))).toEqual([
      500,
      expect.stringContaining(words),
    ]);
  });

  it('take dates as given, and are extended by their end', async () => {
    const { api, contractID } = await world();
    const endDate = '2028-10-31T22:00:00-05:00';
    await api('PATCH', '/Contracts', { id: contractID, endDate });
    expect((await api('GET', `/Contracts/${contractID}`)).json.item).toMatchObject({
      startDate: '2026-11-01T00:00:00',
      endDate: '2028-10-31T00:00:00',
    });
  });

  it.each([
    ['companyID', 0],
    ['contractType', 1],
    ['contractPeriodType', 5],
  ])('keep their %s for ever', async (field, value) => {
    const { api, contractID } = await world();
    const reply = await api('PATCH', '/Contracts', { id: contractID, [field]: value });
    expect(errorOf(reply)).toEqual([500, expect.stringContaining(field)]);
  });

  it('are changed at their collection only', async () => {
    const { api, contractID } = await world();
    expect((await api('PATCH', `/Contracts/${contractID}`, { status: 0 })).status).toBe(405);
    expect((await api('DELETE', `/Contracts/${contractID}`)).status).toBe(405);
  });
});

describe('services and products', () => {
  it.each([
    ['Services', { name: 'S', periodType: 2, unitPrice: 1 }, 'billingCodeID', 4],
    ['Products', { name: 'P', isActive: true, isSerialized: false }, 'productBillingCodeID', 5],
  ])('%s want a billing code of their kind', async (entity, body, field, useType) => {
    const { api, find } = await connectAutotask();
    const [wrong] = await find('BillingCodes', is('eq', 'useType', useType));
    const reply = await api('POST', `/${entity}`, { ...body, [field]: wrong?.id });
    expect(errorOf(reply)).toEqual([500, expect.stringContaining(field)]);
  });

  it('leave system products alone', async () => {
    const { api, find } = await connectAutotask();
    const [system] = await find('Products', is('contains', 'name', '(system)'));
    const reply = await api('PATCH', '/Products', { id: system?.id, name: 'Mine' });
    expect(errorOf(reply)).toEqual([500, expect.stringContaining('system')]);
  });

  it('are in part those of the marketplace', async () => {
    const { find } = await connectAutotask();
    expect(await find('Services', is('eq', 'sku', 'MPN-0'))).toHaveLength(1);
    expect(await find('Services', is('beginsWith', 'name', 'Product 1 ('))).toHaveLength(1);
    expect(await find('Services', is('eq', 'name', 'Product 2'))).toEqual([]);
  });

  it('tell what is in a bundle, below the bundle', async () => {
    const { api, find } = await connectAutotask();
    const [bundle] = await find('ServiceBundles', EVERYTHING);
    const { json } = await api('GET', `/ServiceBundles/${bundle?.id}/Services`);
    expect(listOf(json.items)).toHaveLength(2);
  });
});

describe('services on a contract', () => {
  it('are made below the contract, of a recurring contract only', async () => {
    const { api, contract, contractID, make, serviceID, below } = await world();
    const body = { contractID, serviceID };
    expect((await api('POST', '/ContractServices', body)).status).toBe(404);
    expect((await api('POST', `${below}/Services`, { serviceID })).status).toBe(200);
    const other = await make('/Contracts', contract({ contractType: 1 }));
    expect(errorOf(await api('POST', `/Contracts/${other}/Services`, { serviceID }))).toEqual([
      500,
      expect.stringContaining('Recurring Service'),
    ]);
  });

  it('give the adjusted price back in the internal currency only', async () => {
    const { api, add } = await world();
    const id = await add({ adjustedPrice: 8.5, internalDescription: 'sub-1' });
    const { item } = (await api('GET', `/ContractServices/${id}`)).json;
    expect(item).toMatchObject({
      unitPrice: 10,
      internalCurrencyUnitPrice: 10,
      internalCurrencyAdjustedPrice: 8.5,
      internalDescription: 'sub-1',
    });
    expect(item).not.toHaveProperty('adjustedPrice');
  });

  it('change their price and invoice text, nothing else', async () => {
    const { api, add, below } = await world();
    const id = await add({ internalDescription: 'sub-1' });
    const change = { id, adjustedPrice: 9, invoiceDescription: 'Seats', internalDescription: 'x' };
    expect((await api('PATCH', `${below}/Services`, change)).status).toBe(200);
    expect((await api('GET', `/ContractServices/${id}`)).json.item).toMatchObject({
      internalCurrencyAdjustedPrice: 9,
      invoiceDescription: 'Seats',
      internalDescription: 'sub-1',
    });
  });

  it('start with no units', async () => {
    const { add, units } = await world();
    expect(await units(await add())).toEqual([]);
  });
});

describe('adjustments', () => {
  it('set units from a date, one row for each period', async () => {
    const { add, adjust, units } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 5 });
    const rows = await units(id);
    expect(rows).toHaveLength(12);
    expect(rows[0]).toEqual(['2026-11-01', '2026-11-30', 5, 50]);
    expect(rows.at(-1)).toEqual(['2027-10-01', '2027-10-31', 5, 50]);
  });

  it('cut a period, and cost the share of its days', async () => {
    const { add, adjust, units } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 5 });
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-16', unitChange: -2 });
    expect((await units(id)).slice(0, 3)).toEqual([
      ['2026-11-01', '2026-11-16', 5, 25],
      ['2026-12-01', '2026-12-31', 3, 30],
      ['2027-01-01', '2027-01-31', 3, 30],
    ]);
    expect((await units(id)).at(-1)).toEqual(['2026-11-16', '2026-11-30', 3, 15]);
  });

  it('change the price alone, also below zero', async () => {
    const { add, adjust, units, api } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 2 });
    const price = { effectiveDate: '2027-01-01', unitChange: 0, adjustedUnitPrice: -1.25 };
    await adjust({ contractServiceID: id, ...price });
    expect((await units(id)).slice(0, 3).map((row) => row.at(-1))).toEqual([20, 20, -2.5]);
    expect((await api('GET', `/ContractServices/${id}`)).json.item).toMatchObject({
      internalCurrencyAdjustedPrice: -1.25,
    });
  });

  it('may be posted at root, and add the service that the contract lacks', async () => {
    const { api, contractID, serviceID, find } = await world();
    const body = { contractID, serviceID, effectiveDate: '2026-11-01', unitChange: 1 };
    expect((await api('POST', '/ContractServiceAdjustments', body)).status).toBe(200);
    const onIt = () => find('ContractServices', is('eq', 'contractID', contractID));
    expect(await onIt()).toHaveLength(1);
    await api('POST', '/ContractServiceAdjustments', { ...body, effectiveDate: '2026-12-01' });
    expect(await onIt()).toHaveLength(1);
    const repeated = { ...body, effectiveDate: '2026-12-01', allowRepeatService: true };
    await api('POST', '/ContractServiceAdjustments', repeated);
    expect(await onIt()).toHaveLength(2);
  });

  it('can neither be read, changed nor deleted', async () => {
    const { api, adjust, contractID, serviceID, below } = await world();
    const { json } = await adjust({
      contractID,
      serviceID,
      effectiveDate: '2026-11-01',
      unitChange: 1,
    });
    const query = { filter: [EVERYTHING] };
    expect((await api('POST', '/ContractServiceAdjustments/query', query)).status).toBe(404);
    expect((await api('GET', `/ContractServiceAdjustments/${json.itemId}`)).status).toBe(404);
    const change = { id: json.itemId, unitChange: 3 };
    expect((await api('PATCH', `${below}/ServiceAdjustments`, change)).status).toBe(405);
    expect((await api('DELETE', `${below}/ServiceAdjustments/${json.itemId}`)).status).toBe(404);
  });

  it.each([
    [{ effectiveDate: '2026-10-31', unitChange: 1 }, 'within the startDate and endDate'],
    [{ effectiveDate: '2027-11-01', unitChange: 1 }, 'within the startDate and endDate'],
    [{ effectiveDate: '2026-11-10', unitChange: -1 }, 'less than zero'],
    [
      { effectiveDate: '2026-11-15', unitChange: 1 },
      'insert duplicate data into contract_service_period',
    ],
    [{ unitChange: 1 }, 'effectiveDate'],
  ])('are refused: %j', async (body, words) => {
    const { add, adjust } = await world();
    const contractServiceID = await add();
    await adjust({ contractServiceID, effectiveDate: '2026-11-15', unitChange: 2 });
    expect(errorOf(await adjust({ contractServiceID, ...body }))).toEqual([
      500,
      expect.stringContaining(words),
    ]);
  });

  it('never take units away that a later day needs', async () => {
    const { add, adjust } = await world();
    const contractServiceID = await add();
    const from = (effectiveDate: string, unitChange: number) =>
      adjust({ contractServiceID, effectiveDate, unitChange });
    await from('2026-11-01', 3);
    await from('2027-01-01', -3);
    expect((await from('2026-12-01', -1)).status).toBe(500);
  });

  it('work on bundles the same way, without a price', async () => {
    const { api, find } = await connectAutotask();
    const [line] = await find('ContractServiceBundles', EVERYTHING);
    const body = { contractServiceBundleID: line?.id, unitChange: 1, adjustedUnitPrice: 1 };
    const path = `/Contracts/${line?.contractID}/ServiceBundleAdjustments`;
    expect((await api('POST', path, { ...body, effectiveDate: '2026-12-01' })).status).toBe(200);
    const [, december] = await find(
      'ContractServiceBundleUnits',
      is('eq', 'contractServiceBundleID', line?.id),
      is('gte', 'startDate', '2026-11-01'),
    );
    expect(december).toMatchObject({ units: 5, price: 250 });
  });

  it('stand in the journal with amounts as text', async () => {
    const { adjust, autotask, contractID, serviceID } = await world();
    await adjust({
      contractID,
      serviceID,
      effectiveDate: '2026-11-01',
      unitChange: 2,
      adjustedUnitPrice: 9.9,
    });
    const [line, adjustment] = autotask.journal().slice(-2);
    expect(line).toMatchObject({ kind: 'contractService.created', data: { byAdjustment: true } });
    expect(adjustment).toMatchObject({
      kind: 'contractServiceAdjustment.created',
      actor: 'api:ledgerport-api@wattle.example',
      data: { row: { contractID, serviceID, unitChange: 2, adjustedUnitPrice: '9.9' } },
    });
  });
});
