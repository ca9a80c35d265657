import type { Decision, Scope } from '../../domain/decision.ts';
import type { Money } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { DecisionView } from '../views/decisions.ts';
import { nameOf, totalsView } from './money.ts';
import type { MonthlyWorth } from './monthly.ts';

/** An answer of a person: for what, what it says, and the money it speaks of. */
export const decisionView = (
  { reader, world }: { reader: Reader; world: PlanWorld },
  decision: Decision,
  monthly: readonly MonthlyWorth[],
): DecisionView => ({
  id: decision.id,
  scope: decision.scope,
  value: decision.value,
  by: nameOf(decision.by),
  at: decision.at,
  subject: subjectName(reader, decision),
  worth: totalsView(worthOf(reader, decision.scope, monthly)),
  ended:
    decision.value.kind === 'exclude' &&
    decision.value.until !== null &&
    decision.value.until <= world.today,
});

/** Once for a charge or an order, a month for everything that goes on. */
function worthOf(reader: Reader, scope: Scope, monthly: readonly MonthlyWorth[]): Money[] {
  const amounts = (fits: (one: MonthlyWorth) => boolean): Money[] =>
    monthly.filter(fits).map(({ amount }) => amount);
  switch (scope.kind) {
    case 'charge': {
      const charge = reader.get('charge', scope.key);
      return charge === null ? [] : [charge.amount];
    }
    case 'order': {
      const order = reader.get('order', scope.orderId);
      return order === null ? [] : [order.total];
    }
    case 'subscription':
      return amounts(
        ({ subscriptionId, productKey }) =>
          subscriptionId === scope.subscriptionId &&
          (scope.productKey === null || productKey === scope.productKey),
      );
    case 'customer':
      return amounts(({ customerId }) => customerId === scope.customerId);
    case 'customer-product':
      return amounts(
        ({ customerId, productKey }) =>
          customerId === scope.customerId && productKey === scope.productKey,
      );
    case 'vendor':
      return amounts(
        ({ productKey }) =>
          productKey !== null && reader.get('product', productKey)?.vendor === scope.vendor,
      );
    case 'product':
      return amounts(({ productKey }) => productKey === scope.productKey);
    default:
      return scope satisfies never;
  }
}

export function subjectName(reader: Reader, { scope }: Pick<Decision, 'scope'>): string {
  const customer = (id: string): string => reader.get('customer', id)?.name ?? id;
  const product = (key: string): string => reader.get('product', key)?.name ?? key;
  switch (scope.kind) {
    case 'charge':
      return reader.get('charge', scope.key)?.description ?? scope.key;
    case 'order':
      return reader.get('order', scope.orderId)?.number ?? scope.orderId;
    case 'subscription':
      return reader.get('subscription', scope.subscriptionId)?.name ?? scope.subscriptionId;
    case 'customer':
      return customer(scope.customerId);
    case 'customer-product':
      return `${customer(scope.customerId)}, ${product(scope.productKey)}`;
    case 'vendor':
      return scope.vendor;
    case 'product':
      return product(scope.productKey);
    default:
      return scope satisfies never;
  }
}
