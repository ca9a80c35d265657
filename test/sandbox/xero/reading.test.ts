import { describe, expect, it } from 'vitest';
import { responseErrors } from '../../contract/xero.ts';
import { connectXero, draft, elementsOf, firstContact } from './connect.ts';

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

  it.each([
    ['Reference=="LP-1" OR Reference=="LP-3"', ['LP-1', 'LP-3']],
    ['(Reference=="LP-1" OR Reference=="LP-3") AND Status=="DRAFT"', ['LP-1', 'LP-3']],
    ['Reference!=null && Reference.EndsWith("2")', ['LP-2']],
    ['Reference.ToLower().StartsWith("lp-1")', ['LP-1']],
    ['Reference.Contains("P-3")', ['LP-3']],
    ['NOT(Reference<>"LP-2")', ['LP-2']],
    ['Status = "PAID"', []],
    ['FullyPaidOnDate!=null', []],
    ['DueDate.HasValue', undefined],
    ['Total>=40.00 AND Reference="LP-1"', ['LP-1']],
    ['Date>=DateTime.Parse("2026-11-23") AND Reference=="LP-1"', ['LP-1']],
    ['UpdatedDateUTC<DateTime(2026,11,23,2,0,0)', []],
  ])('reads the where %s', async (where, references) => {
    const { api } = await world();
    const { status, json } = await api(
      'GET',
      `/Invoices?page=1&order=Reference&where=${encodeURIComponent(where)}`,
    );
    if (references === undefined) {
      expect([status, json.Type]).toEqual([400, 'QueryParseException']);
      return;
    }
    expect(elementsOf(json.Invoices).map(({ Reference }) => Reference)).toEqual(references);
  });

  it.each([
    ['/Invoices', 'Colour=="red"', "No property or field 'Colour' exists in type 'Invoice'"],
    ['/Invoices', 'Reference=="LP', 'Unterminated string literal'],
    ['/Contacts', 'Name.Sounds("a")', "No applicable method 'Sounds' exists in type 'String'"],
  ])('refuses on %s the where %s', async (path, where, words) => {
    const { api } = await world(1);
    const { status, json } = await api('GET', `${path}?where=${encodeURIComponent(where)}`);
    expect([status, json.ErrorNumber, json.Message]).toEqual([400, 16, words]);
  });

  it.each([
    ['/Accounts', 'Class=="REVENUE" AND SystemAccount==null', 'Accounts'],
    ['/TaxRates', 'TaxType=="OUTPUT"', 'TaxRates'],
    ['/TrackingCategories', 'Name=="Region"', 'TrackingCategories'],
    ['/Currencies', 'Code=="AUD"', 'Currencies'],
  ])('filters %s by %s', async (path, where, name) => {
    const { api } = await world(1);
    const all = (await api('GET', path)).json[name];
    const some = (await api('GET', `${path}?where=${encodeURIComponent(where)}`)).json[name];
    expect(some?.length).toBeGreaterThan(0);
    expect(Number(some?.length)).toBeLessThan(Number(all?.length));
  });

  it.each([
    ['/Accounts', 'AccountID'],
    ['/TaxRates', 'TaxType'],
    ['/TrackingCategories', 'TrackingCategoryID'],
    ['/BrandingThemes', 'BrandingThemeID'],
  ])('reads one of %s by its %s', async (path, id) => {
    const { api } = await world(1);
    const name = path.slice(1);
    const second = (await api('GET', path)).json[name]?.[1];
    const one = await api('GET', `${path}/${second?.[id]}`);
    expect(one.json[name]).toEqual([second]);
    expect(responseErrors('GET', `${path}/{${id}}`, one.status, one.json)).toEqual([]);
    expect((await api('GET', `${path}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
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
    expect((await api('GET', `/CreditNotes/${id}/pdf`)).status).toBe(404);
  });
});
