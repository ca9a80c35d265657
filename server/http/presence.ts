import type { TenantId } from '../domain/ids.ts';
import type { Clock } from '../domain/ports/machine.ts';

/** Who has said nothing for so long is no longer there; the page says it every 20 s. */
const presentMs = 60_000;
/** Tasks somebody is in, of all tenants; more are not remembered. */
const presentMax = 10_000;

/** Who has which task open, in this process: a courtesy among colleagues, no lock. */
export interface Presence {
  enter(tenantId: TenantId, user: { id: string; name: string }, taskIds: readonly string[]): void;
  /** The others who have it open, by name. */
  others(tenantId: TenantId, userId: string, taskId: string): string[];
}

interface Present {
  name: string;
  untilMs: number;
}

export function createPresence({ clock }: { clock: Clock }): Presence {
  const tasks = new Map<string, Map<string, Present>>();
  const keyOf = (tenantId: TenantId, taskId: string): string => `${tenantId}\n${taskId}`;
  const forgetGone = (): void => {
    for (const [key, people] of tasks) {
      for (const [id, { untilMs }] of people) if (untilMs <= clock.nowMs()) people.delete(id);
      if (people.size === 0) tasks.delete(key);
    }
  };
  return {
    enter: (tenantId, { id, name }, taskIds) => {
      forgetGone();
      for (const taskId of taskIds) {
        const key = keyOf(tenantId, taskId);
        const people = tasks.get(key) ?? new Map<string, Present>();
        if (!tasks.has(key) && tasks.size >= presentMax) return;
        people.set(id, { name, untilMs: clock.nowMs() + presentMs });
        tasks.set(key, people);
      }
    },
    others: (tenantId, userId, taskId) =>
      [...(tasks.get(keyOf(tenantId, taskId)) ?? [])].flatMap(([id, { name, untilMs }]) =>
        id !== userId && untilMs > clock.nowMs() ? [name] : [],
      ),
  };
}
