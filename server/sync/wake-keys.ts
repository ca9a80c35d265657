import * as v from 'valibot';
import {
  type ConnectionId,
  connectionIdSchema,
  type TenantId,
  tenantIdSchema,
} from '../domain/ids.ts';

/** What the scheduler can be asked to do: a check of a tenant, the writing or a look of a connection. */
export const wakeKey = {
  check: (tenantId: TenantId): string => JSON.stringify(['check', tenantId]),
  run: (tenantId: TenantId, connectionId: ConnectionId): string =>
    JSON.stringify(['run', tenantId, connectionId]),
  look: (tenantId: TenantId, connectionId: ConnectionId): string =>
    JSON.stringify(['look', tenantId, connectionId]),
};

const keySchema = v.union([
  v.tuple([v.literal('check'), tenantIdSchema]),
  v.tuple([v.literal('run'), tenantIdSchema, connectionIdSchema]),
  v.tuple([v.literal('look'), tenantIdSchema, connectionIdSchema]),
]);
export type WakeKey = v.InferOutput<typeof keySchema>;
export const parseWakeKey = (key: string): WakeKey => v.parse(keySchema, JSON.parse(key));
/** The tenant whose work it is. */
export const wakeOwner = (key: string): TenantId => parseWakeKey(key)[1];
