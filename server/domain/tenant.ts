import * as v from 'valibot';
import { instantSchema } from './dates.ts';
import { installationIdSchema, marketplaceIdSchema, tenantIdSchema } from './ids.ts';

/** What a person may do; each role includes the ones before it. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];
export const roleSchema = v.picklist(roles);
export const roleAtLeast = (role: Role, minimum: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(minimum);

/** A person as the marketplace names them; the id is only unique inside (marketplace, tenant). */
export const actorSchema = v.variant('kind', [
  v.object({ kind: v.literal('user'), id: v.string(), name: v.string() }),
  v.object({ kind: v.literal('app') }),
  v.object({ kind: v.literal('marketplace') }),
]);
export type Actor = v.InferOutput<typeof actorSchema>;

export const installationStates = [
  'installed',
  'enabled',
  'disabled',
  'uninstalled',
  'purged',
] as const;

/** The one install of the app by a tenant. `epoch` rises whenever all its sessions must end. */
export const installationSchema = v.object({
  id: installationIdSchema,
  marketplaceId: marketplaceIdSchema,
  tenantId: tenantIdSchema,
  /** The tenant id in the marketplace's own words. */
  marketplaceTenantId: v.string(),
  name: v.string(),
  state: v.picklist(installationStates),
  epoch: v.number(),
  /** The highest lifecycle sequence number seen. */
  seq: v.number(),
  apiBase: v.string(),
  /** The tiles in place; each opens its system. */
  modules: v.array(v.string()),
  installedAt: instantSchema,
  uninstalledAt: v.nullable(instantSchema),
});
export type Installation = v.InferOutput<typeof installationSchema>;
