import { describe, expect, it } from 'vitest';
import { requestErrors, responseErrors } from '../../contract/xero.ts';
import { connectXero, draft, firstContact, type Json } from './connect.ts';

async function world() {
  const connected = await connectXero();
  const contactId = await firstContact(connected);
  const approved = { Status: 'AUTHORISED', DueDate: '2026-12-01' };
  const make = async (more: Record<string, unknown> = {}): Promise<Json> =>
    (
      await connected.api('PUT', '/Invoices?summarizeErrors=false', {
        Invoices: [draft(contactId, { ...approved, ...more })],
      })
    ).json.Invoices?.[0] ?? {};
  const note = async (more: Record<string, unknown> = {}): Promise<Json> =>
    (
      await connected.api('PUT', '/CreditNotes?summarizeErrors=false', {
        CreditNotes: [draft(contactId, { Type: 'ACCRECCREDIT', Status: 'AUTHORISED', ...more })],
      })
    ).json.CreditNotes?.[0] ?? {};
  const read = async (path: string, id: unknown): Promise<Json> =>
    (await connected.api('GET', `/${path}/${id}`)).json[path]?.[0] ?? {};
  return { ...connected, contactId, make, note, read };
}

describe('payments', () => {
  it('turn an invoice PAID and back when deleted', async () => {
    const { make, api, read } = await world();
    const invoice = await make();
    const body = {
      Payments: [
        {
          Invoice: { InvoiceID: invoice.InvoiceID },
          Account: { Code: '090' },
          Date: '2026-11-24',
          Amount: 44,
        },
      ],
    };
    const reply = await api('PUT', '/Payments', body);
    expect(responseErrors('PUT', '/Payments', reply.status, reply.json)).toEqual([]);
    expect((await read('Invoices', invoice.InvoiceID)).Status).toBe('PAID');
    await api('POST', `/Payments/${reply.json.Payments?.[0]?.PaymentID}`, { Status: 'DELETED' });
    expect((await read('Invoices', invoice.InvoiceID)).Status).toBe('AUTHORISED');
  });

  it.each([
    [45, 'exceeds the amount outstanding'],
    [0, 'greater than 0'],
  ])('of %d are refused', async (Amount, words) => {
    const { make, api } = await world();
    const invoice = await make();
    const reply = await api('PUT', '/Payments', {
      Payments: [
        {
          Invoice: { InvoiceID: invoice.InvoiceID },
          Account: { Code: '090' },
          Date: '2026-11-24',
          Amount,
        },
      ],
    });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('credit notes', () => {
  it('are numbered, listed and read as described', async () => {
    const { note, api } = await world();
    expect((await note()).CreditNoteNumber).toBe('CN-0001');
    const list = await api('GET', '/CreditNotes?page=1&unitdp=4');
    expect(responseErrors('GET', '/CreditNotes', list.status, list.json)).toEqual([]);
  });

  it('take no discounts', async () => {
    const { note } = await world();
    const made = await note({
      LineItems: [
        { Description: 'x', Quantity: 1, UnitAmount: 1, AccountCode: '200', DiscountRate: 5 },
      ],
    });
    expect(made.ValidationErrors?.[0]?.Message).toContain('Discounts');
  });

  it('are allocated when both are approved, and freed again', async () => {
    const { make, note, api, read } = await world();
    const invoice = await make();
    const credit = await note();
    const path = `/CreditNotes/${credit.CreditNoteID}/Allocations`;
    const made = await api('PUT', path, {
      Allocations: [{ Amount: 44, Date: '2026-11-24', Invoice: { InvoiceID: invoice.InvoiceID } }],
    });
    expect(made.status).toBe(200);
    expect([
      (await read('Invoices', invoice.InvoiceID)).Status,
      (await read('CreditNotes', credit.CreditNoteID)).Status,
    ]).toEqual(['PAID', 'PAID']);
    const gone = await api('DELETE', `${path}/${made.json.Allocations?.[0]?.AllocationID}`);
    expect([gone.status, gone.json.IsDeleted]).toEqual([200, true]);
    expect((await read('Invoices', invoice.InvoiceID)).AmountDue).toBe(44);
  });

  it('are not allocated to a draft', async () => {
    const { make, note, api } = await world();
    const invoice = await make({ Status: 'DRAFT' });
    const credit = await note();
    const reply = await api('PUT', `/CreditNotes/${credit.CreditNoteID}/Allocations`, {
      Allocations: [{ Amount: 1, Date: '2026-11-24', Invoice: { InvoiceID: invoice.InvoiceID } }],
    });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining('must be approved')]);
  });
});

describe('contacts and items', () => {
  it('refuse PUT with a name that exists and change it with POST', async () => {
    const { api, contactId } = await world();
    const body = { Contacts: [{ Name: 'Customer 1 Pty Ltd', EmailAddress: 'a@b.example' }] };
    expect((await api('PUT', '/Contacts', body)).text).toContain(
      'already assigned to another contact',
    );
    expect((await api('POST', '/Contacts', body)).json.Contacts?.[0]?.ContactID).toBe(contactId);
  });

  it('find a contact by its ContactNumber', async () => {
    const { api } = await world();
    await api('PUT', '/Contacts', { Contacts: [{ Name: 'New customer', ContactNumber: 'C-77' }] });
    const reply = await api('GET', '/Contacts/C-77');
    expect(reply.json.Contacts?.[0]?.Name).toBe('New customer');
    expect(responseErrors('GET', '/Contacts/{ContactNumber}', reply.status, reply.json)).toEqual(
      [],
    );
  });

  it('leave archived contacts out unless asked', async () => {
    const { api } = await world();
    expect((await api('GET', '/Contacts?page=1')).json.pagination?.itemCount).toBe(29);
    expect(
      (await api('GET', '/Contacts?page=1&includeArchived=true')).json.pagination?.itemCount,
    ).toBe(30);
  });

  it('report an over-long name on its own element', async () => {
    const { api } = await world();
    const reply = await api('PUT', '/Contacts?summarizeErrors=false', {
      Contacts: [{ Name: 'Good' }, { Name: 'x'.repeat(256) }],
    });
    expect([0, 1].map((index) => reply.json.Contacts?.[index]?.StatusAttributeString)).toEqual([
      'OK',
      'ERROR',
    ]);
  });

  it('create many items and refuse a code that exists', async () => {
    const { api } = await world();
    const Items = ['A', 'B', 'A'].map((Code) => ({
      Code,
      Name: Code,
      SalesDetails: { UnitPrice: 1.2345, AccountCode: '200' },
    }));
    const reply = await api('PUT', '/Items?summarizeErrors=false&unitdp=4', { Items });
    expect(reply.text).toContain('"UnitPrice":1.2345');
    expect(reply.json.Items?.[2]?.ValidationErrors?.[0]?.Message).toBe(
      "Price List Item with Code 'A' already exists",
    );
    expect(responseErrors('PUT', '/Items', 200, reply.json)).toEqual([]);
  });
});

describe('e-mail and notes', () => {
  it('sends no e-mail from a demo company and some from others', async () => {
    const { make, api, xero, tenantId } = await world();
    const { InvoiceID } = await make();
    expect((await api('POST', `/Invoices/${InvoiceID}/Email`, {})).text).toContain(
      'Daily Email Rate Limit',
    );
    xero.person.setEmailsADay(tenantId, 5);
    expect((await api('POST', `/Invoices/${InvoiceID}/Email`, {})).status).toBe(204);
  });

  it('keeps a note in the history', async () => {
    const { make, api } = await world();
    const { InvoiceID } = await make();
    expect(
      (
        await api('PUT', `/Invoices/${InvoiceID}/History`, {
          HistoryRecords: [{ Details: 'Hello' }],
        })
      ).status,
    ).toBe(200);
    expect(
      (await api('GET', `/Invoices/${InvoiceID}/History`)).json.HistoryRecords?.[0]?.Details,
    ).toBe('Hello');
  });
});

it('warns of an odd currency rate and keeps the invoice', async () => {
  const { make } = await world();
  const made = await make({ CurrencyCode: 'USD', CurrencyRate: 6.5 });
  expect([made.StatusAttributeString, made.InvoiceNumber]).toEqual(['WARNING', 'INV-0001']);
  expect((await make({ CurrencyCode: 'USD' })).StatusAttributeString).toBe('OK');
});

describe('the bookkeeper', () => {
  it('edits, adds and deletes lines, and the journal keeps before and after', async () => {
    const { make, xero, read } = await world();
    const { InvoiceID, LineItems } = await make({ Status: 'DRAFT' });
    const id = String(InvoiceID);
    xero.person.addLine(id, {
      description: 'Visit',
      quantity: '1.5',
      unitAmount: '90.5',
      accountCode: '220',
    });
    xero.person.editLine(id, String(LineItems?.[0]?.LineItemID), { quantity: '3' });
    expect((await read('Invoices', id)).SubTotal).toBe(195.75);
    xero.person.deleteLine(id, String(LineItems?.[0]?.LineItemID));
    expect((await read('Invoices', id)).LineItems).toHaveLength(1);
    expect(xero.journal().at(-1)).toMatchObject({
      kind: 'invoice.updated',
      actor: 'person:bookkeeper',
      data: { before: { subTotal: '195.75' }, after: { subTotal: '135.75' } },
    });
  });

  it('meets the same rules as the API', async () => {
    const { make, xero } = await world();
    const id = String((await make()).InvoiceID);
    xero.person.pay(id);
    expect(() => xero.person.void(id)).toThrow('payment or credit note allocated');
  });

  it('acts over HTTP for browser tests', async () => {
    const { make, xero } = await world();
    const id = String((await make({ Status: 'DRAFT' })).InvoiceID);
    const act = (body: unknown) =>
      xero.fetch(
        new Request('http://xero.test/sandbox/person', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      );
    expect((await act({ action: 'approve', id })).status).toBe(200);
    expect((await act({ action: 'remove', id })).status).toBe(400);
    const page = await (
      await xero.fetch(
        new Request(`http://xero.test/o/${xero.organisations()[0]?.tenantId}/documents/${id}`),
      )
    ).text();
    expect(page).toContain('Awaiting payment');
  });
});

it('judges requests by the same description', () => {
  expect(requestErrors('PUT', '/Contacts', { Contacts: [{ name: 'x' }] })).toEqual([
    "/Contacts/0 must have required property 'Name'",
    '/Contacts/0 has an unknown member "name"',
  ]);
});
