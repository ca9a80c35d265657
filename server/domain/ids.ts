import * as v from 'valibot';

const idMax = 200;
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(idMax));

export const marketplaceIdSchema = v.pipe(text, v.brand('MarketplaceId'));
export const tenantIdSchema = v.pipe(text, v.brand('TenantId'));
export const installationIdSchema = v.pipe(text, v.brand('InstallationId'));
export const connectionIdSchema = v.pipe(text, v.brand('ConnectionId'));
export const taskIdSchema = v.pipe(text, v.brand('TaskId'));
export const chargeKeySchema = v.pipe(text, v.brand('ChargeKey'));
export const markerSchema = v.pipe(text, v.maxLength(40), v.brand('Marker'));
export const intentIdSchema = v.pipe(text, v.brand('IntentId'));
export const runIdSchema = v.pipe(text, v.brand('RunId'));

/** The operator's name of a marketplace; with `TenantId` it names a tenant. */
export type MarketplaceId = v.InferOutput<typeof marketplaceIdSchema>;
/** Our key of a tenant, made from (marketplace, the marketplace's tenant id) by `tenantKey`. */
export type TenantId = v.InferOutput<typeof tenantIdSchema>;
export type InstallationId = v.InferOutput<typeof installationIdSchema>;
export type ConnectionId = v.InferOutput<typeof connectionIdSchema>;
export type TaskId = v.InferOutput<typeof taskIdSchema>;
/** Names a line of money of an order, stable across re-reads (`charge.ts`). */
export type ChargeKey = v.InferOutput<typeof chargeKeySchema>;
/** The short text written into a document by which we find our line or document again. */
export type Marker = v.InferOutput<typeof markerSchema>;
export type IntentId = v.InferOutput<typeof intentIdSchema>;
export type RunId = v.InferOutput<typeof runIdSchema>;

/** The one key of everything a tenant owns. Both parts are escaped, so two pairs never meet. */
export const tenantKey = (marketplaceId: string, marketplaceTenantId: string): TenantId =>
  v.parse(
    tenantIdSchema,
    `${encodeURIComponent(marketplaceId)}:${encodeURIComponent(marketplaceTenantId)}`,
  );

/** An id of another system: opaque text, never parsed. */
export const foreignIdSchema = text;

/**
 * The key of a record that belongs to one connection: two systems may both have a company `17`.
 * Used for companies, items, snapshots and mappings.
 */
export const ownKey = (connectionId: string, ...parts: readonly string[]): string =>
  [connectionId, ...parts].join('|');
