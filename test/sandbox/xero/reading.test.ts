import { describe, expect, it } from 'vitest';
import { responseErrors } from '../../contract/xero.ts';
import { connectXero, draft, firstContact } from './connect.ts';

async function world(count = 3) {
  const connected = await connectXero();
  const contactId = await firstContact(connected);
  const Invoices = Array.from({ length: count }, (_, index) =>
    draft(contactId, { Reference: `LP-${index + 1}` }),
  );
  await connected.api('PUT', '/Invoices?summarizeErrors=false', { Invoices });
  return { ...connected, contactId };
}

describe('reading', () => {
  it.each([
    '/Organisation',
    '/Organisation/Actions',
    '/Accounts',
    '/TaxRates',
    '/Currencies',
    '/TrackingCategories',
    '/BrandingThemes',
    '/Items',
    '/Contacts',
    '/RepeatingInvoices',
    '/Invoices',
    '/CreditNotes',
    '/Payments',
  ])('answers %s as described', async (path) => {
    const { status, json } = await (await world()).api('GET', path);
    expect(responseErrors('GET', path, status, json)).toEqual([]);
  });

  it('leaves lines out without page and has them with it', async () => {
    const { api } = await world();
    expect((await api('GET', '/Invoices')).json.Invoices?.[0]?.LineItems).toEqual([]);
    expect((await api('GET', '/Invoices?page=1')).json.Invoices?.[0]?.LineItems).toHaveLength(1);
  });

  it('pages in lower case and adjusts a page size out of range', async () => {
    const { api } = await world();
    const { json } = await api('GET', '/Invoices?page=2&pageSize=2');
    expect(json.pagination).toEqual({ page: 2, pageSize: 2, pageCount: 2, itemCount: 3 });
    expect((await api('GET', '/Invoices?page=1&pageSize=5000')).json.pagination?.pageSize).toBe(
      1000,
    );
  });

  it('forces paging and drops lines with summaryOnly', async () => {
    const { json } = await (await world()).api('GET', '/Invoices?summaryOnly=true');
    expect([json.pagination?.itemCount, json.Invoices?.[0]?.LineItems]).toEqual([3, undefined]);
  });

  it('finds a reference by searchTerm without case', async () => {
    const { json } = await (await world()).api('GET', '/Invoices?page=1&searchTerm=lp-2');
    expect(json.Invoices).toHaveLength(1);
  });

  it('filters by statuses, and a present but empty filter gives nothing', async () => {
    const { api } = await world();
    expect(
      (await api('GET', '/Invoices?page=1&Statuses=DRAFT,SUBMITTED')).json.Invoices,
    ).toHaveLength(3);
    expect((await api('GET', '/Invoices?page=1&Statuses=')).json.Invoices).toHaveLength(0);
  });

  it('tells documents of this app from those of a person', async () => {
    const { api, xero, tenantId, contactId } = await world();
    xero.person.createInvoice(tenantId, {
      contactId,
      lines: [{ description: 'Visit', unitAmount: '90' }],
    });
    expect((await api('GET', '/Invoices?page=1')).json.Invoices).toHaveLength(4);
    expect((await api('GET', '/Invoices?page=1&createdByMyApp=true')).json.Invoices).toHaveLength(
      3,
    );
  });

  it('gives only what changed after If-Modified-Since', async () => {
    const { api, clock, xero } = await world();
    clock.ms += 10_000;
    const since = new Date(clock.ms - 5_000).toISOString().slice(0, 19);
    const none = await api('GET', '/Invoices?page=1', undefined, { 'if-modified-since': since });
    expect([none.status, none.json.Invoices]).toEqual([200, []]);
    const id = String((await api('GET', '/Invoices?page=1')).json.Invoices?.[0]?.InvoiceID);
    xero.person.setReference(id, 'changed');
    const one = await api('GET', '/Invoices?page=1', undefined, {
      'if-modified-since': `${since}Z`,
    });
    expect(one.json.Invoices).toHaveLength(1);
  });

  it('refuses the RFC date in If-Modified-Since', async () => {
    const reply = await (await world()).api('GET', '/Invoices', undefined, {
      'if-modified-since': 'Mon, 23 Nov 2026 02:00:00 GMT',
    });
    expect(reply.status).toBe(412);
  });

  it('answers 404 when the query string is too long', async () => {
    const { api, contactId } = await world();
    const ids = (count: number) =>
      encodeURIComponent(Array.from({ length: count }, () => contactId).join(','));
    expect((await api('GET', `/Invoices?IDs=${ids(50)}`)).status).toBe(200);
    expect((await api('GET', `/Invoices?IDs=${ids(53)}`)).status).toBe(404);
  });

  it('reads a where with guid, text and date, and refuses an unclosed text', async () => {
    const { api, contactId } = await world();
    const where = (text: string) =>
      api('GET', `/Invoices?page=1&where=${encodeURIComponent(text)}`);
    expect(
      (
        await where(
          `Contact.ContactID==guid("${contactId}") AND Reference=="LP-1" AND Date>=DateTime(2026,11,1)`,
        )
      ).json.Invoices,
    ).toHaveLength(1);
    const bad = await where('Reference=="LP');
    expect([bad.status, bad.json.ErrorNumber]).toEqual([400, 16]);
  });

  it('refuses an unknown or repeated query parameter', async () => {
    const { api } = await world();
    expect((await api('GET', '/Invoices?pagesize=2&page=1')).status).toBe(200);
    expect((await api('GET', '/Invoices?statuss=DRAFT')).status).toBe(400);
    expect((await api('GET', '/Invoices?IDs=a&IDs=b')).status).toBe(400);
  });

  it('speaks XML without an Accept header for JSON', async () => {
    const { text, headers } = await (await world()).api('GET', '/Organisation', undefined, {
      accept: '*/*',
    });
    expect([headers.get('content-type'), text.startsWith('<Response')]).toEqual([
      'text/xml; charset=utf-8',
      true,
    ]);
  });

  it('orders by the named field', async () => {
    const { json } = await (await world()).api(
      'GET',
      '/Invoices?page=1&order=InvoiceNumber%20DESC',
    );
    expect(json.Invoices?.[0]?.InvoiceNumber).toBe('INV-0003');
  });

  it('gives a PDF and, for a draft, no online invoice', async () => {
    const { api } = await world();
    const id = (await api('GET', '/Invoices?page=1')).json.Invoices?.[0]?.InvoiceID;
    expect((await api('GET', `/Invoices/${id}/pdf`)).text.startsWith('%PDF-1.4')).toBe(true);
    expect((await api('GET', `/Invoices/${id}/OnlineInvoice`)).status).toBe(400);
  });
});
