import { rawNumber } from '../../json.ts';
import { fineText } from '../amounts.ts';
import { msDate, msMoment } from '../dates.ts';
import { accountStatus, approvalsLeft, currenciesOf, lockDateOf } from '../rules/work.ts';
import type { Account, TaxRate } from '../state.ts';
import type { Answer, Call, Handler } from './call.ts';
import { notFound } from './errors.ts';
import { select } from './select.ts';
import { momentText } from './where-words.ts';

/** GET /Organisation; does not count as egress. */
export const organisation: Handler = ({ world, organisation: one, faults }) => {
  const lock = lockDateOf({ world, organisation: one, faults });
  return {
    status: 200,
    body: {
      Organisations: [
        {
          Name: one.name,
          LegalName: one.name,
          PaysTax: true,
          Version: one.version,
          OrganisationType: 'COMPANY',
          BaseCurrency: one.baseCurrency,
          CountryCode: one.countryCode,
          IsDemoCompany: one.isDemo,
          OrganisationStatus: 'ACTIVE',
          FinancialYearEndDay: one.version === 'AU' ? 30 : 31,
          FinancialYearEndMonth: one.version === 'AU' ? 6 : 12,
          SalesTaxBasis: one.version === 'AU' ? 'ACCRUALS' : 'NONE',
          SalesTaxPeriod: one.version === 'AU' ? 'QUARTERLY1' : 'NONE',
          DefaultSalesTax: 'Tax Exclusive',
          DefaultPurchasesTax: 'Tax Exclusive',
          ...(lock === undefined ? {} : { PeriodLockDate: msDate(lock) }),
          CreatedDateUTC: msMoment(one.createdMs),
          OrganisationEntityType: 'COMPANY',
          Timezone: one.timezone,
          ShortCode: one.shortCode,
          OrganisationID: one.tenantId,
          Edition: 'BUSINESS',
          Class: one.isDemo ? 'DEMO' : 'PREMIUM',
          Addresses: [],
          Phones: [],
          ExternalLinks: [],
          PaymentTerms: {},
        },
      ],
    },
  };
};

/** GET /Organisation/Actions: what the signed-in user and the plan allow. */
export const actions: Handler = ({ world, organisation: one, faults }) => {
  const multi = currenciesOf(faults, one).length > 1;
  const approves = approvalsLeft({ world, organisation: one, faults }) > 0;
  const list: [string, boolean][] = [
    ['CreateDraftInvoice', true],
    ['CreateApprovedInvoice', approves],
    ['UseMulticurrency', multi],
    ['CreateInvoicePayment', true],
    ['AttachFilesIntoInvoice', true],
    ['CreateRepeatingInvoice', true],
    ['CreateDraftQuote', true],
  ];
  return {
    status: 200,
    body: {
      Actions: list.map(([Name, allowed]) => ({
        Name,
        Status: allowed ? 'ALLOWED' : 'NOT-ALLOWED',
      })),
    },
  };
};

/** GET /Accounts: all at once, with If-Modified-Since and where; one by its id. */
export const accounts: Handler = (call) => {
  const rows = select(call, call.organisation.accounts, {
    type: 'Account',
    fieldsOf: (account) => ({
      AccountID: account.id,
      Code: account.code,
      Name: account.name,
      Type: account.type,
      TaxType: account.taxType,
      Class: account.class,
      Status: accountStatus(call.faults, account),
      Description: account.description,
      SystemAccount: account.systemAccount,
      EnablePaymentsToAccount: account.enablePayments,
      ShowInExpenseClaims: false,
      CurrencyCode: account.currencyCode,
      UpdatedDateUTC: momentText(account.updatedMs),
    }),
  });
  if ('status' in rows) return rows;
  return listed(call, 'Accounts', {
    rows,
    idOf: ({ id }) => id,
    render: (account) => renderAccount(account, accountStatus(call.faults, account)),
  });
};

function renderAccount(account: Account, status: Account['status']): Record<string, unknown> {
  return {
    AccountID: account.id,
    ...(account.code === undefined ? {} : { Code: account.code }),
    Name: account.name,
    Status: status,
    Type: account.type,
    TaxType: account.taxType,
    Description: account.description,
    Class: account.class,
    ...(account.systemAccount === undefined ? {} : { SystemAccount: account.systemAccount }),
    EnablePaymentsToAccount: account.enablePayments,
    ShowInExpenseClaims: false,
    ...(account.type === 'BANK'
      ? { BankAccountType: 'BANK', CurrencyCode: account.currencyCode }
      : {}),
    ReportingCode: account.class.slice(0, 3),
    HasAttachments: false,
    UpdatedDateUTC: msMoment(account.updatedMs),
    AddToWatchlist: false,
  };
}

/** GET /TaxRates with where and order; one by its TaxType. */
export const taxRates: Handler = (call) => {
  const rows = select(call, call.organisation.taxRates, {
    type: 'TaxRate',
    fieldsOf: (rate) => ({
      Name: rate.name,
      TaxType: rate.taxType,
      ReportTaxType: rate.reportTaxType,
      Status: rate.status,
      CanApplyToAssets: true,
      CanApplyToEquity: true,
      CanApplyToExpenses: rate.canApplyToExpenses,
      CanApplyToLiabilities: true,
      CanApplyToRevenue: rate.canApplyToRevenue,
      DisplayTaxRate: rate.rate,
      EffectiveRate: rate.rate,
    }),
  });
  if ('status' in rows) return rows;
  return listed(call, 'TaxRates', { rows, idOf: ({ taxType }) => taxType, render: renderTaxRate });
};

function renderTaxRate(rate: TaxRate): Record<string, unknown> {
  return {
    Name: rate.name,
    TaxType: rate.taxType,
    ReportTaxType: rate.reportTaxType,
    CanApplyToAssets: true,
    CanApplyToEquity: true,
    CanApplyToExpenses: rate.canApplyToExpenses,
    CanApplyToLiabilities: true,
    CanApplyToRevenue: rate.canApplyToRevenue,
    DisplayTaxRate: rawNumber(fineText(rate.rate)),
    EffectiveRate: rawNumber(fineText(rate.rate)),
    Status: rate.status,
    TaxComponents: [
      {
        Name: 'GST',
        Rate: rawNumber(fineText(rate.rate)),
        IsCompound: false,
        IsNonRecoverable: false,
      },
    ],
  };
}

export const currencies: Handler = (call) => {
  const rows = select(call, currenciesOf(call.faults, call.organisation), {
    type: 'Currency',
    fieldsOf: ({ code, description }) => ({ Code: code, Description: description }),
  });
  if ('status' in rows) return rows;
  return listed(call, 'Currencies', {
    rows,
    idOf: ({ code }) => code,
    render: ({ code, description }) => ({ Code: code, Description: description }),
  });
};

/** GET /TrackingCategories with where and order; one by its id. */
export const trackingCategories: Handler = (call) => {
  const rows = select(call, call.organisation.trackingCategories, {
    type: 'TrackingCategory',
    fieldsOf: ({ id, name }) => ({ TrackingCategoryID: id, Name: name, Status: 'ACTIVE' }),
  });
  if ('status' in rows) return rows;
  return listed(call, 'TrackingCategories', {
    rows,
    idOf: ({ id }) => id,
    render: (category) => ({
      Name: category.name,
      Status: 'ACTIVE',
      TrackingCategoryID: category.id,
      Options: category.options.map(({ id, name }) => ({
        TrackingOptionID: id,
        Name: name,
        Status: 'ACTIVE',
      })),
    }),
  });
};

/** GET /BrandingThemes, and one by its id. The theme with sort order 0 is the default one. */
export const brandingThemes: Handler = (call) =>
  listed(call, 'BrandingThemes', {
    rows: call.organisation.brandingThemes.map((theme, index) => ({ ...theme, index })),
    idOf: ({ id }) => id,
    render: (theme) => ({
      BrandingThemeID: theme.id,
      Name: theme.name,
      Type: 'INVOICE',
      SortOrder: theme.index,
      CreatedDateUTC: msMoment(theme.createdMs),
    }),
  });

/** All, or the one that the address names: 404 when there is none. */
function listed<T>(
  { ids: [wanted] }: Call,
  collection: string,
  { rows, idOf, render }: { rows: T[]; idOf(one: T): string; render(one: T): unknown },
): Answer {
  const shown =
    wanted === undefined
      ? rows
      : rows.filter((one) => idOf(one).toLowerCase() === wanted.toLowerCase());
  if (wanted !== undefined && shown.length === 0) return notFound();
  return { status: 200, body: { [collection]: shown.map(render) } };
}
