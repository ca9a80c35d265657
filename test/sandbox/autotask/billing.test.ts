import { describe, expect, it } from 'vitest';
import { connectAutotask, type Json } from './connect.ts';
import { contractScene, errorOf, is } from './scene.ts';

async function world() {
  const scene = await contractScene();
  const { api, autotask, below, contractID, find } = scene;
  const [code] = await find('BillingCodes', is('eq', 'name', 'Cloud licences'));
  const body = (more: Record<string, unknown> = {}) => ({
    name: 'Setup',
    chargeType: 1,
    datePurchased: '2026-11-10',
    unitQuantity: 2,
    unitPrice: 12.5,
    billingCodeID: code?.id,
    ...more,
  });
  const charge = async (more: Record<string, unknown> = {}) =>
    Number((await api('POST', `${below}/Charges`, body(more))).json.itemId);
  const items = () => find('BillingItems', is('eq', 'contractID', contractID));
  const amounts = async () => (await items()).map(({ extendedPrice }) => Number(extendedPrice));
  const post = (through = '2026-11-30') =>
    autotask.person.post({ through, contractId: contractID });
  return { ...scene, code, body, charge, items, amounts, post };
}

describe('charges', () => {
  it('are made below the contract and read at root', async () => {
    const { api, body, charge } = await world();
    expect((await api('POST', '/ContractCharges', body())).status).toBe(404);
    const id = await charge({ internalPurchaseOrderNumber: 'mark-1' });
    expect((await api('GET', `/ContractCharges/${id}`)).json.item).toMatchObject({
      billableAmount: 25,
      internalCurrencyBillableAmount: 25,
      isBilled: false,
      isBillableToCompany: true,
      internalPurchaseOrderNumber: 'mark-1',
      datePurchased: '2026-11-10T00:00:00',
    });
  });

  it('take the billing code from the product, and a missing price from the code', async () => {
    const { charge, find, code } = await world();
    const [product] = await find('Products', is('eq', 'isActive', true));
    const id = await charge({ productID: product?.id, billingCodeID: null, unitPrice: null });
    const [made] = await find('ContractCharges', is('eq', 'id', id));
    expect(made).toMatchObject({ billingCodeID: code?.id, unitPrice: 10, billableAmount: 20 });
  });

  it('keep four decimals and take negative amounts', async () => {
    const { charge, find } = await world();
    const id = await charge({ unitQuantity: 1, unitPrice: -3.33335 });
    const [made] = await find('ContractCharges', is('eq', 'id', id));
    expect(made).toMatchObject({ unitPrice: -3.3334, billableAmount: -3.3334 });
  });

  it.each([
    [{ billingCodeID: null }, 'either a productID or a billingCodeID'],
    [{ chargeType: null }, 'chargeType'],
    [{ datePurchased: undefined }, 'datePurchased'],
    [{ purchaseOrderNumber: 'x'.repeat(51) }, '50 characters'],
    [{ contractServiceID: 1 }, 'contractServiceID'],
  ])('are refused with %j', async (more, words) => {
    const { api, below, body } = await world();
    const reply = await api('POST', `${below}/Charges`, body(more));
    expect(errorOf(reply)).toEqual([500, expect.stringContaining(words)]);
  });

  it('are refused on a prepaid contract', async () => {
    const { api, body, contract, make } = await world();
    const other = await make('/Contracts', contract({ contractType: 4 }));
    const reply = await api('POST', `/Contracts/${other}/Charges`, body());
    expect(errorOf(reply)).toEqual([500, expect.stringContaining('purchase codes only')]);
  });

  it('change and go while they are not billed, and never afterwards', async () => {
    const { api, below, charge, post } = await world();
    const id = await charge();
    const change = (unitQuantity: number) => api('PATCH', `${below}/Charges`, { id, unitQuantity });
    expect((await change(3)).status).toBe(200);
    expect((await api('PATCH', '/ContractCharges', { id, unitQuantity: 4 })).status).toBe(404);
    expect(post()).toBe(1);
    expect(errorOf(await change(5))).toEqual([500, expect.stringContaining('billed')]);
    expect((await api('DELETE', `${below}/Charges/${id}`)).status).toBe(500);
    expect((await api('GET', `/ContractCharges/${id}`)).json.item).toMatchObject({
      isBilled: true,
      unitQuantity: 3,
    });
    const other = await charge();
    expect((await api('DELETE', `${below}/Charges/${other}`)).json).toEqual({ itemId: other });
  });

  it('are not billed when they are not billable', async () => {
    const { charge, post } = await world();
    await charge({ isBillableToCompany: false });
    expect(post()).toBe(0);
  });
});

describe('approve and post', () => {
  it('bills a period once, with an item for each change within it', async () => {
    const { add, adjust, amounts, items, post } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 5 });
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-16', unitChange: 2 });
    expect([post(), post()]).toEqual([2, 0]);
    expect(await amounts()).toEqual([50, 10]);
    const [base, change] = await items();
    expect(base).toMatchObject({
      contractServiceID: id,
      quantity: 5,
      rate: 10,
      taxDollars: 5,
      totalAmount: 55,
      invoiceID: 0,
      itemDate: '2026-11-01T00:00:00',
    });
    expect(change).toMatchObject({ quantity: 2, contractServiceAdjustmentID: expect.any(Number) });
  });

  it('tells on the units when they were posted', async () => {
    const { add, adjust, find, post } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 5 });
    post();
    const units = await find('ContractServiceUnits', is('eq', 'contractServiceID', id));
    expect(units.slice(0, 2).map(({ approveAndPostDate }) => approveAndPostDate)).toEqual([
      '2026-11-23T00:00:00',
      null,
    ]);
  });

  it('takes a change in a posted period into the next posting, to the cent', async () => {
    const { add, adjust, amounts, post } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 5 });
    post();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-20', unitChange: -1 });
    expect(post('2026-12-01')).toBe(2);
    // 11 of 30 days of 10.00, back.
    expect(await amounts()).toEqual([50, -3.67, 40]);
    expect(post('2026-12-01')).toBe(0);
  });

  it('bills a contract that ends within a period for its days', async () => {
    const { add, adjust, amounts, api, contractID, post } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 3 });
    await api('PATCH', '/Contracts', { id: contractID, endDate: '2026-11-10' });
    post();
    expect(await amounts()).toEqual([10]);
  });

  it('holds a changed price from the first day that is not posted', async () => {
    const { add, adjust, amounts, api, below, post } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 1 });
    post();
    await api('PATCH', `${below}/Services`, { id, adjustedPrice: 12 });
    post('2026-12-31');
    expect(await amounts()).toEqual([10, 12]);
  });

  it('leaves contracts that are not in effect alone, and bills a setup fee once', async () => {
    const { api, contractID, amounts, post } = await world();
    await api('PATCH', '/Contracts', { id: contractID, setupFee: 99.5, status: 0 });
    expect(post()).toBe(0);
    await api('PATCH', '/Contracts', { id: contractID, status: 1 });
    post();
    post();
    expect(await amounts()).toEqual([99.5]);
  });

  it('keeps the start of a contract that was posted', async () => {
    const { add, adjust, api, contractID, post } = await world();
    const id = await add();
    await adjust({ contractServiceID: id, effectiveDate: '2026-11-01', unitChange: 1 });
    post();
    const reply = await api('PATCH', '/Contracts', { id: contractID, startDate: '2026-10-01' });
    expect(errorOf(reply)).toEqual([500, expect.stringContaining('startDate')]);
  });

  it('cannot be filtered by the texts of an item', async () => {
    const { api } = await connectAutotask();
    const filter = [is('contains', 'lineItemFullDescription', 'x')];
    expect((await api('POST', '/BillingItems/query', { filter })).status).toBe(500);
  });
});

describe('invoices', () => {
  async function invoiced() {
    const scene = await world();
    await scene.charge();
    scene.post();
    const companyId = Number(scene.company?.id);
    const [id = 0] = scene.autotask.person.invoice({ companyId });
    const read = async () => (await scene.api('GET', `/Invoices/${id}`)).json.item;
    return { ...scene, id, read, companyId };
  }

  it('hold what was posted, and their lines are billing items', async () => {
    const { find, id, items, read, companyId } = await invoiced();
    expect(await read()).toMatchObject({
      companyID: companyId,
      invoiceNumber: 'A-1001',
      invoiceTotal: 27.5,
      totalTaxValue: 2.5,
      dueDate: '2026-12-23T00:00:00',
      paidDate: null,
      isVoided: false,
    });
    expect(await find('BillingItems', is('eq', 'invoiceID', id))).toEqual(await items());
  });

  it('are never made twice of the same items', async () => {
    const { autotask, companyId } = await invoiced();
    expect(autotask.person.invoice({ companyId })).toEqual([]);
  });

  it('take a number, a paid day and a web service date, and nothing else', async () => {
    const { api, id, read } = await invoiced();
    const change = { id, paidDate: '2026-12-01T15:30:00', invoiceNumber: 'X-1', invoiceTotal: 1 };
    expect((await api('PATCH', '/Invoices', change)).status).toBe(200);
    expect(await read()).toMatchObject({
      paidDate: '2026-12-01T00:00:00',
      invoiceNumber: 'X-1',
      invoiceTotal: 27.5,
    });
    expect((await api('POST', '/Invoices', change)).status).toBe(405);
  });

  it('come as a PDF, as markup and as XML', async () => {
    const { api, id } = await invoiced();
    const { item } = (await api('GET', `/Invoices/${id}/InvoicePdf`)).json;
    expect(item).toMatchObject({ contentType: 'application/pdf', fileName: 'Invoice_A-1001.pdf' });
    const file = Buffer.from(String(item?.data), 'base64');
    expect([file.byteLength, file.toString('latin1').slice(0, 5)]).toEqual([
      item?.fileSize,
      '%PDF-',
    ]);
    for (const name of ['InvoiceMarkupHtml', 'InvoiceMarkupXml']) {
      const { json } = await api('GET', `/Invoices/${id}/${name}`);
      expect(String(json.invoiceMarkup)).toContain('A-1001');
    }
    expect((await api('GET', '/Invoices/1/InvoicePdf')).status).toBe(500);
  });

  it('free their items when they are voided', async () => {
    const { autotask, companyId, id, items, read } = await invoiced();
    autotask.person.voidInvoice(id);
    expect(await read()).toMatchObject({ isVoided: true, voidedDate: '2026-11-23T02:00:00Z' });
    expect((await items()).map((item: Json) => item.invoiceID)).toEqual([0]);
    expect(autotask.person.invoice({ companyId })).toHaveLength(1);
    expect(() => autotask.person.voidInvoice(id)).toThrow('already voided');
  });

  it('cannot be filtered by their due date', async () => {
    const { api } = await connectAutotask();
    const filter = [is('gt', 'dueDate', '2026-01-01')];
    expect((await api('POST', '/Invoices/query', { filter })).status).toBe(500);
  });

  it('are made for every company at once, its amounts in its own currency', async () => {
    const { autotask, find } = await connectAutotask();
    autotask.person.post();
    const ids = autotask.person.invoice();
    const made = await find('Invoices', is('in', 'id', ids));
    expect(new Set(made.map(({ companyID }) => String(companyID))).size).toBe(ids.length);
    const [contract] = await find('Contracts', is('eq', 'contractName', 'Foreign currency'));
    const [item] = await find('BillingItems', is('eq', 'contractID', contract?.id));
    expect(item).toMatchObject({
      extendedPrice: 105,
      internalCurrencyExtendedPrice: 157.5,
      taxDollars: 0,
    });
    expect(ids).toContain(item?.invoiceID);
  });

  it('stand in the journal with the items they hold', async () => {
    const { autotask, id } = await invoiced();
    expect(autotask.journal().at(-1)).toMatchObject({
      kind: 'invoice.created',
      actor: 'person:reseller',
      data: { row: { id, invoiceTotal: '27.50' }, billingItemIds: [expect.any(Number)] },
    });
  });
});
