import * as v from 'valibot';
import { dateSchema, instantSchema } from './dates.ts';
import { failureSchema } from './errors.ts';
import { chargeKeySchema, connectionIdSchema, foreignIdSchema, taskIdSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { orderTypeSchema } from './order.ts';
import { actorSchema } from './tenant.ts';

export const taskStates = [
  'needs-action',
  'ready',
  'waiting',
  'applying',
  'failed',
  'synced',
  'ignored',
] as const;
export type TaskState = (typeof taskStates)[number];

/** Every question a task can ask a person. The wizard has an answer for each. */
export const needCodes = [
  'map-customer',
  'map-product',
  'item-recurring',
  'bill-from',
  'straddle',
  'opening',
  'subscription-of-charge',
  'unknown-order',
  'unknown-charge',
  'total-differs',
  'currency-differs',
  'cycle-differs',
  'no-cycle',
  'below-cost',
  'company-archived',
  'company-currency',
  'company-scheduled',
  'period-locked',
  'products-not-exported',
  'proration-differs',
  'earlier-waits',
  'line-changed',
  'period-invoiced',
  'before-billing-start',
  'line-removed',
  'document-closed',
  'no-share',
  'no-price',
  'no-account',
  'revision-changed',
  'undone',
  'edit-outdated',
  'duplicate-marks',
  'write-rejected',
  'outcome-unclear',
  'currency-disabled',
  'shared-item',
  'who-bills',
  'not-plannable',
  'missing-charge',
  'customer-closed',
  'late-charge',
  'price-changed',
  'month-off',
  'no-rate',
  'below-margin',
] as const;
export type NeedCode = (typeof needCodes)[number];

/** One open question, about the charges of one group. `facts` fill the catalogue's sentence. */
export const needSchema = v.object({
  code: v.picklist(needCodes),
  /** A guard that blocks is "Stopped for safety"; a question only waits for an answer. */
  guard: v.boolean(),
  subject: v.string(),
  facts: v.record(v.string(), v.string()),
});
export type Need = v.InferOutput<typeof needSchema>;

/** The charges of one order and subscription: together on one invoice, or invoice and credit note. */
export const taskGroupSchema = v.object({
  subscriptionId: v.nullable(foreignIdSchema),
  chargeKeys: v.array(chargeKeySchema),
  written: v.number(),
  state: v.picklist(taskStates),
  needs: v.array(needSchema),
});
export type TaskGroup = v.InferOutput<typeof taskGroupSchema>;

/** What one order asks of one connection. */
export const taskSchema = v.object({
  id: taskIdSchema,
  connectionId: connectionIdSchema,
  orderId: foreignIdSchema,
  orderNumber: v.string(),
  orderType: orderTypeSchema,
  orderRevision: v.string(),
  customerId: foreignIdSchema,
  placedOn: dateSchema,
  amount: moneySchema,
  state: v.picklist(taskStates),
  groups: v.array(taskGroupSchema),
  /** Set while waiting: when it tries again and why. */
  failure: v.nullable(failureSchema),
  /** The document whose change the system refused; null where it was not about a change of one. */
  refusedOn: v.optional(v.nullable(foreignIdSchema), null),
  attempts: v.number(),
  ignored: v.nullable(v.object({ reason: v.string(), by: actorSchema, at: instantSchema })),
  notified: v.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Task = v.InferOutput<typeof taskSchema>;
