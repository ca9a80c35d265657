import { additionRules } from '../rules/addition.ts';
import { agreementRules, recapRules } from '../rules/agreement.ts';
import { invoiceRules } from '../rules/invoice.ts';
import { paymentRules } from '../rules/payment.ts';
import { ADDITION_FIELDS, AGREEMENT_FIELDS } from './custom.ts';
import { entity } from './entity.ts';
import { setup } from './rights.ts';

export const AGREEMENTS = entity({
  name: 'Agreement',
  path: 'finance/agreements',
  can: 'CRUD',
  right: { name: 'Finance > Agreements' },
  computed: ['agreementStatus', 'nextInvoiceDate', 'expiredDays'],
  dates: ['startDate', 'endDate', 'dateCancelled', 'billStartDate'],
  customFields: AGREEMENT_FIELDS,
  defaults: {
    cancelledFlag: false,
    prorateFlag: false,
    invoiceProratedAdditionsFlag: false,
    billZeroAmountFlag: false,
    taxable: true,
    employeeCompRate: 'Actual',
    employeeCompNotExceed: 'Billing',
    invoicingCycle: 'CalendarYear',
    billTime: 'NoDefault',
    billExpenses: 'NoDefault',
    billProducts: 'NoDefault',
    periodType: 'Current',
  },
  rules: agreementRules,
});

/** "Required: product, billCustomer"; what it computes is echoed and not taken. */
export const ADDITIONS = entity({
  name: 'Addition',
  path: 'finance/agreements/{parent}/additions',
  can: 'CRUD',
  parent: { record: 'Agreement', field: 'agreementId' },
  right: { name: 'Finance > Agreements' },
  computed: [
    'agreementId',
    'billedQuantity',
    'uom',
    'extPrice',
    'extCost',
    'margin',
    'prorateCost',
    'proratePrice',
    'extendedProrateCost',
    'extendedProratePrice',
    'prorateCurrentPeriodFlag',
    'agreementStatus',
  ],
  dates: ['effectiveDate', 'cancelledDate'],
  costs: ['unitCost', 'extCost', 'margin', 'prorateCost', 'extendedProrateCost'],
  customFields: ADDITION_FIELDS,
  defaults: { purchaseItemFlag: false, specialOrderFlag: false },
  rules: additionRules,
});

export const AGREEMENT_TYPES = entity({
  name: 'AgreementType',
  path: 'finance/agreements/types',
  can: 'R',
  right: setup('Agreement / Agreement Type'),
});

export const AGREEMENT_RECAPS = entity({
  name: 'AgreementRecap',
  path: 'finance/agreementrecap',
  can: 'R',
  right: { name: 'Finance > Agreements' },
  rules: recapRules,
});

const INVOICE_TAKES = [
  'status',
  'reference',
  'internalNotes',
  'topComment',
  'bottomComment',
  'customerPO',
];

/** Invoices come of invoicing; a change reaches their status, references and comments alone. */
export const INVOICES = entity({
  name: 'Invoice',
  path: 'finance/invoices',
  can: 'RU',
  right: { name: 'Finance > Invoicing' },
  takes: INVOICE_TAKES,
  rules: invoiceRules,
});

export const PAYMENTS = entity({
  name: 'InvoicePayment',
  resource: 'payment',
  path: 'finance/invoices/{parent}/payments',
  can: 'CRUD',
  parent: { record: 'Invoice', field: 'invoice' },
  right: { name: 'Finance > Accounting Interface' },
  computed: ['invoice', 'balance', 'invoiceBalance', 'invoiceTotal'],
  dates: ['paymentDate'],
  required: ['amount'],
  rules: paymentRules,
});

export const TAX_CODES = entity({
  name: 'TaxCode',
  path: 'finance/taxCodes',
  can: 'R',
  right: setup('Invoicing / Tax Code'),
});

export const CURRENCIES = entity({
  name: 'FinanceCurrency',
  resource: 'currency',
  path: 'finance/currencies',
  can: 'R',
  right: setup('General / Currency'),
});

export const BILLING_TERMS = entity({
  name: 'BillingTerm',
  path: 'finance/billingTerms',
  can: 'R',
  right: setup('Invoicing / Billing Terms'),
});

export const BILLING_CYCLES = entity({
  name: 'BillingCycle',
  path: 'finance/billingCycles',
  can: 'R',
  right: setup('Agreement / Billing Cycle'),
});

export const BILLING_STATUSES = entity({
  name: 'BillingStatus',
  path: 'finance/billingStatuses',
  can: 'R',
  right: setup('Invoicing / Billing Status'),
});
