import * as v from 'valibot';
import { dateSchema, instantSchema } from './dates.ts';
import { documentSchema } from './document.ts';
import { failureSchema } from './errors.ts';
import { connectionIdSchema } from './ids.ts';
import { actorSchema } from './tenant.ts';

/** How far back a look goes: three months of invoices tell what is billed month after month. */
export const lookMonths = 3;

/** The read-only look of a connection, under its id: how far it has read, and where it goes on. */
export const lookSchema = v.object({
  id: connectionIdSchema,
  /** The first day whose invoices are read. */
  from: dateSchema,
  startedAt: instantSchema,
  startedBy: actorSchema,
  endedAt: v.nullable(instantSchema),
  reading: v.picklist(['documents', 'subscriptions']),
  /** The page of invoices, or the last subscription, after which it goes on; null at the start. */
  position: v.nullable(v.string()),
  documentsRead: v.number(),
  subscriptionsRead: v.number(),
  subscriptionsTotal: v.number(),
  /** Why it stopped or waits; with a time it goes on by itself. */
  failure: v.nullable(failureSchema),
});
export type Look = v.InferOutput<typeof lookSchema>;

/** An invoice of the last months as the look read it, whoever wrote it; never written back. */
export const pastDocumentSchema = v.object({
  id: v.string(),
  connectionId: v.string(),
  readAt: instantSchema,
  document: documentSchema,
});
