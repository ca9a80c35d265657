import * as v from 'valibot';
import { dateSchema } from '../../domain/dates.ts';
import { decimalSchema, normalized } from '../../domain/decimal.ts';

// ConnectWise's own words. Numbers arrive as the text that was sent, so ids are text.

const id = v.pipe(v.string(), v.regex(/^\d{1,15}$/));
const text = v.nullish(v.string(), null);
const flag = v.nullish(v.boolean(), null);
const amount = v.nullish(v.pipe(decimalSchema, v.transform(normalized)), null);
const ref = v.object({ id, name: text });
const maybeRef = v.nullish(ref, null);
/** A calendar date comes with midnight UTC; the day is taken as it is given (guide: API requests, dates). */
const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}/),
  v.transform((whole) => whole.slice(0, 10)),
  dateSchema,
);
const maybeDay = v.nullish(day, null);
const info = v.nullish(v.object({ lastUpdated: text }), null);

/** The codebase goes into addresses: a name, with or without its slash. */
export const companyInfoSchema = v.object({
  Codebase: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,40}\/?$/)),
  CompanyName: text,
});
export const idSchema = v.object({ id });
export const attachmentSchema = v.object({ id, title: text, publicFlag: flag });
export const countSchema = v.object({ count: v.pipe(v.string(), v.regex(/^\d{1,9}$/)) });

export const companySchema = v.object({
  id,
  identifier: v.string(),
  name: v.string(),
  status: maybeRef,
  accountNumber: text,
  taxIdentifier: text,
  currency: maybeRef,
  defaultContact: maybeRef,
  billingContact: maybeRef,
  deletedFlag: flag,
  _info: info,
});
export const contactSchema = v.object({ id, inactiveFlag: flag });
export const currencySchema = v.object({ id, currencyIdentifier: v.string(), name: text });
export const billingCycleSchema = v.object({ id, identifier: v.string(), name: v.string() });
export const agreementTypeSchema = v.object({
  id,
  name: v.string(),
  defaultFlag: flag,
  inactiveFlag: flag,
});
export const taxCodeSchema = v.object({ id, identifier: v.string(), levelOneRate: amount });
export const subcategorySchema = v.object({
  id,
  name: v.string(),
  category: maybeRef,
  defaultFlag: flag,
  inactiveFlag: flag,
});
export const productTypeSchema = v.object({
  id,
  name: v.string(),
  defaultFlag: flag,
  inactiveFlag: flag,
});
export const catalogItemSchema = v.object({
  id,
  identifier: v.string(),
  description: v.string(),
  customerDescription: text,
  productClass: text,
  price: amount,
  cost: amount,
  inactiveFlag: flag,
  subcategory: maybeRef,
  integrationXRef: text,
  _info: info,
});
export const agreementSchema = v.object({
  id,
  name: v.string(),
  company: ref,
  parentAgreement: maybeRef,
  currency: maybeRef,
  billingCycle: maybeRef,
  startDate: maybeDay,
  endDate: maybeDay,
  noEndingDateFlag: flag,
  billStartDate: maybeDay,
  nextInvoiceDate: maybeDay,
  prorateFlag: flag,
  cancelledFlag: flag,
  agreementStatus: text,
  _info: info,
});
export const additionSchema = v.object({
  id,
  product: v.object({ id, identifier: text }),
  quantity: v.nullish(v.pipe(decimalSchema, v.transform(normalized)), '0'),
  billedQuantity: amount,
  unitPrice: amount,
  unitCost: amount,
  billCustomer: text,
  effectiveDate: maybeDay,
  cancelledDate: maybeDay,
  description: text,
  invoiceDescription: text,
  taxableFlag: flag,
});

/** "There is no paid flag": what is left to pay is the balance. */
export const invoiceSchema = v.object({
  id,
  invoiceNumber: text,
  type: text,
  company: ref,
  currency: maybeRef,
  agreement: maybeRef,
  date: maybeDay,
  dueDate: maybeDay,
  total: amount,
  balance: amount,
});
export const opportunitySchema = v.object({
  id,
  name: v.string(),
  company: ref,
  stage: maybeRef,
  expectedCloseDate: maybeDay,
  closedDate: text,
  customFields: v.nullish(v.array(v.object({ caption: text, value: v.optional(v.unknown()) })), []),
});

export const boardSchema = v.object({ id, name: v.string(), inactiveFlag: flag });
export const boardTypeSchema = v.object({ id, name: v.string(), inactiveFlag: flag });
export const boardSubTypeSchema = v.object({
  id,
  name: v.string(),
  inactiveFlag: flag,
  typeAssociationIds: v.nullish(v.array(id), []),
});
export const boardStatusSchema = v.object({ id, closedStatus: flag, inactive: flag });
export const prioritySchema = v.object({ id, name: v.string() });
export const ticketSchema = v.object({ id, summary: v.string(), board: ref, closedFlag: flag });
export const noteSchema = v.object({ id, text });

export const callbackSchema = v.object({ id, url: v.string(), type: v.string() });
export const signingKeySchema = v.object({ signing_key: v.pipe(v.string(), v.minLength(16)) });

export type Company = v.InferOutput<typeof companySchema>;
export type Currency = v.InferOutput<typeof currencySchema>;
export type BillingCycle = v.InferOutput<typeof billingCycleSchema>;
export type CatalogItem = v.InferOutput<typeof catalogItemSchema>;
export type Agreement = v.InferOutput<typeof agreementSchema>;
export type Addition = v.InferOutput<typeof additionSchema>;
export type Invoice = v.InferOutput<typeof invoiceSchema>;
export type Opportunity = v.InferOutput<typeof opportunitySchema>;

/** The members of a record that are asked for: what the schema names and nothing else. */
export const fieldsOf = (schema: { entries: object }): string =>
  Object.keys(schema.entries).join(',');
