import * as v from 'valibot';
import { dateSchema, dateTextSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { marginPercent } from './decision.ts';
import { trackingChoiceSchema } from './document.ts';
import { leaveDaysDefault } from './leaving.ts';
import { currencySchema } from './money.ts';
import { twoPeopleLimitSchema } from './two-people.ts';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

export const missingAfterDaysDefault = 3;
const rateSchema = v.object({
  from: currencySchema,
  to: currencySchema,
  rate: v.pipe(
    decimalSchema,
    v.regex(/^\d{1,9}(\.\d{1,9})?$/, 'at most nine places'),
    v.check((rate) => /[1-9]/.test(rate), 'not a rate'),
  ),
  /** As text, since a form changes it letter by letter. */
  since: dateTextSchema,
});

/** What a reseller may keep to themselves of a line that stays open. */
export const exportFields = ['products', 'quantity', 'price', 'cost'] as const;
export type ExportField = (typeof exportFields)[number];
export const monthOffPercentDefault = 25;

/**
 * How one connection bills. Every member has its default in `defaultSettings`; what each does to a
 * plan or a request is held by the table in `test/domain/settings.md`.
 */
export const settingsSchema = v.object({
  priceFrom: v.picklist(['marketplace', 'system']),
  automatic: v.variant('mode', [
    v.object({ mode: v.literal('off') }),
    v.object({
      mode: v.literal('daily'),
      minuteOfDay: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439)),
    }),
    v.object({ mode: v.literal('every-5-minutes') }),
  ]),
  notifications: v.picklist(['errors-and-action', 'all']),
  /** `per-order`: a new invoice each; `existing`: the latest still open; `monthly`: one a month. */
  invoice: v.picklist(['per-order', 'existing', 'monthly']),
  /** Day of the month on which a monthly draft is posted; 28 at most, so that every month has it. */
  closingDay: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(28)),
  whenClosed: v.picklist(['new', 'hold']),
  refunds: v.picklist(['with', 'credit-note']),
  accountCode: v.nullable(text(10)),
  accountCodeRecurring: v.nullable(text(10)),
  accountCodeOneOff: v.nullable(text(10)),
  descriptionFrom: v.picklist(['marketplace', 'system']),
  trimDescription: v.boolean(),
  sharedItems: v.picklist(['allowed', 'refused']),
  numberBy: v.picklist(['system', 'marketplace']),
  seatsDown: v.picklist(['credit', 'quantity-only']),
  /** Who works out a part of a period where lines stay open; connections of before had the marketplace. */
  proration: v.optional(v.picklist(['marketplace', 'system']), 'marketplace'),
  /**
   * `net`: changes of one period that come to nothing together are no lines; `blend`: all others of them are
   * one line besides.
   */
  seatChanges: v.optional(v.picklist(['lines', 'net', 'blend']), 'lines'),
  taxType: v.nullable(text(50)),
  taxBasis: v.picklist(['organisation', 'exclusive', 'inclusive', 'none']),
  postAs: v.picklist(['draft', 'submitted', 'approved', 'sent']),
  documentDate: v.picklist(['first-order', 'written', 'period-start', 'closing-day']),
  dueDate: v.variant('mode', [
    v.object({ mode: v.literal('company-terms') }),
    v.object({
      mode: v.literal('days-after'),
      days: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)),
    }),
    v.object({
      mode: v.literal('day-of-next-month'),
      day: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(28)),
    }),
  ]),
  /** Placeholders: {order} {customer} {purchaseOrder} {month}. The document's mark is added. */
  referenceTemplate: text(120),
  /** Placeholders: {product} {text} {quantity} {from} {to} {purchaseOrder} {order}. */
  lineTemplate: text(400),
  /** `parts`: in monthly parts on the customer's usual documents. */
  yearly: v.picklist(['own', 'join', 'parts']),
  zeroLines: v.picklist(['leave-out', 'write']),
  tracking: v.pipe(v.array(trackingChoiceSchema), v.maxLength(2)),
  themeId: v.nullable(text(60)),
  /** Whether a unit price other than the last billed one asks, once a product. */
  priceChanges: v.optional(v.picklist(['ask', 'pass-on']), 'ask'),
  /**
   * An order in another currency than the customer's documents: a document in its own currency, the
   * system's price, or converted at the order's rate or at one of `rates`.
   */
  otherCurrency: v.optional(
    v.picklist(['separate', 'system-price', 'order-rate', 'my-rate']),
    'separate',
  ),
  /** Rates of the reseller's own: one of `from` is `rate` of `to`, from that day on. */
  rates: v.optional(v.pipe(v.array(rateSchema), v.maxLength(200)), []),
  /** A customer's month so many percent off the one before writes nothing and asks; null never asks. */
  monthOffPercent: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
    monthOffPercentDefault,
  ),
  /** What must be left of a price over its cost, in percent of the price. */
  marginFloor: v.optional(
    v.variant('mode', [
      v.object({ mode: v.literal('off') }),
      v.object({ mode: v.literal('warn'), percent: marginPercent }),
      v.object({ mode: v.literal('hold'), percent: marginPercent }),
    ]),
    { mode: 'off' },
  ),
  /**
   * What open lines get from the marketplace, where the system lets it be left out: what is not exported
   * stays as it is on a change, and is the system's own default on a new line.
   */
  exportProducts: v.optional(v.boolean(), true),
  exportQuantity: v.optional(v.boolean(), true),
  exportPrice: v.optional(v.boolean(), true),
  exportCost: v.optional(v.boolean(), true),
  /** Lists of a customer's users on its documents, where the marketplace tells them: personal data, so only when switched on. */
  exportUsers: v.optional(v.boolean(), false),
  /** The type of agreements that are opened here; null takes the system's usual one. */
  documentTypeId: v.optional(v.nullable(text(20)), null),
  /** The user-defined field in which an opportunity has the address of its quote; null links none. */
  quoteField: v.optional(v.nullable(text(100)), null),
  /** Days after a period was due until its missing charge asks; connections of before had three. */
  missingAfterDays: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)),
    missingAfterDaysDefault,
  ),
  /** Days after a subscription's end in which its charges are billed without a question. */
  leaveDays: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)),
    leaveDaysDefault,
  ),
  /** Above it one person prepares a run and another confirms it; null never asks for two. */
  twoPeopleAbove: v.optional(v.nullable(twoPeopleLimitSchema), null),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

export const defaultSettings: Settings = {
  priceFrom: 'marketplace',
  automatic: { mode: 'off' },
  notifications: 'errors-and-action',
  invoice: 'existing',
  closingDay: 1,
  whenClosed: 'new',
  refunds: 'with',
  accountCode: null,
  accountCodeRecurring: null,
  accountCodeOneOff: null,
  descriptionFrom: 'marketplace',
  trimDescription: false,
  sharedItems: 'allowed',
  numberBy: 'system',
  seatsDown: 'credit',
  proration: 'marketplace',
  seatChanges: 'lines',
  taxType: null,
  taxBasis: 'organisation',
  postAs: 'draft',
  documentDate: 'first-order',
  dueDate: { mode: 'company-terms' },
  referenceTemplate: '{order}',
  lineTemplate: '{product}, {quantity}, {from} - {to} {purchaseOrder}',
  yearly: 'own',
  zeroLines: 'leave-out',
  tracking: [],
  themeId: null,
  priceChanges: 'ask',
  otherCurrency: 'separate',
  rates: [],
  monthOffPercent: monthOffPercentDefault,
  marginFloor: { mode: 'off' },
  exportProducts: true,
  exportQuantity: true,
  exportPrice: true,
  exportCost: true,
  exportUsers: false,
  documentTypeId: null,
  quoteField: null,
  missingAfterDays: missingAfterDaysDefault,
  leaveDays: leaveDaysDefault,
  twoPeopleAbove: null,
};

/** What a person answered once for the whole connection. */
export const billFromSchema = v.nullable(dateSchema);

/** The fields of open lines that settings keep from a system which can do without them. */
export const notExported = (
  settings: Pick<Settings, 'exportProducts' | 'exportQuantity' | 'exportPrice' | 'exportCost'>,
  fields: readonly ExportField[] = [],
): ExportField[] => {
  const isOn: Readonly<Record<ExportField, boolean>> = {
    products: settings.exportProducts,
    quantity: settings.exportQuantity,
    price: settings.exportPrice,
    cost: settings.exportCost,
  };
  return fields.filter((field) => !isOn[field]);
};
