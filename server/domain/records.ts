import * as v from 'valibot';
import { callbackAddressSchema } from './callback.ts';
import { chargeSchema } from './charge.ts';
import { circuitSchema } from './circuit.ts';
import { companySchema } from './company.ts';
import { connectionSchema, marketplaceAccessSchema } from './connection.ts';
import { customerSchema } from './customer.ts';
import { dateSchema, instantSchema } from './dates.ts';
import { decisionSchema } from './decision.ts';
import { documentSchema } from './document.ts';
import { errorCodes } from './errors.ts';
import { connectionIdSchema, foreignIdSchema } from './ids.ts';
import { intentSchema, runSchema } from './intent.ts';
import { invoiceSchema } from './invoice.ts';
import { itemSchema, referenceSchema } from './item.ts';
import { customerLetterSchema } from './letter.ts';
import { linkSchema } from './link.ts';
import { lookSchema, pastDocumentSchema } from './look.ts';
import { mailingSchema } from './mail.ts';
import { customerMappingSchema, productMappingSchema } from './mapping.ts';
import { moneySchema } from './money.ts';
import { monthClosingSchema } from './month.ts';
import { orderSchema } from './order.ts';
import { ownChargeSchema } from './own-charge.ts';
import { productSchema } from './product.ts';
import { quoteSchema } from './quote.ts';
import { subscriptionSchema } from './subscription.ts';
import { taskSchema } from './task.ts';
import { taskCareSchema } from './task-care.ts';
import { actorSchema, installationSchema } from './tenant.ts';
import { ticketingSchema, ticketSchema } from './ticket.ts';

/** Ciphertext of the vault; the context it is bound to is its id. */
export const secretSchema = v.object({ id: v.string(), jwe: v.string() });
/** The tenant's own key, wrapped by the operator's master key. Deleting it shreds all secrets. */
export const tenantKeySchema = v.object({
  id: v.string(),
  wrapped: v.string(),
  masterKeyId: v.string(),
});

/** How far a source was read. `position` is the source's own kind of bookmark. */
export const cursorSchema = v.object({
  id: v.string(),
  position: v.string(),
  checkedAt: instantSchema,
});

/** Who may write to a connection now. A higher `fence` ends the power of every lower one. */
export const leaseSchema = v.object({
  id: v.string(),
  holder: v.string(),
  fence: v.number(),
  until: instantSchema,
});

/** Lifecycle events already answered, by `eid`, and one-time token ids, by `jti`. */
export const lifecycleEventSchema = v.object({
  id: v.string(),
  status: v.number(),
  at: instantSchema,
});
export const usedTokenSchema = v.object({ id: v.string(), expiresAt: instantSchema });

/** Why and how often a readable record could not be worked with, and what a person said about it. */
export const setAsideSchema = v.object({
  code: v.picklist(errorCodes),
  /** As a person names it: the order's number, a customer's name. */
  subject: v.string(),
  customerId: v.nullable(v.string()),
  amount: v.nullable(moneySchema),
  /** The record's revision and the app's version that failed: another of either is tried at once. */
  revision: v.string(),
  version: v.string(),
  firstAt: instantSchema,
  attempts: v.number(),
  /** A person asked to try again. */
  again: v.boolean(),
  ignored: v.nullable(v.object({ reason: v.string(), by: actorSchema, at: instantSchema })),
});

/**
 * A record that failed its schema, or that was set aside because taking it in went wrong: kept
 * without secret-named members, counted and shown.
 */
export const keptRecordSchema = v.object({
  id: v.string(),
  source: v.string(),
  what: v.string(),
  problem: v.string(),
  body: v.string(),
  seenAt: instantSchema,
  setAside: v.optional(v.nullable(setAsideSchema), null),
});

/** Calls spent per day against a budget, by source. */
export const budgetSchema = v.object({
  id: v.string(),
  day: dateSchema,
  used: v.number(),
  remaining: v.nullable(v.number()),
});

/** A visit of a person, for "since my last visit". */
export const visitSchema = v.object({
  id: v.string(),
  /** The person's; empty where an older version did not write it down. */
  name: v.optional(v.string(), ''),
  at: instantSchema,
  previousAt: v.nullable(instantSchema),
});

/** Small facts of a connection that belong to no other record, such as what was read when. */
export const noteSchema = v.object({ id: v.string(), at: instantSchema, text: v.string() });

/** A document of the system as last read, kept for planning. */
export const snapshotSchema = v.object({
  id: v.string(),
  connectionId: v.string(),
  readAt: instantSchema,
  hash: v.string(),
  document: documentSchema,
  purpose: v.nullable(v.string()),
  ours: v.boolean(),
  drift: v.nullable(v.string()),
});

export const referenceRecordSchema = v.object({
  id: v.string(),
  readAt: instantSchema,
  reference: referenceSchema,
});
const stored = v.object({ id: foreignIdSchema });

/**
 * Everything a tenant owns. `home` says how a store keeps it: `hot` records commit together by one
 * write; `document` records are read whole and change rarely; `append` records only grow.
 */
export const collections = {
  installation: { schema: installationSchema, home: 'hot' },
  tenantKey: { schema: tenantKeySchema, home: 'hot' },
  secret: { schema: secretSchema, home: 'hot' },
  lifecycleEvent: { schema: lifecycleEventSchema, home: 'hot' },
  usedToken: { schema: usedTokenSchema, home: 'hot' },
  marketplaceAccess: {
    schema: v.object({ id: v.literal('marketplace'), ...marketplaceAccessSchema.entries }),
    home: 'hot',
  },
  connection: { schema: connectionSchema, home: 'hot' },
  task: { schema: taskSchema, home: 'hot' },
  decision: { schema: decisionSchema, home: 'hot' },
  intent: { schema: intentSchema, home: 'hot' },
  run: { schema: runSchema, home: 'hot' },
  cursor: { schema: cursorSchema, home: 'hot' },
  lease: { schema: leaseSchema, home: 'hot' },
  budget: { schema: budgetSchema, home: 'hot' },
  note: { schema: noteSchema, home: 'hot' },
  mailing: { schema: mailingSchema, home: 'hot' },
  callbackAddress: { schema: callbackAddressSchema, home: 'hot' },
  ticketing: { schema: ticketingSchema, home: 'hot' },
  ticket: { schema: ticketSchema, home: 'hot' },
  visit: { schema: visitSchema, home: 'hot' },
  look: { schema: lookSchema, home: 'hot' },
  circuit: { schema: circuitSchema, home: 'hot' },
  customerMapping: { schema: customerMappingSchema, home: 'document' },
  productMapping: { schema: productMappingSchema, home: 'document' },
  ownCharge: { schema: ownChargeSchema, home: 'document' },
  customer: { schema: customerSchema, home: 'document' },
  product: { schema: productSchema, home: 'document' },
  subscription: { schema: subscriptionSchema, home: 'document' },
  company: {
    schema: v.object({ id: v.string(), connectionId: v.string(), company: companySchema }),
    home: 'document',
  },
  item: {
    schema: v.object({ id: v.string(), connectionId: v.string(), item: itemSchema }),
    home: 'document',
  },
  reference: { schema: referenceRecordSchema, home: 'document' },
  snapshot: { schema: snapshotSchema, home: 'document' },
  invoice: {
    schema: v.object({
      id: v.string(),
      connectionId: connectionIdSchema,
      invoice: invoiceSchema,
    }),
    home: 'document',
  },
  quote: {
    schema: v.object({ id: v.string(), connectionId: connectionIdSchema, quote: quoteSchema }),
    home: 'document',
  },
  pastDocument: { schema: pastDocumentSchema, home: 'document' },
  monthClosing: { schema: monthClosingSchema, home: 'document' },
  customerLetter: { schema: customerLetterSchema, home: 'document' },
  taskCare: { schema: taskCareSchema, home: 'document' },
  keptRecord: { schema: keptRecordSchema, home: 'document' },
  order: {
    schema: v.object({ ...orderSchema.entries, charges: v.array(v.string()) }),
    home: 'append',
  },
  charge: { schema: v.object({ id: v.string(), ...chargeSchema.entries }), home: 'append' },
  link: { schema: linkSchema, home: 'append' },
} as const;

export type Collection = keyof typeof collections;
export type RecordOf<C extends Collection> = v.InferOutput<(typeof collections)[C]['schema']> &
  v.InferOutput<typeof stored>;
