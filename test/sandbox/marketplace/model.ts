// The marketplace's state. What the API shows of it is made in `api/wire.ts`; orders are kept in the API's own form,
// because an order never changes after it is completed.
export type Currency = 'AUD' | 'USD';
export type PeriodType = 'month' | 'year';
export type PriceModel = 'FLAT' | 'TIERED' | 'VOLUME_SUBSCRIPTION';
export type BillingModel =
  | 'chargeBeforeBillingPeriod'
  | 'chargeBeforeSubscriptionPeriod'
  | 'chargeAfterBillingPeriod'
  | 'chargeExternalRating';
export type CustomerStatus =
  | 'pending'
  | 'active'
  | 'creditHold'
  | 'adminHold'
  | 'cancelled'
  | 'error';
export type SubscriptionStatus = 'pending' | 'active' | 'hold' | 'terminated' | 'removed';
export type OrderType = 'sales' | 'change' | 'renewal' | 'cancellation' | 'migration' | 'unknown';
export type OrderStatus = 'submitted' | 'processing' | 'error' | 'completed' | 'cancelled';

export interface Money {
  currency: string;
  amount: string;
}

export interface Period {
  type: PeriodType;
  duration: number;
}

export interface Contact {
  type: 'admin' | 'billing' | 'technical';
  firstName: string;
  lastName: string;
  email: string;
  phoneNumber: string;
  login?: string;
  password?: string;
}

export interface Customer {
  id: string;
  externalId?: string;
  resellerId: string;
  attributes: Record<string, string>;
  status: CustomerStatus;
  name: string;
  address: {
    streetAddress: string;
    postalCode: string;
    city: string;
    state: string;
    countryCode: string;
  };
  contactPersons: Contact[];
  language: string;
  taxRegId?: string;
  /** Not on the wire: the API tells a currency with each amount only. */
  currency: Currency;
}

export interface ProductPrice extends Money {
  type: 'recurring' | 'setup' | 'overuse';
  model: PriceModel;
  lowerLimit: number;
}

export interface Product {
  mpn: string;
  vendor: string;
  id: string;
  serviceName: string;
  name: string;
  minimumQuantity: string;
  maximumQuantity: string;
  prices: ProductPrice[];
  costs: ProductPrice[];
  billingPeriod: Period;
  subscriptionPeriod: Period;
  billingModel: BillingModel;
  /** Not on the wire: the plan that sells it, and the currency its vendor bills in. */
  planId: string;
  vendorCurrency?: Currency;
}

export interface Plan {
  id: string;
  name: string;
  shortDescription: string;
  billingPeriod: Period;
  subscriptionPeriod: Period;
  billingModel: BillingModel;
  switchesTo: string[];
}

export interface SubscriptionItem {
  productId: string;
  quantity: number;
  vendorSubscriptionId: string;
}

export interface Subscription {
  id: string;
  name: string;
  customerId: string;
  status: SubscriptionStatus;
  renewalStatus: boolean;
  creationDate: string;
  /** End of the term, half-open; the API shows it as renewalDate and expirationDate. */
  expirationDate: string;
  lastModifiedDate: string;
  planId: string;
  currency: Currency;
  /** Day of the month on which periods begin. */
  anchorDay: number;
  /** The billing period that is charged now, half-open. */
  period: { start: string; end: string };
  discountPercent: number;
  items: SubscriptionItem[];
}

export interface Discount {
  type: 'percent' | 'fixed';
  value: string;
  amount: string;
  amountCode: string;
}

export interface OrderDetail {
  type: string;
  mpn?: string;
  productId?: string;
  duration?: { type: string; duration: number };
  description: string;
  quantity: number | string;
  unitPrice?: Money;
  salesUnitPrice?: Money;
  extendedPrice: Money;
  salesExtendedPrice?: Money;
  discount?: Discount;
  taxAmount?: Money;
  salesTaxAmount?: Money;
  exclusiveTaxAmount?: Money;
  salesExclusiveTaxAmount?: Money;
  exchangeRate?: number;
  exchangeTime?: string;
}

export interface OrderLine {
  mpn: string;
  vendor: string;
  id: string;
  billingPeriod: Period;
  subscriptionPeriod: Period;
  name: string;
  quantity: number;
  extendedPrice: Money;
  subscriptionId?: string;
  type: string;
}

export interface Order {
  id: string;
  orderNumber: string;
  type: OrderType;
  customerId: string;
  poNumber?: string;
  creationDate: string;
  provisioningDate?: string;
  status: OrderStatus;
  statusCode: string;
  total: Money;
  details: OrderDetail[];
  attributes: Record<string, string>;
  products: OrderLine[];
  subscriptionId?: string;
  targetSubscriptionId?: string;
  billingModel?: BillingModel;
}

/** What completing an order does; kept until then. */
export type Effect =
  | { kind: 'none' }
  | { kind: 'activate'; subscriptionId: string }
  | { kind: 'quantity'; subscriptionId: string; productId: string; quantity: number }
  | {
      kind: 'renew';
      subscriptionId: string;
      expirationDate: string;
      period: { start: string; end: string };
    }
  | { kind: 'end'; subscriptionId: string };

export interface OrderRecord {
  order: Order;
  /** A billing-run order, hidden where the installation lists none. */
  isBilling: boolean;
  effect: Effect;
  /** When a processing order completes; null when it does not by itself. */
  completesAtMs: number | null;
}

export interface ResellerAccount {
  tenantId: string;
  name: string;
  marketplaceCode: string;
  currencies: Currency[];
  /** Whether an order's total holds the tax: installations differ. */
  totals: 'withoutTax' | 'withTax';
  hideBillingOrders: boolean;
  customers: Map<string, Customer>;
  products: Map<string, Product>;
  plans: Map<string, Plan>;
  subscriptions: Map<string, Subscription>;
  /** Oldest first; the API turns it round. */
  orders: OrderRecord[];
  counters: { customer: number; subscription: number; order: number; number: number };
}
