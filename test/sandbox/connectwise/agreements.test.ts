import { describe, expect, it } from 'vitest';
import { agreementScene, errorOf } from './scene.ts';

const set = (path: string, value: unknown) => ({ op: 'replace', path, value });
const at = (day: string) => `${day}T00:00:00Z`;

describe('additions', () => {
  it('take price, cost, texts and taxation from the item, and compute the rest', async () => {
    const { api, below, itemId, agreementId } = await agreementScene();
    const body = { product: { id: itemId }, billCustomer: 'Billable', quantity: 3 };
    const reply = await api('POST', `${below}/additions`, body);
    expect([reply.status, reply.json]).toMatchObject([
      201,
      {
        product: { id: itemId, identifier: 'SEAT' },
        agreementId,
        quantity: 3,
        lessIncluded: 0,
        billedQuantity: 3,
        unitPrice: 10,
        unitCost: 6,
        extPrice: 30,
        extCost: 18,
        margin: 12,
        description: 'Seat',
        invoiceDescription: 'One seat',
        taxableFlag: true,
        uom: 'Each',
        effectiveDate: at('2026-11-23'),
        prorateCurrentPeriodFlag: false,
      },
    ]);
    expect(reply.json).not.toHaveProperty('cancelledDate');
  });

  it('keep decimals as they are written, and texts and custom fields', async () => {
    const { api, below, add } = await agreementScene();
    const id = await add({
      quantity: 1.25,
      unitPrice: 3.3333,
      description: 'mark-1',
      customFields: [
        { id: 41, value: 'LINE-1' },
        { id: 42, value: 7 },
      ],
    });
    const { text, json } = await api('GET', `${below}/additions/${id}`);
    expect(text).toContain('"unitPrice":3.3333');
    expect(text).toContain('"extPrice":4.166625');
    expect(json.description).toBe('mark-1');
    expect(json.customFields).toMatchObject([
      { id: 41, caption: 'Marketplace line', value: 'LINE-1' },
      { id: 42, caption: 'Seats agreed', value: 7 },
    ]);
  });

  it('are listed below their agreement alone, and counted there', async () => {
    const { api, find, make, agreement, below, add } = await agreementScene();
    const id = await add();
    const other = await make('/finance/agreements', agreement({ name: 'Other' }));
    expect((await find(`${below}/additions`)).map((one) => one.id)).toEqual([id]);
    expect(await find(`/finance/agreements/${other}/additions`)).toEqual([]);
    expect((await api('GET', '/finance/agreements/1/additions')).status).toBe(404);
    expect((await api('GET', `/finance/agreements/${other}/additions/${id}`)).status).toBe(404);
    expect((await api('GET', `${below}/additions/count`)).json).toEqual({ count: 1 });
    const patch = [set('quantity', 2)];
    expect((await api('PATCH', `/finance/agreements/${other}/additions/${id}`, patch)).status).toBe(
      404,
    );
  });

  it.each([
    [{ billCustomer: 'Maybe' }, 'billCustomer must be one of'],
    [{ billCustomer: undefined }, 'billCustomer is required'],
    [{ product: { identifier: 'BUNDLE' } }, 'class Bundle'],
    [{ product: { identifier: 'NOTHING' } }, 'does not exist'],
    [{ effectiveDate: at('2026-10-31') }, 'before the billing start 2026-11-01'],
    [{ cancelledDate: at('2026-10-31') }, 'must not be before effectiveDate'],
    [{ serialNumber: 'x'.repeat(51) }, 'maximum length of 50'],
  ])('are refused with %j', async (more, words) => {
    const { api, below, itemId } = await agreementScene();
    const reply = await api('POST', `${below}/additions`, {
      product: { id: itemId },
      billCustomer: 'Billable',
      effectiveDate: at('2026-11-01'),
      ...more,
    });
    expect(errorOf(reply)).toEqual([400, 'InvalidObject', expect.stringContaining(words)]);
    expect(reply.json.message).toBe('addition object is invalid');
    expect(reply.json.errors?.[0]).toMatchObject({ resource: 'addition' });
  });

  it('end by their cancelled date, and open again without it', async () => {
    const { api, below, add } = await agreementScene();
    const path = `${below}/additions/${await add()}`;
    const ended = await api('PATCH', path, [set('cancelledDate', at('2026-11-30'))]);
    expect(ended.json.cancelledDate).toBe(at('2026-11-30'));
    const opened = await api('PATCH', path, [{ op: 'remove', path: 'cancelledDate' }]);
    expect(opened.json).not.toHaveProperty('cancelledDate');
  });

  it('show the share of their first period where the agreement prorates', async () => {
    const { api, below, add } = await agreementScene();
    await api('PATCH', below, [set('prorateFlag', true)]);
    const id = await add({ effectiveDate: at('2026-11-16'), quantity: 2 });
    expect((await api('GET', `${below}/additions/${id}`)).json).toMatchObject({
      prorateCurrentPeriodFlag: true,
      proratePrice: 5,
      prorateCost: 3,
      extendedProratePrice: 10,
      extendedProrateCost: 6,
    });
  });
});

describe('in an invoiced period', () => {
  async function invoiced(more: Record<string, unknown> = {}) {
    const scene = await agreementScene();
    const { api, below, add, connectwise, agreementId } = scene;
    const id = await add();
    if (more.prorateFlag) await api('PATCH', below, [set('prorateFlag', true)]);
    connectwise.person.invoice({ agreementId });
    const open = (effectiveDate: string) =>
      api('POST', `${below}/additions`, {
        product: { id: scene.itemId },
        billCustomer: 'Billable',
        effectiveDate: at(effectiveDate),
      });
    return { ...scene, id, path: `${below}/additions/${id}`, open };
  }

  it('an addition is refused while the agreement does not prorate; the next invoice date is taken', async () => {
    const { api, below, open } = await invoiced();
    const reply = await open('2026-11-30');
    expect(errorOf(reply)).toEqual([
      400,
      'InvalidObject',
      expect.stringContaining('invoiced up to 2026-11-30'),
    ]);
    expect((await api('GET', below)).json.nextInvoiceDate).toBe(at('2026-12-01'));
    expect((await open('2026-12-01')).status).toBe(201);
  });

  it('an addition ends with its last day, and not within it', async () => {
    const { api, path } = await invoiced();
    const end = (day: string) => api('PATCH', path, [set('cancelledDate', at(day))]);
    expect(errorOf(await end('2026-11-20'))[2]).toContain('does not prorate');
    expect((await end('2026-11-30')).status).toBe(200);
  });

  it('everything is taken where the agreement prorates', async () => {
    const { api, path, open } = await invoiced({ prorateFlag: true });
    expect((await open('2026-11-20')).status).toBe(201);
    const end = [set('cancelledDate', at('2026-11-20'))];
    expect((await api('PATCH', path, end)).status).toBe(200);
  });

  it('the parent counts for a child', async () => {
    const { api, agreement, agreementId, itemId } = await invoiced();
    const child = await api(
      'POST',
      '/finance/agreements',
      agreement({ name: 'Child', parentAgreement: { id: agreementId } }),
    );
    const reply = await api('POST', `/finance/agreements/${String(child.json.id)}/additions`, {
      product: { id: itemId },
      billCustomer: 'Billable',
      effectiveDate: at('2026-11-10'),
    });
    expect(errorOf(reply)[2]).toContain('invoiced up to 2026-11-30');
  });

  it('quantity and price still change, and an invoiced addition is not deleted', async () => {
    const { api, path } = await invoiced();
    const change = [set('quantity', 5), set('unitPrice', 9)];
    expect((await api('PATCH', path, change)).json.extPrice).toBe(45);
    expect(errorOf(await api('DELETE', path))[0]).toBe(409);
  });

  it('the billing start of the agreement stays', async () => {
    const { api, below } = await invoiced();
    const reply = await api('PATCH', below, [set('billStartDate', at('2026-12-01'))]);
    expect(errorOf(reply)[2]).toContain('has been invoiced');
  });
});

describe('agreements', () => {
  it('tell their status by the day', async () => {
    const { api, below, clock } = await agreementScene();
    const status = async () => (await api('GET', below)).json.agreementStatus;
    await api('PATCH', below, [set('noEndingDateFlag', false), set('endDate', at('2026-11-30'))]);
    expect(await status()).toBe('Active');
    clock.ms = Date.UTC(2026, 11, 1);
    expect(await status()).toBe('Expired');
    await api('PATCH', below, [set('cancelledFlag', true)]);
    expect((await api('GET', below)).json).toMatchObject({
      agreementStatus: 'Cancelled',
      dateCancelled: at('2026-12-01'),
    });
    await api('PATCH', below, [
      set('cancelledFlag', false),
      set('startDate', at('2027-01-01')),
      set('noEndingDateFlag', true),
    ]);
    expect(await status()).toBe('Inactive');
  });

  it('belong to a contact of their company, and have one level of children', async () => {
    const { api, find, agreement, agreementId, below } = await agreementScene();
    const [stranger] = await find('/company/contacts', { pageSize: '1', page: '5' });
    const wrong = agreement({ contact: { id: stranger?.id } });
    expect(errorOf(await api('POST', '/finance/agreements', wrong))[2]).toContain('contact');
    const child = await api(
      'POST',
      '/finance/agreements',
      agreement({ parentAgreement: { id: agreementId } }),
    );
    expect(child.json.parentAgreement).toMatchObject({ id: agreementId, name: 'Subscriptions' });
    const grandchild = agreement({ parentAgreement: { id: child.json.id } });
    expect(errorOf(await api('POST', '/finance/agreements', grandchild))[2]).toContain('child');
    const own = await api('PATCH', below, [set('parentAgreement', { id: agreementId })]);
    expect(own.status).toBe(400);
  });

  it('tell their last and next invoice in the recap', async () => {
    const { find, add, connectwise, agreementId } = await agreementScene();
    await add();
    const recap = async () =>
      (await find('/finance/agreementrecap/', { conditions: `id=${agreementId}` }))[0];
    expect(await recap()).toMatchObject({ nextInvoiceDate: at('2026-11-01') });
    connectwise.person.invoice({ agreementId });
    expect(await recap()).toMatchObject({
      name: 'Subscriptions',
      lastInvoiceDate: at('2026-11-23'),
      lastInvoiceNumber: expect.stringMatching(/^\d+$/),
      lastInvoiceAmount: '11.00',
      nextInvoiceDate: at('2026-12-01'),
    });
  });
});
