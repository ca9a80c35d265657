import * as v from 'valibot';
import type { Charge } from '../../domain/charge.ts';
import type { Instant } from '../../domain/dates.ts';
import { type ConnectionId, type TaskId, taskIdSchema } from '../../domain/ids.ts';
import { type Money, sum } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Task, TaskGroup } from '../../domain/task.ts';

const idLength = 32;

/** One task for (connection, source): however often and in whatever order it is read, the same id. */
export function taskIdOf(
  crypto: Pick<Crypto, 'hash'>,
  connectionId: ConnectionId,
  orderId: string,
): TaskId {
  const hash = crypto.hash(`task\n${connectionId}\n${orderId}`);
  return v.parse(taskIdSchema, hash.slice(0, idLength));
}

/** A new task before anybody looked at what it needs: a group a subscription, no answers yet. */
export function newTask(options: {
  crypto: Pick<Crypto, 'hash'>;
  connectionId: ConnectionId;
  order: Order;
  at: Instant;
}): Task {
  const { crypto, connectionId, order, at } = options;
  return {
    id: taskIdOf(crypto, connectionId, order.id),
    connectionId,
    orderId: order.id,
    state: 'needs-action',
    failure: null,
    refusedOn: null,
    attempts: 0,
    ignored: null,
    notified: false,
    createdAt: at,
    updatedAt: at,
    ...contentOf(order),
  };
}

/** The same task after its order changed; that a person ignored it stays. */
export function revisedTask(task: Task, order: Order, at: Instant): Task {
  const kept = task.ignored?.by.kind === 'user';
  return {
    ...task,
    ...contentOf(order),
    state: kept ? 'ignored' : 'needs-action',
    ignored: kept ? task.ignored : null,
    failure: null,
    refusedOn: null,
    notified: kept && task.notified,
    updatedAt: at,
  };
}

function contentOf(order: Order) {
  return {
    orderNumber: order.number,
    orderType: order.type,
    orderRevision: order.revision,
    customerId: order.customerId,
    placedOn: order.placedOn,
    amount: amountOf(order),
    groups: groupsOf(order.charges),
  };
}

/** Charges of one subscription together, in the order's order; those of none are a group of their own. */
export function groupsOf(charges: readonly Charge[]): TaskGroup[] {
  const bySubscription = new Map<string | null, Charge[]>();
  for (const charge of charges)
    bySubscription.set(charge.subscriptionId, [
      ...(bySubscription.get(charge.subscriptionId) ?? []),
      charge,
    ]);
  return [...bySubscription].map(([subscriptionId, members]) => ({
    subscriptionId,
    chargeKeys: members.map(({ key }) => key),
    written: 0,
    state: 'needs-action',
    needs: [],
  }));
}

/** What would be billed: the sum without tax and money movements; the total where currencies mix. */
function amountOf({ charges, total }: Order): Money {
  const billed = charges
    .filter((charge) => charge.class !== 'movement')
    .map(({ amount }) => amount);
  const isOneCurrency = billed.every(({ currency }) => currency === total.currency);
  return isOneCurrency && billed.length > 0 ? sum(total.currency, billed) : total;
}

export const isOpenTask = ({ state }: Task): boolean => state !== 'synced' && state !== 'ignored';
