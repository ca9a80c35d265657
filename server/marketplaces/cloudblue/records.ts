import type * as v from 'valibot';
import type { Customer } from '../../domain/customer.ts';
import type { FeeKind, Product } from '../../domain/product.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { customerSchema, productSchema, subscriptionSchema } from './schemas.ts';

type VendorCustomer = v.InferOutput<typeof customerSchema>;
type VendorProduct = v.InferOutput<typeof productSchema>;
type VendorSubscription = v.InferOutput<typeof subscriptionSchema>;

const customerStatus: Readonly<Record<string, Customer['status']>> = {
  pending: 'pending',
  active: 'active',
  creditHold: 'suspended',
  adminHold: 'suspended',
  cancelled: 'closed',
};

/** Schema `Customer`. The e-mail is the billing contact's, else the admin's, else anybody's. */
export function customerOf(customer: VendorCustomer): Customer {
  const { address } = customer;
  const emailOf = (type: string | null) =>
    customer.contactPersons.find(
      (contact) => contact.email !== null && (type === null || contact.type === type),
    )?.email ?? null;
  return {
    id: customer.id,
    name: customer.name,
    externalId: customer.externalId,
    status: customerStatus[customer.status] ?? 'unknown',
    taxNumber: customer.taxRegId,
    email: emailOf('billing') ?? emailOf('admin') ?? emailOf(null),
    address:
      address === null
        ? null
        : {
            street: address.streetAddress ?? '',
            extension: address.addressExtension ?? '',
            city: address.city ?? '',
            state: address.state ?? '',
            postalCode: address.postalCode ?? '',
            country: address.countryCode ?? '',
          },
  };
}

/** Schema `Product`. Without an id it is known by its part number, as charges name it then. */
export function productOf(product: VendorProduct): Product | null {
  const id = product.id ?? (product.mpn === null ? null : `part:${product.mpn}`);
  if (id === null) return null;
  return {
    id,
    partNumber: product.mpn,
    vendor: product.vendor,
    name: product.name ?? product.serviceName ?? product.mpn ?? id,
    billingPeriod: product.billingPeriod,
    term: product.subscriptionPeriod,
    prices: pricesOf(product.prices),
    costs: pricesOf(product.costs),
  };
}

function pricesOf(prices: VendorProduct['prices']): Product['prices'] {
  return prices.flatMap(({ currency, amount, type, lowerLimit }) => {
    const kind = priceKind(type);
    return kind === null ? [] : [{ currency, amount, kind, fromQuantity: lowerLimit }];
  });
}
function priceKind(type: string): Exclude<FeeKind, 'cancellation'> | null {
  return type === 'recurring' || type === 'setup' || type === 'overuse' ? type : null;
}

const subscriptionStatus: Readonly<Record<string, Subscription['status']>> = {
  pending: 'pending',
  active: 'active',
  hold: 'suspended',
  terminated: 'ended',
  removed: 'ended',
};

/** Schemas `Subscription` and, with products, `SubscriptionDetailed`. */
export function subscriptionOf(subscription: VendorSubscription, detailed: boolean): Subscription {
  return {
    id: subscription.id,
    name: subscription.name ?? subscription.id,
    customerId: subscription.customerId,
    status: subscriptionStatus[subscription.status] ?? 'unknown',
    autoRenews: subscription.renewalStatus === true || subscription.renewalStatus === 'true',
    startDate: subscription.creationDate,
    renewalDate: subscription.renewalDate,
    expirationDate: subscription.expirationDate,
    modifiedDate: subscription.lastModifiedDate,
    billingPeriod: subscription.billingPeriod,
    term: subscription.subscriptionPeriod,
    detailed,
    products: subscription.products.map((line) => ({
      productId: line.id,
      partNumber: line.mpn,
      name: line.name ?? line.mpn ?? line.id ?? '',
      quantity: line.quantity,
      unitPrice: line.unitPrice?.amount ?? null,
      unitCost: line.unitCost?.amount ?? null,
      amount: line.extendedPrice?.amount ?? null,
      currency: line.unitPrice?.currency ?? line.unitCost?.currency ?? null,
    })),
  };
}
