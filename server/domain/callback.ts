import * as v from 'valibot';
import { connectionIdSchema } from './ids.ts';

/**
 * The address that a connection's system calls. Only the hash of its last part is kept: the part itself
 * stands with the system, and tells which connection a call is about.
 */
export const callbackAddressSchema = v.object({
  /** The connection's. */
  id: connectionIdSchema,
  hash: v.string(),
});
