import { AppError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { StreamEvent } from './views/stream.ts';

const subscribersPerTenantMax = 100;
/** So that nobody takes the places of their colleagues. */
const subscribersPerPersonMax = 20;
const waitingEventsMax = 200;

export interface Subscription {
  /** The next events in order; waits for at least one, or gives none when the signal aborts. */
  next(signal: AbortSignal): Promise<StreamEvent[]>;
  close(): void;
}
/** What happens, told to every open page of the tenant in this process. */
export interface Events {
  publish(tenantId: TenantId, event: StreamEvent): void;
  /** Throws `request.too-many` past 100 open pages of a tenant, or 20 of a person. */
  subscribe(tenantId: TenantId, personId: string): Subscription;
}

interface Subscriber {
  personId: string;
  waiting: StreamEvent[];
  wake: (() => void) | null;
}

export function createEvents(): Events {
  const subscribers = new Map<TenantId, Set<Subscriber>>();

  return {
    publish: (tenantId, event) => {
      for (const subscriber of subscribers.get(tenantId) ?? []) {
        // A page that does not keep up loses the oldest: the Action log has everything.
        if (subscriber.waiting.length >= waitingEventsMax) subscriber.waiting.shift();
        subscriber.waiting.push(event);
        subscriber.wake?.();
      }
    },
    subscribe: (tenantId, personId) => {
      const all = subscribers.get(tenantId) ?? new Set();
      const own = [...all].filter((each) => each.personId === personId).length;
      if (all.size >= subscribersPerTenantMax || own >= subscribersPerPersonMax)
        throw new AppError('request.too-many');
      const subscriber: Subscriber = { personId, waiting: [], wake: null };
      all.add(subscriber);
      subscribers.set(tenantId, all);
      return {
        next: (signal) => nextOf(subscriber, signal),
        close: () => {
          all.delete(subscriber);
          if (all.size === 0) subscribers.delete(tenantId);
        },
      };
    },
  };
}

async function nextOf(subscriber: Subscriber, signal: AbortSignal): Promise<StreamEvent[]> {
  if (subscriber.waiting.length === 0 && !signal.aborted)
    await new Promise<void>((resolve) => {
      subscriber.wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  subscriber.wake = null;
  return subscriber.waiting.splice(0);
}
