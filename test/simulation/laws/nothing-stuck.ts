import type { Charge } from '../../../server/domain/charge.ts';
import type { Task } from '../../../server/domain/task.ts';
import type { Evidence, Law } from './law.ts';

/** Nothing lost: whatever is not finished says why, where a person sees it. */
export const stuckLaws: readonly Law[] = [
  {
    name: 'intent-settled',
    broken: ({ reader }) =>
      reader
        .list('intent')
        .flatMap(({ id, state, lookAt, element }) =>
          state === 'unclear' && lookAt !== null
            ? []
            : [`${id} (${element.kind} ${element.ref}) is still ${state}`],
        ),
  },
  {
    name: 'unclear-is-shown',
    broken: ({ reader }) =>
      reader.list('intent').flatMap(({ plan, id }) => {
        if (plan === null || plan.lines.length === 0) return [];
        const tasks = plan.taskIds.flatMap((taskId) => reader.get('task', taskId) ?? []);
        return tasks.some(isAsking) ? [] : [`nobody is asked about ${id}`];
      }),
  },
  {
    name: 'task-has-reason',
    broken: ({ reader }) =>
      reader.list('task').flatMap((task) => {
        const reason = whyStuck(task);
        return reason === null ? [] : [`${task.orderNumber} (${task.state}) ${reason}`];
      }),
  },
  {
    // All is well, and a person confirmed whatever asks nothing (`heal.ts`).
    name: 'ready-is-billed',
    broken: ({ reader, today }) =>
      reader.list('task').flatMap(({ id, orderNumber, state, groups, failure }) => {
        const putOff = reader.get('taskCare', id)?.snoozedUntil ?? null;
        if (putOff !== null && putOff > today) return [];
        if (state === 'ready') return [`${orderNumber} was confirmed and is still ready`];
        const isRefused = groups.some(({ needs }) =>
          needs.some(({ code }) => code === 'write-rejected'),
        );
        return isRefused ? [`${orderNumber} is refused: ${failure?.said ?? failure?.code}`] : [];
      }),
  },
  {
    name: 'run-ended',
    broken: ({ reader }) =>
      reader.list('run').flatMap(({ id, kind, endedAt, parts }) => {
        if (endedAt === null)
          return [`${kind} ${id} never ended: ${parts.map(({ state }) => state).join(' ')}`];
        return parts.flatMap(({ ref, state, failure }) =>
          ['writing', 'unknown'].includes(state) || (state === 'delayed' && failure === null)
            ? [`${ref} of ended ${kind} ${id} is ${state}`]
            : [],
        );
      }),
  },
  {
    name: 'log-without-gap',
    broken: ({ log }) => {
      const numbers = log.map(({ seq }) => seq).sort((a, b) => a - b);
      return numbers
        .flatMap((seq, index) => (seq === index + 1 ? [] : [`entry ${index + 1} is ${seq}`]))
        .slice(0, 1);
    },
  },
  {
    name: 'order-has-task-or-lines',
    broken: ({ reader, world, resellerId, business }) => {
      const tasks = new Set(reader.list('task').map(({ orderId }) => orderId));
      const linked = new Set(reader.list('link').map(({ orderId }) => orderId));
      const known = new Set(reader.list('order').map(({ id }) => id));
      return world.marketplace.market
        .account(resellerId)
        .orders.map(({ order }) => order)
        .filter(({ customerId }) => business.customers.has(customerId))
        .flatMap(({ id, orderNumber, status, creationDate }) => {
          if (status !== 'completed' || creationDate.slice(0, 10) < business.billFrom) return [];
          if (!known.has(id)) return [`${orderNumber} was never read`];
          return tasks.has(id) ||
            linked.has(id) ||
            isNothing(reader.get('order', id)?.charges ?? [])
            ? []
            : [`${orderNumber} has neither a task nor a line`];
        });
      function isNothing(charges: readonly string[]): boolean {
        return charges.every((key) => {
          const charge = reader.get('charge', key);
          const kept = business.settings.seatsDown === 'quantity-only';
          return (
            charge === null ||
            charge.class === 'movement' ||
            charge.amount.amountMinor === 0n ||
            (kept && charge.amount.amountMinor < 0n) ||
            (business.settings.seatChanges === 'net' && hasOpposite(reader, charge))
          );
        });
      }
    },
  },
];

const isAsking = ({ groups }: Task): boolean =>
  groups.some(({ needs }) => needs.some(({ code }) => code === 'outcome-unclear'));

function whyStuck({ state, groups, failure, ignored }: Task): string | null {
  switch (state) {
    case 'applying':
      return 'is left as being written';
    case 'waiting':
      return failure === null && !groups.some(({ needs }) => needs.length > 0)
        ? 'waits for nothing'
        : null;
    case 'needs-action':
    case 'failed':
      return failure === null && !groups.some(({ needs }) => needs.length > 0)
        ? 'asks nothing'
        : null;
    case 'ignored':
      return ignored === null ? 'has no reason' : null;
    case 'ready':
      return null;
    case 'synced':
      return 'is finished and was kept';
    default:
      return state satisfies never;
  }
}

/** Whether another change of the same seats in the same period takes it back to the cent. */
const hasOpposite = (reader: Evidence['reader'], { key, orderId, ...charge }: Charge): boolean =>
  reader.get('order', orderId)?.type === 'change' &&
  reader
    .list('charge')
    .some(
      (other) =>
        other.key !== key &&
        other.subscriptionId === charge.subscriptionId &&
        other.productId === charge.productId &&
        other.period?.end === charge.period?.end &&
        other.amount.currency === charge.amount.currency &&
        other.amount.amountMinor === -charge.amount.amountMinor,
    );
