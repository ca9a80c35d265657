import * as v from 'valibot';
import {
  amountSchema,
  decimalText,
  idText,
  lenientDate,
  momentSchema,
  periodSchema,
  someText,
  told,
} from './values.ts';

// What is read of the forms of SimpleAPI 1.15, and nothing more: logins and passwords of contacts,
// order, activation and fulfilment parameters are not named here, so they end at this edge.

const list = <const S extends v.GenericSchema>(item: S) => v.nullish(v.array(item), []);

export const durationSchema = v.object({ type: someText, duration: decimalText });
export type Duration = v.InferOutput<typeof durationSchema>;

/**
 * Schema `OrderDetail`. Every amount comes twice; the pair without `sales` is read, which by the
 * samples is what the reseller's customer pays in the customer's currency, while `sales…` joined by
 * `exchangeRate` is the vendor's. (The description does not say; a difference to the order's total,
 * which has no second form, stops the order.)
 */
export const detailSchema = v.object({
  type: v.nullish(someText, 'unknown'),
  mpn: told,
  productId: told,
  duration: v.nullish(durationSchema, null),
  description: v.nullish(someText, ''),
  quantity: v.nullish(decimalText, '1'),
  unitPrice: v.nullish(amountSchema, null),
  extendedPrice: amountSchema,
  discount: v.nullish(
    v.object({
      type: v.nullish(someText, 'unknown'),
      value: v.nullish(decimalText, null),
      amount: v.nullish(decimalText, null),
    }),
    null,
  ),
  taxAmount: v.nullish(amountSchema, null),
  exclusiveTaxAmount: v.nullish(amountSchema, null),
  salesExtendedPrice: v.nullish(amountSchema, null),
  exchangeRate: v.nullish(decimalText, null),
  exchangeTime: lenientDate,
});
export type Detail = v.InferOutput<typeof detailSchema>;

/** Schema `OrderLineProduct`. The `new…` members name what an upgrade or move turned it into. */
export const orderLineSchema = v.object({
  id: told,
  mpn: told,
  newId: told,
  newProductId: told,
  newMPN: told,
  name: told,
  quantity: v.nullish(decimalText, null),
  subscriptionId: told,
  targetSubscriptionId: told,
  billingPeriod: periodSchema,
});
export type OrderLine = v.InferOutput<typeof orderLineSchema>;

/** Schemas `Order` and `OrderDetailed`; the list form has no products, subscription or model. */
export const orderSchema = v.object({
  id: idText,
  orderNumber: told,
  type: v.nullish(someText, 'unknown'),
  customerId: idText,
  poNumber: told,
  creationDate: momentSchema,
  provisioningDate: lenientDate,
  status: v.nullish(someText, 'submitted'),
  total: amountSchema,
  details: list(detailSchema),
  products: list(orderLineSchema),
  subscriptionId: told,
  targetSubscriptionId: told,
  billingModel: told,
});
export type VendorOrder = v.InferOutput<typeof orderSchema>;

/** Schema `Customer`. */
export const customerSchema = v.object({
  id: idText,
  externalId: told,
  status: v.nullish(someText, 'unknown'),
  name: someText,
  taxRegId: told,
  address: v.nullish(
    v.object({
      streetAddress: told,
      addressExtension: told,
      postalCode: told,
      city: told,
      state: told,
      countryCode: told,
    }),
    null,
  ),
  contactPersons: list(v.object({ type: told, email: told })),
});

const price = v.object({
  ...amountSchema.entries,
  type: v.nullish(someText, 'recurring'),
  lowerLimit: v.nullish(decimalText, null),
});

/** Schema `Product`: a resource of a plan for a period. */
export const productSchema = v.object({
  id: told,
  mpn: told,
  vendor: told,
  serviceName: told,
  name: told,
  billingPeriod: periodSchema,
  subscriptionPeriod: periodSchema,
  prices: list(price),
  costs: list(price),
});

/** Schemas `Subscription` and `SubscriptionDetailed`. */
export const subscriptionSchema = v.object({
  id: idText,
  name: told,
  customerId: idText,
  status: v.nullish(someText, 'unknown'),
  renewalStatus: v.nullish(v.union([v.boolean(), someText]), false),
  creationDate: lenientDate,
  renewalDate: lenientDate,
  lastModifiedDate: lenientDate,
  expirationDate: lenientDate,
  billingPeriod: periodSchema,
  subscriptionPeriod: periodSchema,
  products: list(
    v.object({
      id: told,
      mpn: told,
      name: told,
      quantity: v.nullish(decimalText, '0'),
      unitPrice: v.nullish(amountSchema, null),
      unitCost: v.nullish(amountSchema, null),
      extendedPrice: v.nullish(amountSchema, null),
    }),
  ),
});
