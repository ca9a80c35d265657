import { describe, expect, it } from 'vitest';
import { responseErrors } from '../../contract/xero.ts';
import { type ConnectedXero, connectXero, draft, firstContact, type Json } from './connect.ts';

async function world() {
  const connected = await connectXero();
  const contactId = await firstContact(connected);
  const put = async (more: Record<string, unknown> = {}): Promise<Json> => {
    const { json } = await connected.api('PUT', '/Invoices?summarizeErrors=false&unitdp=4', {
      Invoices: [draft(contactId, more)],
    });
    return json.Invoices?.[0] ?? {};
  };
  const post = (body: unknown, path = '/Invoices') =>
    connected.api('POST', `${path}?summarizeErrors=false&unitdp=4`, body);
  return { ...connected, contactId, put, post };
}
const line = (more: Record<string, unknown>) => ({
  Description: 'Line',
  AccountCode: '200',
  Quantity: 1,
  ...more,
});
const message = (element: Json | undefined): string =>
  String(element?.ValidationErrors?.[0]?.Message ?? '');
const textOf = async ({ api }: ConnectedXero, id: unknown) =>
  (await api('GET', `/Invoices/${id}?unitdp=4`)).text;

describe('creating invoices', () => {
  it('tells a missing contact on the element, and refuses a value of another type', async () => {
    const { api, contactId } = await world();
    const { Contact: _none, ...orphan } = draft(contactId);
    const some = await api('PUT', '/Invoices?summarizeErrors=false', {
      Invoices: [orphan, draft(contactId)],
    });
    expect(some.status).toBe(200);
    expect(some.json.Invoices?.[0]?.ValidationErrors?.[0]?.Message).toBe(
      'A Contact must be specified for this type of transaction',
    );
    expect(some.json.Invoices?.[1]?.StatusAttributeString).toBe('OK');
    const wrong = await api('PUT', '/Invoices', {
      Invoices: [draft(contactId, { Status: 'NEW' })],
    });
    expect([wrong.status, wrong.json.ErrorNumber, wrong.json.Type]).toEqual([
      400,
      14,
      'PostDataInvalidException',
    ]);
  });

  it('numbers them INV-0001, INV-0002 and matches the description', async () => {
    const { put, api } = await world();
    const first = await put();
    const second = await put();
    expect([first.InvoiceNumber, second.InvoiceNumber]).toEqual(['INV-0001', 'INV-0002']);
    const reply = await api('GET', `/Invoices/${first.InvoiceID}`);
    expect(responseErrors('GET', '/Invoices/{InvoiceID}', reply.status, reply.json)).toEqual([]);
  });

  it('refuses PUT with a number that exists', async () => {
    const { put } = await world();
    await put({ InvoiceNumber: 'A-1' });
    expect(message(await put({ InvoiceNumber: 'A-1' }))).toBe('Invoice # must be unique.');
  });

  it('rounds tax on each line and then sums', async () => {
    const { put } = await world();
    const lines = ['25.06', '25.61', '25.63'].map((UnitAmount) =>
      line({ UnitAmount: Number(UnitAmount), TaxType: 'OUTPUT' }),
    );
    const invoice = await put({ LineItems: lines });
    expect(invoice.LineItems?.[0]?.TaxAmount).toBe(2.51);
    expect([invoice.SubTotal, invoice.TotalTax, invoice.Total]).toEqual([76.3, 7.63, 83.93]);
  });

  it('rounds half up after the price was rounded to its decimals', async () => {
    const connected = await world();
    const made = await connected.put({ LineItems: [line({ Quantity: 1, UnitAmount: 2.165 })] });
    expect(made.SubTotal).toBe(2.17);
    const { json } = await connected.api('PUT', '/Invoices', {
      Invoices: [
        draft(connected.contactId, { LineItems: [line({ Quantity: 100, UnitAmount: 0.0149 })] }),
      ],
    });
    expect(json.Invoices?.[0]?.SubTotal).toBe(1);
    const fine = await connected.put({ LineItems: [line({ Quantity: 100, UnitAmount: 0.0149 })] });
    expect(fine.SubTotal).toBe(1.49);
  });

  it('takes tax out of inclusive amounts', async () => {
    const invoice = await (await world()).put({
      LineAmountTypes: 'Inclusive',
      LineItems: [line({ UnitAmount: 110 })],
    });
    expect([invoice.SubTotal, invoice.TotalTax, invoice.Total]).toEqual([100, 10, 110]);
  });

  it('applies a discount rate before rounding', async () => {
    const invoice = await (await world()).put({
      LineItems: [line({ Quantity: 3, UnitAmount: 9.99, DiscountRate: 12.5 })],
    });
    expect([invoice.SubTotal, invoice.IsDiscounted, invoice.TotalDiscount]).toEqual([
      26.22,
      true,
      3.75,
    ]);
  });

  it('writes numbers with their trailing zeros', async () => {
    const connected = await world();
    expect(await textOf(connected, (await connected.put()).InvoiceID)).toContain(
      '"UnitAmount":20.0000',
    );
  });

  it.each([
    [{ CurrencyCode: 'EUR' }, 'Organisation is not subscribed to currency EUR'],
    [{ LineItems: [] }, 'One or more line items must be specified'],
    [{ Status: 'AUTHORISED' }, 'Due Date cannot be empty'],
    [
      { LineItems: [line({ UnitAmount: 1, LineAmount: 2 })] },
      'The line total 2 does not match the expected line total 1.00',
    ],
    [
      { LineItems: [line({ UnitAmount: 1, AccountCode: '999' })] },
      "Account code '999' is not a valid code for this document.",
    ],
    [
      { LineItems: [line({ UnitAmount: 1, AccountCode: '230' })] },
      "Account code '230' has been archived, or deleted.",
    ],
    [
      { LineItems: [line({ UnitAmount: 1, TaxType: 'INPUT' })] },
      "The TaxType code 'INPUT' does not exist or cannot be used for this type of transaction.",
    ],
    [{ LineItems: [line({ UnitAmount: 1, Quantity: -1 })] }, 'The quantity must not be negative'],
    [
      { LineItems: [line({ UnitAmount: -1, DiscountAmount: 0 })] },
      'Discount amount is not valid for a negative line amount',
    ],
    [{ Url: 'https://xero.example/1' }, 'Url is not a valid absolute URL'],
  ])('refuses %j', async (more, words) => {
    expect(message(await (await world()).put(more))).toBe(words);
  });

  it('asks for an account only when approving', async () => {
    const { put } = await world();
    const LineItems = [{ Description: 'x', Quantity: 1, UnitAmount: 1 }];
    expect((await put({ LineItems })).Status).toBe('DRAFT');
    expect(message(await put({ LineItems, Status: 'AUTHORISED', DueDate: '2026-12-01' }))).toBe(
      'Account code must be specified.',
    );
  });

  it('takes text, price and account from the item', async () => {
    const { put, api } = await world();
    const item = (await api('GET', '/Items?unitdp=4')).json.Items?.[0];
    const invoice = await put({ LineItems: [{ ItemCode: item?.Code, Quantity: 1 }] });
    expect(invoice.LineItems?.[0]).toMatchObject({
      UnitAmount: item?.SalesDetails?.UnitPrice,
      AccountCode: item?.SalesDetails?.AccountCode,
      Description: item?.Description,
    });
  });

  it('turns a time stamp with an offset into the UTC day', async () => {
    expect((await (await world()).put({ Date: '2026-11-23T08:00:00+11:00' })).DateString).toBe(
      '2026-11-22T00:00:00',
    );
  });

  it('defaults the date to today in the organisation zone', async () => {
    const { put, clock } = await world();
    clock.ms = Date.UTC(2026, 10, 23, 2, 10);
    expect((await put()).DateString).toBe('2026-11-23T00:00:00');
    clock.ms = Date.UTC(2026, 10, 23, 2, 20);
    expect((await put()).DateString).toBe('2026-11-23T00:00:00');
  });

  it('applies other contact fields to the contact and drops persons not listed', async () => {
    const { put, contactId, api, xero } = await world();
    await put({
      Contact: { ContactID: contactId, EmailAddress: 'new@customer.example', ContactPersons: [] },
    });
    const contact = (await api('GET', `/Contacts/${contactId}`)).json.Contacts?.[0];
    expect([contact?.EmailAddress, contact?.ContactPersons]).toEqual(['new@customer.example', []]);
    expect(xero.journal().map(({ kind }) => kind)).toContain('contact.updated');
  });
});

describe('updating invoices', () => {
  it('keeps lines by LineItemID, creates those without and deletes those left out', async () => {
    const { put, post } = await world();
    const made = await put({ LineItems: [line({ UnitAmount: 1 }), line({ UnitAmount: 2 })] });
    const kept = made.LineItems?.[0]?.LineItemID;
    const { json } = await post({
      Invoices: [
        {
          InvoiceID: made.InvoiceID,
          LineItems: [{ LineItemID: kept, Quantity: 5 }, line({ UnitAmount: 3 })],
        },
      ],
    });
    const lines = json.Invoices?.[0]?.LineItems;
    expect([lines?.[0]?.LineItemID, lines?.[0]?.LineAmount, lines?.[1]?.LineAmount]).toEqual([
      kept,
      5,
      3,
    ]);
    expect(lines).toHaveLength(2);
  });

  it('overwrites by POST with a number that exists', async () => {
    const { put, post } = await world();
    const made = await put({ InvoiceNumber: 'A-1' });
    const { json } = await post({ Invoices: [{ InvoiceNumber: 'A-1', Reference: 'changed' }] });
    expect([json.Invoices?.[0]?.InvoiceID, json.Invoices?.[0]?.Reference]).toEqual([
      made.InvoiceID,
      'changed',
    ]);
  });

  it('refuses a deleted invoice', async () => {
    const { put, post } = await world();
    const made = await put();
    await post({ Invoices: [{ InvoiceID: made.InvoiceID, Status: 'DELETED' }] });
    const { json } = await post({ Invoices: [{ InvoiceID: made.InvoiceID, Reference: 'x' }] });
    expect(message(json.Invoices?.[0])).toBe('Invoice not of valid status for modification');
  });

  it('reads a missing status of an approved invoice as an illegal change', async () => {
    const { put, post } = await world();
    const made = await put({ Status: 'AUTHORISED', DueDate: '2026-12-01' });
    const { json } = await post({ Invoices: [{ InvoiceID: made.InvoiceID, Reference: 'x' }] });
    expect(message(json.Invoices?.[0])).toBe('Invoice not of valid status for modification');
    const again = await post({
      Invoices: [{ InvoiceID: made.InvoiceID, Status: 'AUTHORISED', Reference: 'x' }],
    });
    expect(again.json.Invoices?.[0]?.Reference).toBe('x');
  });

  it('refuses a paid invoice and a locked period', async () => {
    const { put, post, xero, tenantId } = await world();
    const paid = await put({ Status: 'AUTHORISED', DueDate: '2026-12-01' });
    xero.person.pay(String(paid.InvoiceID), { amount: '1.00' });
    const first = await post({
      Invoices: [{ InvoiceID: paid.InvoiceID, Status: 'AUTHORISED', Reference: 'x' }],
    });
    expect(message(first.json.Invoices?.[0])).toContain('payment or credit note allocated');
    const open = await put();
    xero.person.setLockDate(tenantId, '2026-11-30');
    const second = await post({ Invoices: [{ InvoiceID: open.InvoiceID, Reference: 'x' }] });
    expect(message(second.json.Invoices?.[0])).toContain(
      'period lock date, currently set to 30 November 2026',
    );
  });

  it('takes a single object and an id in the path', async () => {
    const { put, api } = await world();
    const made = await put();
    const { json } = await api('POST', `/Invoices/${made.InvoiceID}`, { Reference: 'single' });
    expect(json.Invoices?.[0]?.Reference).toBe('single');
  });
});

describe('batches', () => {
  it('answers 200 with a result for each element when summarizeErrors is false', async () => {
    const { api, contactId } = await world();
    const body = {
      Invoices: [draft(contactId), draft(contactId, { CurrencyCode: 'EUR' }), draft(contactId)],
    };
    const reply = await api('PUT', '/Invoices?summarizeErrors=false', body);
    const states = [0, 1, 2].map((index) => reply.json.Invoices?.[index]?.StatusAttributeString);
    expect([reply.status, ...states]).toEqual([200, 'OK', 'ERROR', 'OK']);
    expect(responseErrors('PUT', '/Invoices', 200, reply.json)).toEqual([]);
  });

  it('refuses all of a batch with one bad element otherwise', async () => {
    const { api, contactId, xero } = await world();
    const before = xero.journal().length;
    const reply = await api('PUT', '/Invoices', {
      Invoices: [draft(contactId), draft(contactId, { CurrencyCode: 'EUR' })],
    });
    expect([reply.status, reply.json.ErrorNumber, reply.json.Type]).toEqual([
      400,
      10,
      'ValidationException',
    ]);
    expect(xero.journal().length).toBe(before);
  });

  it.each([
    [{ Invoices: [{ type: 'ACCREC' }] }, 'unknown member "type"'],
    [{ Invoices: [{ Refrence: 'x' }] }, 'unknown member "Refrence"'],
    [{ Invoices: [{ LineItems: [{ Quantity: '2' }] }] }, 'must be number'],
    [{ Invoices: [{ InvoiceID: 'no-guid' }] }, 'must match format'],
    ['not json', 'not JSON'],
  ])('refuses the misspelt or mistyped body %j', async (body, words) => {
    const reply = await (await world()).post(body);
    expect([reply.status, String(reply.json.Message)]).toEqual([
      400,
      expect.stringContaining(words),
    ]);
  });
});
