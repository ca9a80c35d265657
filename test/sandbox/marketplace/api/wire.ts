import { decimal, decimalText, rounded, sum } from '../../decimal.ts';
import { must } from '../../must.ts';
import type { Customer, Order, Plan, Product, ResellerAccount, Subscription } from '../model.ts';
import { priced, pricesOf, wholePrice } from '../orders/pricing.ts';
import { productOf } from '../scene.ts';

// The API's own forms, member by member as SimpleAPI 1.15 describes them.

/** Schema `Customer`. There is no currency on it. */
export function customerWire({ currency: _, ...customer }: Customer) {
  return customer;
}

/** Schema `Product`. */
export function productWire({ planId: _, vendorCurrency: __, ...product }: Product) {
  return product;
}

/** Schema `ServicePlan`. */
export function planWire(plan: Plan) {
  return {
    id: plan.id,
    name: plan.name,
    shortDescription: plan.shortDescription,
    published: true,
    subscriptionPeriods: [{ ...plan.subscriptionPeriod, trial: false, active: true }],
    billingPeriod: plan.billingPeriod,
    billingModel: plan.billingModel,
  };
}

/** Schema `ServicePlanDetailed`: adds the possible plan switches. */
export function planDetailWire(account: ResellerAccount, plan: Plan) {
  return {
    ...planWire(plan),
    planSwitches: plan.switchesTo.map((planId) => ({
      planId: Number(planId),
      subscriptionPeriod: must(account.plans.get(planId), 'plan').subscriptionPeriod,
      billingPolicy: 'prorate_keeping_exp_date',
      whenEffective: 'immediately',
      sourceSubscriptionPeriod: plan.subscriptionPeriod,
    })),
  };
}

/** Schema `Order`, the list form: it has the details, but neither the products nor the subscription. */
export function orderWire(order: Order) {
  const {
    products: _,
    subscriptionId: __,
    targetSubscriptionId: ___,
    billingModel: ____,
    ...listed
  } = order;
  return listed;
}

/** Schema `Subscription`, the list form. */
export function subscriptionListWire(account: ResellerAccount, subscription: Subscription) {
  const plan = must(account.plans.get(subscription.planId), 'plan');
  return {
    id: subscription.id,
    name: subscription.name,
    customerId: subscription.customerId,
    status: subscription.status,
    attributes: {},
    renewalStatus: subscription.renewalStatus,
    creationDate: subscription.creationDate,
    renewalDate: subscription.expirationDate,
    lastModifiedDate: subscription.lastModifiedDate,
    expirationDate: subscription.expirationDate,
    billingModel: plan.billingModel,
    billingPeriod: plan.billingPeriod,
    subscriptionPeriod: plan.subscriptionPeriod,
  };
}

/** Schema `SubscriptionDetailed`: prices, costs and quantities of each product as they are now. */
export function subscriptionWire(account: ResellerAccount, subscription: Subscription) {
  const products = subscription.items.map((item) => {
    const product = productOf(account, item.productId);
    return subscriptionProduct({ product, subscription, quantity: item.quantity, item });
  });
  const total = decimalText(
    rounded(sum(products.map((line) => decimal(line.extendedPrice.amount))), 2),
  );
  return {
    ...subscriptionListWire(account, subscription),
    totalPrice: { currency: subscription.currency, amount: total },
    products,
    orderParameters: [
      {
        name: 'admin_login',
        value: { login: `admin@tenant-${subscription.id}.example` },
      },
    ],
    fulfillmentParameters: [],
    planId: Number(subscription.planId),
  };
}

function subscriptionProduct({
  product,
  subscription,
  quantity,
  item,
}: {
  product: Product;
  subscription: Subscription;
  quantity: number;
  item: Subscription['items'][number];
}) {
  const { currency } = subscription;
  const isUsage = pricesOf(product, currency, 'recurring').length === 0;
  const prices = pricesOf(product, currency, isUsage ? 'overuse' : 'recurring');
  const costs = product.costs.filter(
    (cost) => cost.currency === currency && cost.type === prices[0]?.type,
  );
  const tiers = (list: readonly { lowerLimit: number; amount: string }[]) =>
    list.length > 1
      ? {
          priceTiers: list.map(({ lowerLimit, amount }) => ({
            lowerLimit: String(lowerLimit),
            amount,
          })),
        }
      : {};
  return {
    mpn: product.mpn,
    vendor: product.vendor,
    id: product.id,
    quantity,
    name: product.name,
    unitPrice: {
      currency,
      amount: must(priced(prices, String(quantity)), 'a price').unit,
      ...tiers(prices),
    },
    unitCost: {
      currency,
      amount: must(priced(costs, String(quantity)), 'a cost').unit,
      ...tiers(costs),
    },
    extendedPrice: { currency, amount: isUsage ? '0.00' : wholePrice(product, currency, quantity) },
    vendorSubscriptionId: item.vendorSubscriptionId,
  };
}
