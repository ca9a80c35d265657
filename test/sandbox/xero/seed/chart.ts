import type { Account, Organisation, TaxRate } from '../state.ts';

/** Tax rates of an Australian or a US organisation; names and codes as Xero ships them (xero_accounting.yaml, TaxType). */
export function taxRatesFor(version: Organisation['version']): TaxRate[] {
  const rate = (
    name: string,
    taxType: string,
    percent: bigint,
    uses: { income?: boolean; expense?: boolean },
  ): TaxRate => ({
    name,
    taxType,
    reportTaxType: taxType === 'TAX001' ? 'OUTPUT' : taxType,
    rate: percent * 10_000n,
    status: 'ACTIVE',
    canApplyToRevenue: uses.income ?? false,
    canApplyToExpenses: uses.expense ?? false,
  });
  const both = { income: true, expense: true };
  if (version === 'US')
    return [
      rate('Tax Exempt', 'NONE', 0n, both),
      rate('Tax on Sales', 'OUTPUT', 8n, { income: true }),
      rate('Tax on Purchases', 'INPUT', 8n, { expense: true }),
    ];
  return [
    rate('GST on Income', 'OUTPUT', 10n, { income: true }),
    rate('GST Free Income', 'EXEMPTOUTPUT', 0n, { income: true }),
    rate('GST on Expenses', 'INPUT', 10n, { expense: true }),
    rate('GST Free Expenses', 'EXEMPTEXPENSES', 0n, { expense: true }),
    rate('GST Free Exports', 'EXEMPTEXPORT', 0n, { income: true }),
    rate('BAS Excluded', 'BASEXCLUDED', 0n, both),
    rate('No Tax', 'NONE', 0n, both),
  ];
}

export function accountsFor(options: {
  sales: string;
  guid(): string;
  currency: string;
  nowMs: number;
}): Account[] {
  const account = (
    code: string | undefined,
    name: string,
    type: string,
    kind: string,
    more: Partial<Account> = {},
  ): Account => ({
    id: options.guid(),
    code,
    name,
    type,
    class: kind,
    status: 'ACTIVE',
    taxType: kind === 'REVENUE' ? options.sales : 'NONE',
    description: '',
    enablePayments: false,
    systemAccount: undefined,
    currencyCode: undefined,
    updatedMs: options.nowMs,
    ...more,
  });
  return [
    account('090', 'Business Bank Account', 'BANK', 'ASSET', { currencyCode: options.currency }),
    account('200', 'Sales', 'REVENUE', 'REVENUE', {
      description: 'Income from any normal business activity',
    }),
    account('210', 'Software Subscriptions', 'REVENUE', 'REVENUE', {
      description: 'Licences sold by subscription',
    }),
    account('220', 'Managed Services', 'SALES', 'REVENUE'),
    account('230', 'Legacy Hosting', 'REVENUE', 'REVENUE', { status: 'ARCHIVED' }),
    account('260', 'Other Revenue', 'REVENUE', 'REVENUE'),
    account('310', 'Cost of Goods Sold', 'DIRECTCOSTS', 'EXPENSE'),
    account('404', 'Bank Fees', 'EXPENSE', 'EXPENSE'),
    account('610', 'Accounts Receivable', 'CURRENT', 'ASSET', { systemAccount: 'DEBTORS' }),
    account('820', 'GST', 'CURRLIAB', 'LIABILITY', { systemAccount: 'GST' }),
    account('860', 'Rounding', 'CURRLIAB', 'LIABILITY', { systemAccount: 'ROUNDING' }),
    account('880', 'Owner Drawings', 'EQUITY', 'EQUITY', { enablePayments: true }),
  ];
}
