import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createXero } from '../../server/connectors/xero/index.ts';

import { documentOfCreditNote, documentOfInvoice } from '../../server/connectors/xero/map.ts';
import { keptLine, vendorLine } from '../../server/connectors/xero/map-lines.ts';
import {
  accountOf,
  companyOf,
  referenceAccounts,
  schedulesOf,
} from '../../server/connectors/xero/map-records.ts';
import {
  contactSchema,
  creditNoteSchema,
  invoiceSchema,
  organisationSchema,
  repeatingSchema,
} from '../../server/connectors/xero/schema.ts';
import { ianaZone } from '../../server/connectors/xero/time-zones.ts';
import { sameLine, wantedOf } from '../../server/connectors/xero/wanted.ts';
import { parseForeign, stringifyOwn } from '../../server/domain/json.ts';
import { defaultSettings } from '../../server/domain/settings.ts';
import { line, lineMark } from '../batteries/connector-world.ts';

const xero = createXero();

// Bodies in Xero's published form: github.com/XeroAPI/Xero-OpenAPI, xero_accounting.yaml (MIT).
const organisation = (more = {}) =>
  v.parse(organisationSchema, {
    Name: 'Dev Evangelist',
    BaseCurrency: 'NZD',
    CountryCode: 'NZ',
    Timezone: 'NEWZEALANDSTANDARDTIME',
    DefaultSalesTax: 'Tax Inclusive',
    PeriodLockDate: '/Date(1546214400000+0000)/',
    EndOfYearLockDate: '/Date(1514678400000+0000)/',
    ShortCode: '!mBdtL',
    ...more,
  });
const account = accountOf('tenant', organisation());
const invoiceText = (more = {}) =>
  JSON.stringify({
    Type: 'ACCREC',
    InvoiceID: 'd4956132-ed94-4dd7-9eaa-aa22dfdf06f2',
    InvoiceNumber: 'INV-0001',
    Reference: 'SO-1 LD7K3M9Q2X0ABC',
    Payments: [],
    AmountPaid: 0.0,
    AmountCredited: 0.0,
    Contact: { ContactID: 'a3675fc4', Name: 'Barney Rubble', Addresses: [] },
    DateString: '2019-03-11T00:00:00',
    Date: '/Date(1552262400000+0000)/',
    DueDate: '/Date(1546128000000+0000)/',
    Status: 'AUTHORISED',
    LineAmountTypes: 'Exclusive',
    LineItems: [
      {
        LineItemID: 'line-1',
        Description: 'Tyres',
        Quantity: 2.0,
        UnitAmount: 20.005,
        LineAmount: 40.01,
        TaxAmount: 6.0,
        TaxType: 'OUTPUT2',
        AccountCode: '200',
        Tracking: [
          { TrackingCategoryID: 'c', TrackingOptionID: 'o', Name: 'Region', Option: 'East' },
        ],
        ValidationErrors: [],
      },
    ],
    SubTotal: 40.01,
    TotalTax: 6.0,
    Total: 46.01,
    UpdatedDateUTC: '/Date(1541176290160+0000)/',
    CurrencyCode: 'NZD',
    ANewField: { of: 'tomorrow' },
    ...more,
  });
const read = (more = {}) =>
  documentOfInvoice(v.parse(invoiceSchema, parseForeign(invoiceText(more))), account);

describe('an invoice of Xero', () => {
  it('becomes a document, to the cent and the day', () => {
    expect(read()).toMatchObject({
      kind: 'invoice',
      number: 'INV-0001',
      marker: 'LD7K3M9Q2X0ABC',
      state: 'approved',
      locked: null,
      date: '2019-03-11',
      dueDate: '2018-12-30',
      net: { amountMinor: 4001n, currency: 'NZD' },
      whole: true,
      updatedAt: '2018-11-02T16:31:30.160Z',
      lines: [{ id: 'line-1', unitPrice: '20.005', quantity: '2', marker: null }],
    });
  });

  it.each([
    ['JPY', 1200.0, 1200n],
    ['KWD', 12.5, 12500n],
    ['USD', 12.5, 1250n],
  ])('has its amounts in minor units of %s', (CurrencyCode, SubTotal, amountMinor) => {
    expect(read({ CurrencyCode, SubTotal }).net).toEqual({ amountMinor, currency: CurrencyCode });
  });

  it.each([
    [{ AmountPaid: 1.0 }, 'paid'],
    [{ AmountCredited: 1.0 }, 'allocated'],
    [{ DateString: '2018-12-31T00:00:00' }, 'period'],
    [{ DateString: '2018-12-31T00:00:00', Status: 'VOIDED' }, null],
  ])('says why it cannot be changed: %j', (more, locked) => {
    expect(read(more).locked).toBe(locked);
  });

  it.each([
    [{ DateString: '2019-02-30T00:00:00' }],
    [{ Total: null }],
    [{ Status: 'TOMORROW' }],
    [{ UpdatedDateUTC: 'soon' }],
  ])('is not read when it makes no sense: %j', (more) => {
    expect(v.safeParse(invoiceSchema, parseForeign(invoiceText(more))).success).toBe(false);
  });

  it('is not whole when a list left its lines out', () => {
    expect(read({ LineItems: [] }).whole).toBe(false);
  });

  it('gives a foreign line back as it was, its tax included', () => {
    const [foreign] = read().lines;
    if (foreign === undefined) throw new Error('no line');
    expect(JSON.parse(stringifyOwn(keptLine(foreign)))).toEqual({
      LineItemID: 'line-1',
      Description: 'Tyres',
      Quantity: 2,
      UnitAmount: 20.005,
      TaxAmount: 6,
      TaxType: 'OUTPUT2',
      AccountCode: '200',
      Tracking: [{ TrackingCategoryID: 'c', TrackingOptionID: 'o' }],
    });
  });
});

describe('a foreign line with a discount', () => {
  const kept = (more: object) => {
    const [foreign] = read({
      LineItems: [{ LineItemID: 'l', Description: 'x', Quantity: 1.0, UnitAmount: 9.0, ...more }],
    }).lines;
    if (foreign === undefined) throw new Error('no line');
    return JSON.parse(stringifyOwn(keptLine(foreign)));
  };

  it('keeps the one that is there', () => {
    expect(kept({ DiscountRate: 0.0, DiscountAmount: 5.0 })).toMatchObject({ DiscountAmount: 5 });
    expect(kept({ DiscountRate: 0.0, DiscountAmount: 5.0 })).not.toHaveProperty('DiscountRate');
    expect(kept({ DiscountRate: 10.0, DiscountAmount: 0.9 })).not.toHaveProperty('DiscountAmount');
    expect(kept({ DiscountAmount: 0.0, UnitAmount: -9.0 })).not.toHaveProperty('DiscountAmount');
  });

  it('names its account by code, else by id', () => {
    expect(kept({ AccountCode: '200', AccountID: 'a' })).not.toHaveProperty('AccountID');
    expect(kept({ AccountID: 'a' })).toMatchObject({ AccountID: 'a' });
  });
});

describe('a line of ours', () => {
  const decimal = fc
    .tuple(fc.bigInt(-999_999n, 999_999n), fc.integer({ min: 0, max: 9_999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);

  it('comes back as it was sent, digit for digit', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.string(), (quantity, unitPrice, text) => {
        const content = line(1, text, { quantity, unitPrice });
        const LineItem = vendorLine(content, null);
        const body = stringifyOwn({ LineItems: [LineItem] });
        expect(body).toContain(`"Quantity":${quantity},"UnitAmount":${unitPrice}`);
        const [wanted] = wantedOf({ body }).LineItems;
        const answered = invoiceText({ LineItems: ['here'] }).replace('"here"', () =>
          stringifyOwn(LineItem),
        );
        const invoice = v.parse(invoiceSchema, parseForeign(answered));
        const [back] = documentOfInvoice(invoice, account).lines;
        expect(back?.description).toBe(content.description);
        expect(back?.marker).toBe(lineMark(1));
        expect(wanted !== undefined && back !== undefined && sameLine(wanted, back)).toBe(true);
      }),
    );
  });
});

describe('credit notes, contacts, accounts', () => {
  it('reads a credit note that is allocated', () => {
    const note = v.parse(
      creditNoteSchema,
      parseForeign(
        invoiceText({
          Type: 'ACCRECCREDIT',
          CreditNoteID: 'cn',
          CreditNoteNumber: '',
          Allocations: [{ Amount: 1.0, Invoice: { InvoiceID: 'i' } }],
        }),
      ),
    );
    expect(documentOfCreditNote(note, account)).toMatchObject({
      kind: 'creditNote',
      number: null,
      locked: 'allocated',
    });
  });

  it('knows archived, private and merged contacts', () => {
    const contact = (more: object) =>
      companyOf(v.parse(contactSchema, { ContactID: 'c', Name: 'X', ...more }), new Map());
    expect(contact({ ContactStatus: 'ARCHIVED', MergedToContactID: 'd' })).toMatchObject({
      archived: true,
      mergedInto: 'd',
    });
    expect(contact({ ContactStatus: 'GDPRREQUEST' }).archived).toBe(true);
    expect(contact({ ContactStatus: 'ACTIVE', ContactNumber: '' })).toMatchObject({
      archived: false,
      number: null,
    });
  });

  it('flags who is billed by a live template, with its amount', () => {
    const template = (more: object) =>
      v.parse(repeatingSchema, {
        Type: 'ACCREC',
        Status: 'AUTHORISED',
        Contact: { ContactID: 'c' },
        Total: '5750.0',
        CurrencyCode: 'NZD',
        Schedule: { Period: '1', Unit: 'MONTHLY', ...more },
      });
    const flags = (more: object) => schedulesOf([template(more)], '2026-11-23', 'NZD').get('c');
    expect(flags({})).toEqual({
      amount: { amountMinor: 575_000n, currency: 'NZD' },
      every: '1 month',
    });
    expect(flags({ Period: '2', Unit: 'WEEKLY' })?.every).toBe('2 weeks');
    expect(flags({ EndDate: '/Date(1569801600000+0000)/' })).toBeUndefined();
  });

  it('takes a template without what the description lets it leave out', () => {
    const template = { Type: 'ACCREC', Contact: { ContactID: 'c' }, Total: '10', Schedule: {} };
    const flags = (more: object) =>
      schedulesOf([v.parse(repeatingSchema, { ...template, ...more })], '2026-11-23', 'NZD');
    const amount = { amountMinor: 1_000n, currency: 'NZD' };
    for (const lacking of [undefined, null]) {
      expect(flags({ Schedule: lacking }).get('c')).toEqual({ amount, every: '1 month' });
      expect(flags({ CurrencyCode: lacking }).get('c')?.amount).toEqual(amount);
      expect(flags({ Total: lacking }).get('c')?.amount.amountMinor).toBe(0n);
      expect(flags({ Contact: lacking }).size).toBe(0);
      expect(flags({ Contact: { ContactID: lacking } }).size).toBe(0);
      expect(flags({ Type: lacking }).size).toBe(0);
    }
    expect(flags({ CurrencyCode: '' }).get('c')?.amount).toEqual(amount);
  });

  it('offers only live revenue accounts with a code', () => {
    const accounts = referenceAccounts([
      { Code: '200', Name: 'Sales', Class: 'REVENUE', Type: 'REVENUE', Status: 'ACTIVE' },
      { Code: '201', Name: 'Old', Class: 'REVENUE', Status: 'ARCHIVED' },
      { Code: '860', Name: 'Rounding', Class: 'REVENUE', SystemAccount: 'ROUNDING' },
      { Name: 'No code' },
    ]);
    expect(accounts.map(({ code, forSales }) => [code, forSales])).toEqual([
      ['200', true],
      ['201', false],
      ['860', false],
    ]);
  });
});

describe('the organisation', () => {
  it('has a zone, a tax basis, and the later of its lock dates', () => {
    expect(account).toMatchObject({
      timeZone: 'Pacific/Auckland',
      taxBasis: 'inclusive',
      lockedUntil: '2018-12-31',
    });
    expect(
      accountOf('t', organisation({ PeriodLockDate: null, EndOfYearLockDate: null })).lockedUntil,
    ).toBeNull();
  });

  it.each([
    'AUSEASTERNSTANDARDTIME',
    'GMTSTANDARDTIME',
    'CENTRALSTANDARDTIME(MEXICO)',
    'UTC+13',
    'SOMETHINGNEW',
  ])('has a zone that this machine knows for %s', (name) => {
    expect(() => new Intl.DateTimeFormat('en', { timeZone: ianaZone(name) })).not.toThrow();
  });
});

describe('settings that cannot work with Xero', () => {
  it.each([
    [{ invoice: 'existing', postAs: 'approved' }, 'postAs'],
    [{ invoice: 'existing', postAs: 'sent' }, 'postAs'],
    [{ invoice: 'per-order', documentDate: 'closing-day' }, 'documentDate'],
    [{ taxBasis: 'none', taxType: 'OUTPUT2' }, 'taxType'],
    [
      {
        tracking: [
          { categoryId: 'a', optionId: '1' },
          { categoryId: 'a', optionId: '2' },
        ],
      },
      'tracking',
    ],
  ] as const)('%j', (change, field) => {
    const settings = {
      ...defaultSettings,
      ...change,
      tracking: [...('tracking' in change ? change.tracking : [])],
    };
    expect(xero.manifest.check(settings).map((problem) => problem.field)).toEqual([field]);
  });

  it('are not the defaults, nor approved with an invoice for each order', () => {
    expect(xero.manifest.check(defaultSettings)).toEqual([]);
    expect(
      xero.manifest.check({ ...defaultSettings, invoice: 'per-order', postAs: 'sent' }),
    ).toEqual([]);
  });
});
