import * as v from 'valibot';
import { dateSchema } from '../../domain/dates.ts';
import { decimalSchema, normalized } from '../../domain/decimal.ts';

// Autotask's own words. Numbers arrive as the text that was sent, so ids and picklist values are text.

const id = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/));
const maybeId = v.nullish(id, null);
const text = v.nullish(v.string(), null);
const flag = v.nullish(v.boolean(), null);
const amount = v.nullish(v.pipe(decimalSchema, v.transform(normalized)), null);
/** Date-only fields carry midnight; the date is taken as given (help: REST, date and time fields). */
const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}/),
  v.transform((whole) => whole.slice(0, 10)),
  dateSchema,
);

export const zoneSchema = v.object({ url: v.string(), webUrl: v.string(), ci: id });
export const thresholdSchema = v.object({
  externalRequestThreshold: v.pipe(v.string(), v.transform(Number)),
  currentTimeframeRequestCount: v.pipe(v.string(), v.transform(Number)),
});
export const accessSchema = v.object({
  info: v.object({
    userAccessForCreate: text,
    userAccessForQuery: text,
    userAccessForUpdate: text,
  }),
});
export const itemIdSchema = v.object({ itemId: id });
export const pageSchema = v.object({
  items: v.array(v.unknown()),
  pageDetails: v.object({ nextPageUrl: text }),
});

export const companySchema = v.object({
  id,
  companyName: v.string(),
  companyNumber: text,
  isActive: flag,
  currencyID: maybeId,
  ownerResourceID: maybeId,
  lastTrackedModifiedDateTime: text,
});
export const currencySchema = v.object({
  id,
  name: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  isInternalCurrency: flag,
  isActive: flag,
  exchangeRate: amount,
});
export const contractSchema = v.object({
  id,
  companyID: id,
  contractName: v.string(),
  contractNumber: text,
  contractType: id,
  contractPeriodType: maybeId,
  startDate: day,
  endDate: day,
  status: id,
});
export const contractServiceSchema = v.object({
  id,
  contractID: id,
  serviceID: id,
  internalDescription: text,
  invoiceDescription: text,
  unitPrice: amount,
  internalCurrencyUnitPrice: amount,
  internalCurrencyAdjustedPrice: amount,
});
export const unitSchema = v.object({
  id,
  contractServiceID: id,
  startDate: day,
  endDate: day,
  units: decimalSchema,
  approveAndPostDate: text,
});
export const chargeSchema = v.object({
  id,
  contractID: id,
  name: v.string(),
  description: text,
  productID: maybeId,
  billingCodeID: maybeId,
  unitQuantity: decimalSchema,
  unitPrice: amount,
  datePurchased: day,
  internalPurchaseOrderNumber: text,
  isBilled: flag,
});
export const serviceSchema = v.object({
  id,
  name: v.string(),
  description: text,
  sku: text,
  unitPrice: amount,
  billingCodeID: maybeId,
  periodType: maybeId,
  isActive: flag,
});
export const productSchema = v.object({
  id,
  name: v.string(),
  description: text,
  sku: text,
  unitPrice: amount,
  productBillingCodeID: maybeId,
  isActive: flag,
});
export const billingCodeSchema = v.object({ id, name: v.string(), useType: id, isActive: flag });
export const taxSchema = v.object({ id, taxName: v.string(), taxRate: amount });

/** "invoiceTotal gives the customer's currency"; there is no payment, and no part of one (help: Invoices). */
export const invoiceSchema = v.object({
  id,
  companyID: id,
  invoiceNumber: text,
  invoiceDateTime: v.nullish(day, null),
  dueDate: v.nullish(day, null),
  invoiceTotal: amount,
  isVoided: flag,
  paidDate: v.nullish(day, null),
});
/** "Invoice line items are described by BillingItems"; amounts in the customer's currency. */
export const billingItemSchema = v.object({
  id,
  invoiceID: id,
  contractID: maybeId,
  contractServiceID: maybeId,
  contractChargeID: maybeId,
  itemDate: v.nullish(day, null),
  extendedPrice: amount,
});
export const invoicePdfSchema = v.object({
  item: v.nullable(v.object({ data: v.pipe(v.string(), v.base64()) })),
});
export const opportunitySchema = v.object({
  id,
  companyID: id,
  title: v.string(),
  stage: maybeId,
  amount,
  projectedCloseDate: v.nullish(day, null),
  userDefinedFields: v.nullish(
    v.array(v.object({ name: v.string(), value: v.optional(v.unknown()) })),
    [],
  ),
});

export type Contract = v.InferOutput<typeof contractSchema>;
export type ContractService = v.InferOutput<typeof contractServiceSchema>;
export type Unit = v.InferOutput<typeof unitSchema>;
export type Charge = v.InferOutput<typeof chargeSchema>;
export type Currency = v.InferOutput<typeof currencySchema>;
export type Company = v.InferOutput<typeof companySchema>;
export type Service = v.InferOutput<typeof serviceSchema>;
export type Product = v.InferOutput<typeof productSchema>;
export const ticketSchema = v.object({ id, title: v.string(), status: maybeId });

export type Invoice = v.InferOutput<typeof invoiceSchema>;
export type BillingItem = v.InferOutput<typeof billingItemSchema>;
export type Opportunity = v.InferOutput<typeof opportunitySchema>;

/** Recurring Service is 7 in every tenant (help: ContractServices, "contract.contractType = 7"). */
export const recurringService = '7';
export const inEffect = '1';
/** Help: BillingCodes, useType. */
export const materialCode = '4';
export const recurringCode = '5';
/** Months of a billing period by its picklist value (help: Contracts, contractPeriodType). */
export const periodMonths: Readonly<Record<string, number>> = { 2: 1, 3: 3, 4: 6, 5: 12 };
