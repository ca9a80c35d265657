import * as v from 'valibot';
import { dateSchema, instantSchema } from './dates.ts';
import { connectionIdSchema, foreignIdSchema, ownKey } from './ids.ts';
import { letterSwitches } from './letter-switch.ts';
import { feeKindSchema } from './product.ts';
import { actorSchema } from './tenant.ts';

const history = v.array(
  v.object({
    at: instantSchema,
    by: actorSchema,
    targetId: v.nullable(foreignIdSchema),
    targetName: v.nullable(v.string()),
    from: v.nullable(dateSchema),
    /** `corrected`: what was written since `from` moved with it; `undone`: that was taken back. */
    how: v.picklist([
      'wizard',
      'screen',
      'suggestion',
      'created',
      'csv',
      'unmapped',
      'corrected',
      'undone',
    ]),
  }),
);

const shared = {
  /** `customerMappingId` or `productMappingId`. */
  id: v.string(),
  connectionId: connectionIdSchema,
  targetId: v.nullable(foreignIdSchema),
  targetName: v.nullable(v.string()),
  /** A suggestion is shown with its score and reason and does nothing until confirmed. */
  suggestion: v.nullable(
    v.object({
      targetId: foreignIdSchema,
      targetName: v.string(),
      scorePercent: v.number(),
      reason: v.picklist([
        'same-name',
        'same-name-normalized',
        'same-number',
        'same-code',
        'similar-name',
      ]),
    }),
  ),
  history,
};

export const customerMappingSchema = v.object({
  ...shared,
  customerId: foreignIdSchema,
  /** The per-customer switch of "write automatically". */
  automatic: v.boolean(),
  /** Who switched it on last, by id. */
  automaticBy: v.optional(v.nullable(v.string()), null),
  /** Whether letters about their bill go to the customer's contact, and since when. */
  letters: v.optional(
    v.object({ state: v.picklist(letterSwitches), since: v.nullable(instantSchema) }),
    { state: 'off', since: null },
  ),
  /** "Bill from" where it differs from the connection's. */
  billFrom: v.nullable(dateSchema),
  /** Whether this connection bills the customer at all. */
  bills: v.boolean(),
  /** The answer to a template in the system that already bills the company. */
  scheduleAnswered: v.boolean(),
});
export type CustomerMapping = v.InferOutput<typeof customerMappingSchema>;

export const productMappingSchema = v.object({
  ...shared,
  productKey: v.string(),
  /** Null maps the whole product; a fee's own mapping wins over it. */
  fee: v.nullable(feeKindSchema),
  itemCode: v.nullable(v.string()),
  accountCode: v.nullable(v.string()),
  taxType: v.nullable(v.string()),
});
export type ProductMapping = v.InferOutput<typeof productMappingSchema>;

/** A mapping that was wrong, and since which day of service its lines go elsewhere. */
export const remapSchema = v.object({
  of: v.variant('kind', [
    v.object({ kind: v.literal('customer'), customerId: foreignIdSchema }),
    v.object({
      kind: v.literal('product'),
      productKey: v.string(),
      fee: v.nullable(feeKindSchema),
    }),
  ]),
  was: foreignIdSchema,
  is: foreignIdSchema,
  since: dateSchema,
});
export type Remap = v.InferOutput<typeof remapSchema>;

export const customerMappingId = (connectionId: string, customerId: string): string =>
  ownKey(connectionId, customerId);
export const productMappingId = (
  connectionId: string,
  productKey: string,
  fee: string | null,
): string => ownKey(connectionId, productKey, fee ?? '*');
/** Names a product by its id, else by its part number; null where a charge names neither. */
export const productKeyOf = (of: {
  productId: string | null;
  partNumber: string | null;
}): string | null => of.productId ?? (of.partNumber === null ? null : `part:${of.partNumber}`);
