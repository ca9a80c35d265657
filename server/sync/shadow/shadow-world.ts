import { type CalendarDate, type Instant, instant } from '../../domain/dates.ts';
import type { Decision } from '../../domain/decision.ts';
import { comparePlaced } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { newTask } from '../check/tasks.ts';
import { indexDecisions } from '../plan/decisions.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { PlanWorld } from '../plan/world.ts';

/**
 * The world as it would be had a customer been billed automatically from a day on: every running
 * subscription began with its next order, and a period across the day is ours. For looking alone:
 * nothing planned in it is ever confirmed.
 */
export function shadowWorld(
  reader: Reader,
  world: PlanWorld,
  { from, until, customerIds }: ShadowSpan,
): PlanWorld {
  const at = startOfTime;
  const assumed = (id: string, rest: Pick<Decision, 'scope' | 'value'>): Decision => ({
    id: `shadow ${id}`,
    connectionId: world.connection.id,
    by: { kind: 'app' },
    at,
    ...rest,
  });
  const said = reader
    .list('decision')
    .filter(
      ({ connectionId, value }) =>
        connectionId === world.connection.id &&
        value.kind !== 'opening' &&
        value.kind !== 'straddle',
    );
  const openings = reader
    .list('subscription')
    .filter(({ customerId }) => customerIds.has(customerId))
    .map(({ id }) =>
      assumed(id, {
        scope: { kind: 'subscription', subscriptionId: id, productKey: null },
        value: { kind: 'opening', answer: 'next-order' },
      }),
    );
  const straddles = [...customerIds].map((customerId) =>
    assumed(customerId, {
      scope: { kind: 'customer', customerId },
      value: { kind: 'straddle', answer: 'bill' },
    }),
  );
  const orders = reader.list('order').toSorted(comparePlaced);
  const tasks = orders.flatMap(({ id, customerId, placedOn, status }) => {
    if (status !== 'completed' || placedOn >= until || !customerIds.has(customerId)) return [];
    const order = orderOf(reader, id);
    const { crypto, connection } = world;
    return order === null ? [] : [newTask({ crypto, connectionId: connection.id, order, at })];
  });
  return {
    ...world,
    connection: { ...world.connection, billFrom: from },
    // What is closed meanwhile was open when a person billed it.
    closedThrough: null,
    decisions: indexDecisions([...said, ...openings, ...straddles]),
    customerMapping: (customerId) => {
      const mapping = world.customerMapping(customerId);
      return mapping === null ? null : { ...mapping, billFrom: from, automatic: true };
    },
    tasks: () => tasks,
  };
}

/** Half-open: `until` is the first day that is not looked at. */
export interface ShadowSpan {
  from: CalendarDate;
  until: CalendarDate;
  customerIds: ReadonlySet<string>;
}

/** Decisions of one moment keep their order; these are older than any a person made. */
const startOfTime: Instant = instant(0);
