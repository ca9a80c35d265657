import { describe, expect, it } from 'vitest';
import { BASE_URL, connectAutotask, EVERYTHING } from './connect.ts';
import { contractScene, is, type Scene } from './scene.ts';

const text = async ({ autotask }: Pick<Scene, 'autotask'>, path: string) =>
  (await autotask.fetch(new Request(BASE_URL + path))).text();

/** Sends a form as a browser does, and gives where it leads. */
async function send({ autotask }: Pick<Scene, 'autotask'>, fields: Record<string, string>) {
  const response = await autotask.fetch(
    new Request(`${BASE_URL}/sandbox/person`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    }),
  );
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

describe('the pages', () => {
  it('show every section, and what is in a record', async () => {
    const scene = await contractScene();
    const sections = ['companies', 'contracts', 'billing', 'catalogue', 'opportunities', 'tickets'];
    for (const path of [...sections, 'settings'].map((section) => `/${section}`))
      expect(await text(scene, path)).toContain('aria-current="page"');
    expect(await text(scene, `/companies/${scene.company?.id}`)).toContain('Subscriptions');
    await scene.add({ internalDescription: 'sub <1>' });
    expect(await text(scene, scene.below.toLowerCase())).toContain('sub &lt;1&gt;');
    expect((await scene.autotask.fetch(new Request(`${BASE_URL}/contracts/1`))).status).toBe(404);
  });

  it('lead from the links that Autotask gives', async () => {
    const scene = await contractScene();
    const address = `${BASE_URL}/Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenContract&ContractID=${scene.contractID}`;
    const response = await scene.autotask.fetch(new Request(address));
    expect(response.headers.get('location')).toBe(`/contracts/${scene.contractID}`);
    const [one] = await scene.find('Opportunities', EVERYTHING);
    const sale = `${BASE_URL}/Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenOpportunity&OpportunityID=${one?.id}`;
    const sold = await scene.autotask.fetch(new Request(sale));
    expect(sold.headers.get('location')).toBe('/opportunities');
  });

  it('come back to their page, with the words of a refusal', async () => {
    const scene = await contractScene();
    const back = `/contracts/${scene.contractID}`;
    const change = { action: 'change', entity: 'Contracts', id: String(scene.contractID), back };
    const good = await send(scene, { ...change, contractName: 'Renamed' });
    expect(good).toEqual({ status: 303, location: back });
    expect(await text(scene, back)).toContain('Renamed');
    const bad = await send(scene, { ...change, endDate: '2020-01-01' });
    expect(await text(scene, bad.location)).toContain('The endDate must be on or after');
  });

  it('let a person sell, bill, invoice and be paid', async () => {
    const scene = await contractScene();
    const { find, contractID, serviceID } = scene;
    const parentId = String(contractID);
    const back = `/contracts/${contractID}`;
    const line = { entity: 'ContractServices', parentId, serviceID: String(serviceID) };
    await send(scene, { action: 'create', ...line, adjustedPrice: '8', back });
    const [made] = await find('ContractServices', is('eq', 'contractID', contractID));
    await send(scene, {
      action: 'create',
      entity: 'ContractServiceAdjustments',
      contractServiceID: String(made?.id),
      effectiveDate: '2026-11-01',
      unitChange: '3',
      adjustedUnitPrice: '',
      back,
    });
    expect(await text(scene, back)).toContain('2026-11-01: +3');
    const [code] = await find('BillingCodes', is('eq', 'name', 'Cloud licences'));
    await send(scene, {
      action: 'create',
      entity: 'ContractCharges',
      parentId,
      chargeType: '1',
      name: 'Visit',
      datePurchased: '2026-11-20',
      unitQuantity: '1',
      unitPrice: '150',
      billingCodeID: String(code?.id),
      back,
    });
    await send(scene, { action: 'post', contractId: parentId, back });
    await send(scene, { action: 'invoice', companyId: String(scene.company?.id), back });
    const [invoice] = await find('Invoices', EVERYTHING);
    expect(invoice?.invoiceTotal).toBe(191.4);
    const page = `/invoices/${invoice?.id}`;
    expect(await text(scene, page)).toContain('Not paid');
    await send(scene, { action: 'setPaid', id: String(invoice?.id), date: '2026-11-23', back });
    expect(await text(scene, page)).not.toContain('Not paid');
    expect((await find('Invoices', EVERYTHING))[0]?.paidDate).toBe('2026-11-23T00:00:00');
  });

  it('show the API user to a newcomer, and give it a new secret', async () => {
    const scene = await connectAutotask();
    const [user] = scene.autotask.users();
    expect(await text(scene, '/settings')).toContain(user?.secret ?? 'none');
    await send(scene, { action: 'newSecret', back: '/settings' });
    expect(await text(scene, '/settings')).toContain(scene.autotask.users()[0]?.secret ?? 'none');
    expect(scene.autotask.users()[0]?.secret).not.toBe(user?.secret);
  });
});
