import type { ResellerAccount } from '../model.ts';
import type { ListQuery } from './query.ts';
import {
  customerWire,
  orderWire,
  planDetailWire,
  planWire,
  productWire,
  subscriptionListWire,
  subscriptionWire,
} from './wire.ts';

export interface ListOperation {
  id: string;
  path: string;
  parameters: readonly string[];
  /** All that match, newest first (lists come newest first since 1.5). */
  find(account: ResellerAccount, filters: ListQuery['filters']): Record<string, unknown>[];
}

export interface DetailOperation {
  id: string;
  path: string;
  find(account: ResellerAccount, id: string): Record<string, unknown> | undefined;
}

const newestFirst = <T>(items: Iterable<T>): T[] => [...items].reverse();
/** True when the filter is not asked for, or the value is the same. */
const same = (filters: ListQuery['filters'], name: string, value: string | undefined) =>
  !filters.has(name) || filters.get(name) === value;
const holds = (filters: ListQuery['filters'], name: string, value: string) =>
  value.toLowerCase().includes((filters.get(name) ?? '').toLowerCase());
const within = (filters: ListQuery['filters'], prefix: string, value: string) =>
  Date.parse(value) >= Date.parse(filters.get(`${prefix}From`) ?? '0001-01-01') &&
  Date.parse(value) <= Date.parse(filters.get(`${prefix}To`) ?? '9999-12-31');
const listed = (account: ResellerAccount) =>
  account.orders.filter(({ isBilling }) => !(isBilling && account.hideBillingOrders));

/** SimpleAPI 1.15, the read operations with the query parameters that the description names. */
export const LISTS: readonly ListOperation[] = [
  {
    id: 'getCustomers',
    path: '/customers',
    parameters: ['name', 'email', 'externalId', 'resellerId'],
    find: (account, filters) =>
      newestFirst(account.customers.values())
        .filter((customer) => holds(filters, 'name', customer.name))
        .filter((customer) => same(filters, 'externalId', customer.externalId))
        .filter((customer) => same(filters, 'resellerId', customer.resellerId))
        .filter(
          ({ contactPersons }) =>
            !filters.has('email') ||
            contactPersons.some(({ email }) => email === filters.get('email')),
        )
        .map(customerWire),
  },
  {
    id: 'getCatalog',
    path: '/products',
    parameters: ['name', 'serviceName', 'mpn', 'vendor'],
    find: (account, filters) =>
      newestFirst(account.products.values())
        .filter((product) => holds(filters, 'name', product.name))
        .filter((product) => same(filters, 'serviceName', product.serviceName))
        .filter((product) => same(filters, 'mpn', product.mpn))
        .filter((product) => same(filters, 'vendor', product.vendor))
        .map(productWire),
  },
  {
    id: 'getServicePlans',
    path: '/plans',
    parameters: [],
    find: (account) => newestFirst(account.plans.values()).map(planWire),
  },
  {
    id: 'getOrders',
    path: '/orders',
    parameters: [
      'customerId',
      'subscriptionId',
      'orderNumber',
      'status',
      'creationTimeFrom',
      'creationTimeTo',
      'statusCode',
    ],
    find: (account, filters) =>
      newestFirst(listed(account))
        .map(({ order }) => order)
        .filter((order) => same(filters, 'customerId', order.customerId))
        .filter((order) => same(filters, 'subscriptionId', order.subscriptionId))
        .filter((order) => same(filters, 'orderNumber', order.orderNumber))
        .filter((order) => same(filters, 'status', order.status))
        .filter((order) => same(filters, 'statusCode', order.statusCode))
        .filter((order) => within(filters, 'creationTime', order.creationDate))
        .map(orderWire),
  },
  {
    id: 'getSubscriptions',
    path: '/subscriptions',
    parameters: ['customerId', 'status', 'creationDateFrom', 'creationDateTo'],
    find: (account, filters) =>
      newestFirst(account.subscriptions.values())
        .filter((subscription) => same(filters, 'customerId', subscription.customerId))
        .filter((subscription) => same(filters, 'status', subscription.status))
        .filter((subscription) => within(filters, 'creationDate', subscription.creationDate))
        .map((subscription) => subscriptionListWire(account, subscription)),
  },
  {
    // Rated-data reports are set up by a person; nobody did here, so there are none.
    id: 'getReports',
    path: '/reports',
    parameters: ['name', 'format', 'status', 'type', 'from', 'to'],
    find: () => [],
  },
];

export const DETAILS: readonly DetailOperation[] = [
  {
    id: 'getCustomerById',
    path: '/customers/:id',
    find: (account, id) => {
      const customer = account.customers.get(id);
      return customer && customerWire(customer);
    },
  },
  {
    id: 'getServicePlanById',
    path: '/plans/:id',
    find: (account, id) => {
      const plan = account.plans.get(id);
      return plan && planDetailWire(account, plan);
    },
  },
  {
    id: 'getOrderDetails',
    path: '/orders/:id',
    find: (account, id) => {
      const order = listed(account).find((each) => each.order.id === id)?.order;
      return order && { ...order };
    },
  },
  {
    id: 'getSubscription',
    path: '/subscriptions/:id',
    find: (account, id) => {
      const subscription = account.subscriptions.get(id);
      return subscription && subscriptionWire(account, subscription);
    },
  },
];
