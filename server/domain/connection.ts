import * as v from 'valibot';
import { dateSchema, instantSchema } from './dates.ts';
import { failureSchema } from './errors.ts';
import { connectionIdSchema } from './ids.ts';
import { settingsSchema } from './settings.ts';
import { actorSchema } from './tenant.ts';
import { grantSchema, loosenedSchema } from './two-people.ts';

/** The organisation or company file a connection writes to. */
export const accountSchema = v.object({
  id: v.string(),
  name: v.string(),
  baseCurrency: v.string(),
  country: v.string(),
  /** IANA name: "today", schedules and periods follow it. */
  timeZone: v.string(),
  taxBasis: v.picklist(['exclusive', 'inclusive', 'none']),
  /** Nothing dated on or before it can be written. */
  lockedUntil: v.nullable(dateSchema),
  demo: v.boolean(),
  shortCode: v.nullable(v.string()),
  /** Where its people work, where the system tells each customer's own address; no slash at the end. */
  webUrl: v.optional(v.nullable(v.string())),
});
export type Account = v.InferOutput<typeof accountSchema>;

/** A tenant's link to one account of one system. */
export const connectionSchema = v.object({
  id: connectionIdSchema,
  systemId: v.string(),
  account: accountSchema,
  state: v.picklist(['active', 'broken', 'disconnected']),
  /** Why it is broken, in the words of the failure that showed it. */
  failure: v.nullable(failureSchema),
  connectedBy: actorSchema,
  connectedAt: instantSchema,
  /** The system's own id of the link, by which it is deleted there. */
  vendorConnectionId: v.nullable(v.string()),
  /** A reseller's own OAuth app; its secret is in the vault. */
  ownApp: v.nullable(v.object({ clientId: v.string() })),
  settings: settingsSchema,
  settingsSaved: v.boolean(),
  billFrom: v.nullable(dateSchema),
  /** New customers are billed by this connection; true for the tenant's first one. */
  billsNewCustomers: v.boolean(),
  paused: v.nullable(v.object({ by: actorSchema, at: instantSchema })),
  /** Whether the charges of an order sum to its total with or without tax; found once and shown. */
  totalsInclude: v.nullable(v.picklist(['net', 'tax'])),
  marksAdopted: v.boolean(),
  lastWriteAt: v.nullable(instantSchema),
  /** Operators who may approve and switch automatic on. */
  grants: v.optional(v.array(grantSchema), []),
  /** Limits that were raised or removed lately: they still hold for who did it. */
  loosened: v.optional(v.array(loosenedSchema), []),
});
export type Connection = v.InferOutput<typeof connectionSchema>;

/** How a tenant's marketplace is read; credentials are in the vault under `marketplace`. */
export const marketplaceAccessSchema = v.object({
  method: v.picklist(['native', 'oidc']),
  state: v.picklist(['active', 'broken']),
  failure: v.nullable(failureSchema),
  savedAt: instantSchema,
  savedBy: actorSchema,
});
export type MarketplaceAccess = v.InferOutput<typeof marketplaceAccessSchema>;
