import { describe, expect, it } from 'vitest';
import { isRecord } from '../must.ts';
import type { Json } from './connect.ts';
import { agreementScene, errorOf } from './scene.ts';

const set = (path: string, value: unknown) => ({ op: 'replace', path, value });
const at = (day: string) => `${day}T00:00:00Z`;

async function world(more: Record<string, unknown> = {}) {
  const scene = await agreementScene();
  const { api, below, connectwise, agreementId } = scene;
  const settings = Object.entries(more).map(([name, value]) => set(name, value));
  await api('PATCH', below, settings);
  const invoice = async (through: string): Promise<Json[]> => {
    const ids = connectwise.person.invoice({ through, agreementId });
    return Promise.all(ids.map(async (id) => (await api('GET', `/finance/invoices/${id}`)).json));
  };
  /** The lines of the last invoice as the journal keeps them. */
  const lines = () => {
    const { data } = connectwise.journal().findLast(({ kind }) => kind === 'invoice.created') ?? {};
    return isRecord(data) && Array.isArray(data.lines) ? data.lines : [];
  };
  const patch = (id: number, ...operations: unknown[]) =>
    api('PATCH', `${below}/additions/${id}`, operations);
  return { ...scene, invoice, lines, patch };
}

describe('agreement invoicing', () => {
  it('bills each period that has begun once, with totals, tax and due date', async () => {
    const { add, invoice, agreementId, company } = await world({ customerPO: 'PO-7' });
    await add({ quantity: 3 });
    await add({ quantity: 1, unitPrice: 3.33 });
    const made = await invoice('2026-12-31');
    expect(made).toMatchObject([
      {
        type: 'Agreement',
        status: { name: 'New', isClosed: false },
        company: { id: company?.id },
        agreement: { id: agreementId, name: 'Subscriptions', type: 'Cloud subscriptions' },
        applyToType: 'Agreement',
        applyToId: agreementId,
        customerPO: 'PO-7',
        date: at('2026-11-23'),
        dueDate: at('2026-12-23'),
        productTotal: 33.33,
        subtotal: 33.33,
        salesTax: 3.33,
        total: 36.66,
        payments: 0,
        balance: 36.66,
      },
      { total: 36.66 },
    ]);
    expect(await invoice('2026-12-31')).toEqual([]);
    expect(Number(made[1]?.invoiceNumber)).toBe(Number(made[0]?.invoiceNumber) + 1);
  });

  it('bills nothing that is not billable, shows no charge at nothing, and taxes what is taxable', async () => {
    const { add, invoice, lines } = await world();
    await add({ billCustomer: 'DoNotBill' });
    await add({ billCustomer: 'NoCharge', description: 'gift', invoiceDescription: 'Gift' });
    await add({ taxableFlag: false });
    await add({ quantity: 5, lessIncluded: 2 });
    const [made] = await invoice('2026-11-30');
    expect(made).toMatchObject({ subtotal: 40, salesTax: 3 });
    expect(lines()).toMatchObject([
      { description: 'Gift', amount: '0.00' },
      { amount: '10.00', tax: '0.00' },
      { quantity: '3', amount: '30.00', tax: '3.00' },
    ]);
  });

  it('adds the amount of the agreement itself, and children on the invoice of their parent', async () => {
    const { api, invoice, agreement, agreementId, itemId } = await world({ billAmount: 100 });
    const child = await api(
      'POST',
      '/finance/agreements',
      agreement({ name: 'Child', parentAgreement: { id: agreementId } }),
    );
    await api('POST', `/finance/agreements/${String(child.json.id)}/additions`, {
      product: { id: itemId },
      billCustomer: 'Billable',
      effectiveDate: at('2026-11-01'),
    });
    const made = await invoice('2026-11-30');
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ agreementAmount: 100, productTotal: 10, subtotal: 110 });
  });

  it('makes no invoice of nothing, unless the agreement bills zero amounts', async () => {
    const { api, below, invoice } = await world();
    expect(await invoice('2026-11-30')).toEqual([]);
    await api('PATCH', below, [set('billZeroAmountFlag', true)]);
    expect(await invoice('2026-11-30')).toMatchObject([{ total: 0 }]);
  });

  it('follows the billing cycle, and ends with the agreement', async () => {
    const { add, invoice } = await world({
      billingCycle: { name: 'Quarterly' },
      noEndingDateFlag: false,
      endDate: at('2027-02-15'),
    });
    await add();
    expect(await invoice('2027-12-31')).toHaveLength(2);
  });
});

describe('without proration', () => {
  it('an addition that begins or ends within a period is billed whole', async () => {
    const { add, invoice, lines } = await world();
    await add({ effectiveDate: at('2026-11-20') });
    await add({ cancelledDate: at('2026-11-02') });
    await add({ effectiveDate: at('2026-12-01') });
    await invoice('2026-11-30');
    expect(lines()).toMatchObject([
      { amount: '10.00', days: 30 },
      { amount: '10.00', days: 30 },
    ]);
  });

  it('what has ended before is billed no more', async () => {
    const { add, invoice } = await world();
    await add({ cancelledDate: at('2026-11-30') });
    await add();
    expect((await invoice('2026-12-01')).map(({ subtotal }) => Number(subtotal))).toEqual([20, 10]);
  });
});

describe('with proration', () => {
  it('days are billed, the first and the cancelled one included', async () => {
    const { add, invoice, lines } = await world({ prorateFlag: true });
    await add({ effectiveDate: at('2026-11-16') });
    await add({ cancelledDate: at('2026-11-10') });
    await add({ effectiveDate: at('2026-11-30'), quantity: 2 });
    await invoice('2026-11-30');
    expect(lines()).toMatchObject([
      { days: 15, amount: '5.00' },
      { days: 10, amount: '3.33' },
      { days: 1, amount: '0.67' },
    ]);
  });

  it('what came and went in an invoiced period stands on the next invoice, at the price it was billed', async () => {
    const { add, invoice, lines, patch } = await world({ prorateFlag: true });
    const id = await add({ quantity: 3 });
    await invoice('2026-11-30');
    await patch(id, set('unitPrice', 99), set('cancelledDate', at('2026-11-15')));
    await add({ effectiveDate: at('2026-11-21') });
    const [made] = await invoice('2026-12-01');
    expect(lines()).toMatchObject([
      { additionId: id, from: '2026-11-01', days: -15, unitPrice: '10', amount: '-15.00' },
      { from: '2026-11-01', days: 10, amount: '3.33' },
      { from: '2026-12-01', days: 31, amount: '10.00' },
    ]);
    expect(made).toMatchObject({ subtotal: -1.67, salesTax: -0.17, total: -1.84 });
  });

  it('a change of quantity holds for the open period whole', async () => {
    const { add, invoice, patch } = await world({ prorateFlag: true });
    const id = await add({ quantity: 3 });
    await invoice('2026-11-30');
    await patch(id, set('quantity', 4));
    expect(await invoice('2026-12-01')).toMatchObject([{ subtotal: 40 }]);
  });
});

describe('invoices', () => {
  it('are made by the API for one period when it is asked', async () => {
    const { api, add, below, connectwise } = await world();
    await add();
    const first = await api('POST', `${below}/invoice`);
    expect(await api('GET', `/finance/invoices/${first.text}`)).toMatchObject({ status: 200 });
    const second = await api('POST', `${below}/invoice`);
    expect(Number(second.text)).toBe(Number(first.text) + 1);
    connectwise.person.setRight('Finance > Agreement Invoicing', 'Add', false);
    expect((await api('POST', `${below}/invoice`)).status).toBe(403);
  });

  it('are listed by agreement, and come as a PDF', async () => {
    const { api, add, find, invoice, agreementId } = await world();
    await add();
    const [made] = await invoice('2026-11-30');
    const found = await find('/finance/invoices', { conditions: `agreement/id=${agreementId}` });
    expect(found).toEqual([made]);
    const pdf = await api('GET', `/finance/invoices/${String(made?.id)}/pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.text).toContain(`Invoice ${String(made?.invoiceNumber)}, total 11.00`);
    expect((await api('GET', '/finance/invoices/1/pdf')).status).toBe(404);
  });

  it('are paid in parts, closed at balance 0, and open again without a payment', async () => {
    const { api, add, invoice, connectwise } = await world();
    await add();
    const [made] = await invoice('2026-11-30');
    const id = Number(made?.id);
    const read = async () => (await api('GET', `/finance/invoices/${id}`)).json;
    connectwise.person.pay(id, { amount: '4.50', date: '2026-11-24' });
    expect(await read()).toMatchObject({ payments: 4.5, balance: 6.5, status: { name: 'New' } });
    const path = `/finance/invoices/${id}/payments`;
    const paid = await api('POST', path, { amount: 6.5, paymentDate: at('2026-11-25') });
    expect(paid).toMatchObject({ status: 201, json: { amount: 6.5, invoiceBalance: 0 } });
    expect(await read()).toMatchObject({ balance: 0, status: { name: 'Paid', isClosed: true } });
    await api('DELETE', `${path}/${String(paid.json.id)}`);
    expect(await read()).toMatchObject({ balance: 6.5, status: { isClosed: false } });
    expect(errorOf(await api('POST', path, { amount: 7 }))[2]).toContain('balance');
    expect(errorOf(await api('POST', path, { amount: 0 }))[2]).toContain('greater than 0');
    expect(errorOf(await api('POST', path, {}))[2]).toContain('amount is required');
    connectwise.person.setRight('Finance > Accounting Interface', 'Add', false);
    expect((await api('POST', path, { amount: 1 })).status).toBe(403);
  });

  it('change in status and references alone', async () => {
    const { api, add, invoice } = await world();
    await add();
    const [made] = await invoice('2026-11-30');
    const path = `/finance/invoices/${String(made?.id)}`;
    const reply = await api('PATCH', path, [
      set('status', { name: 'Sent' }),
      set('reference', 'REF'),
      set('total', 1),
    ]);
    expect(reply.json).toMatchObject({ status: { name: 'Sent' }, reference: 'REF', total: 11 });
    expect((await api('DELETE', path)).status).toBe(405);
    expect((await api('POST', '/finance/invoices', {})).status).toBe(405);
  });

  it('are deleted by a person from the last one on, which opens their period', async () => {
    const { add, invoice, connectwise } = await world();
    await add();
    const [first, second] = await invoice('2026-12-01');
    const remove = (one: Json | undefined) => connectwise.person.deleteInvoice(Number(one?.id));
    expect(() => remove(first)).toThrow('Only the last invoice');
    remove(second);
    connectwise.person.pay(Number(first?.id));
    expect(() => remove(first)).toThrow('has payments');
    expect(await invoice('2026-12-01')).toHaveLength(1);
  });
});
