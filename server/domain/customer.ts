import * as v from 'valibot';
import { foreignIdSchema } from './ids.ts';

export const addressSchema = v.object({
  street: v.string(),
  extension: v.string(),
  city: v.string(),
  state: v.string(),
  postalCode: v.string(),
  country: v.string(),
});
export type Address = v.InferOutput<typeof addressSchema>;

/** A company the reseller sells to. Logins and passwords of its contacts are dropped at the edge. */
export const customerSchema = v.object({
  id: foreignIdSchema,
  name: v.string(),
  externalId: v.nullable(v.string()),
  status: v.picklist(['pending', 'active', 'suspended', 'closed', 'unknown']),
  taxNumber: v.nullable(v.string()),
  email: v.nullable(v.string()),
  address: v.nullable(addressSchema),
});
export type Customer = v.InferOutput<typeof customerSchema>;
