import { rawNumber } from '../../json.ts';
import { fineText } from '../amounts.ts';
import { msDate, msMoment } from '../dates.ts';
import { accountStatus, approvalsLeft, currenciesOf, lockDateOf } from '../rules/work.ts';
import type { Account } from '../state.ts';
import type { Handler } from './call.ts';
import { select } from './select.ts';

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

/** GET /Accounts: all at once; takes If-Modified-Since and where. */
export const accounts: Handler = (call) => {
  const rows = select(call, call.organisation.accounts, (account) => ({
    Code: account.code,
    Name: account.name,
    Type: account.type,
    Class: account.class,
    Status: accountStatus(call.faults, account),
    UpdatedDateUTC: BigInt(account.updatedMs),
  }));
  if ('status' in rows) return rows;
  return {
    status: 200,
    body: {
      Accounts: rows.map((account) => renderAccount(account, accountStatus(call.faults, account))),
    },
  };
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

export const taxRates: Handler = ({ organisation: one }) => ({
  status: 200,
  body: {
    TaxRates: one.taxRates.map((rate) => ({
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
    })),
  },
});

export const currencies: Handler = ({ organisation: one, faults }) => ({
  status: 200,
  body: {
    Currencies: currenciesOf(faults, one).map(({ code, description }) => ({
      Code: code,
      Description: description,
    })),
  },
});

export const trackingCategories: Handler = ({ organisation: one }) => ({
  status: 200,
  body: {
    TrackingCategories: one.trackingCategories.map((category) => ({
      Name: category.name,
      Status: 'ACTIVE',
      TrackingCategoryID: category.id,
      Options: category.options.map(({ id, name }) => ({
        TrackingOptionID: id,
        Name: name,
        Status: 'ACTIVE',
      })),
    })),
  },
});

/** The theme with sort order 0 is the default one. */
export const brandingThemes: Handler = ({ organisation: one }) => ({
  status: 200,
  body: {
    BrandingThemes: one.brandingThemes.map((theme, index) => ({
      BrandingThemeID: theme.id,
      Name: theme.name,
      Type: 'INVOICE',
      SortOrder: index,
      CreatedDateUTC: msMoment(theme.createdMs),
    })),
  },
});
