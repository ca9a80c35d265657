import { FAULT_TIMES_MAX } from './limits.ts';
import { isRecord } from './must.ts';
import type { FaultView } from './player.ts';

export interface Fault {
  name: string;
  what: string;
}

export interface FaultBoard {
  views(): FaultView[];
  /** `null` or `false` switches off; `true` or an object switches on. `times` counts down to off. */
  set(name: string, options: unknown): void;
  /** The options if the fault is on and meant for this operation; uses up one of its `times`. */
  hit(name: string, operation: string): Record<string, unknown> | undefined;
  clear(): void;
}

/** The switches of one player. Every fault understands `operation` (only this one) and `times` (then off by itself). */
export function createFaultBoard(faults: readonly Fault[]): FaultBoard {
  const active = new Map<string, Record<string, unknown>>();
  return {
    views: () =>
      faults.map(({ name, what }) => ({
        name,
        what,
        active: active.has(name),
        options: active.get(name) ?? null,
      })),
    set: (name, options) => {
      if (!faults.some((fault) => fault.name === name)) throw new RangeError('unknown fault');
      if (options === null || options === false || options === undefined) active.delete(name);
      else active.set(name, checked(options));
    },
    hit: (name, operation) => {
      const options = active.get(name);
      if (!options) return undefined;
      if (typeof options.operation === 'string' && options.operation !== operation)
        return undefined;
      if (typeof options.times === 'number') {
        if (options.times <= 1) active.delete(name);
        else active.set(name, { ...options, times: options.times - 1 });
      }
      return options;
    },
    clear: () => active.clear(),
  };
}

function checked(options: unknown): Record<string, unknown> {
  const record = isRecord(options) ? options : {};
  const { times } = record;
  const sound =
    times === undefined ||
    (typeof times === 'number' && Number.isInteger(times) && times > 0 && times <= FAULT_TIMES_MAX);
  if (!sound) throw new RangeError('`times` must be a whole number from 1 on');
  return { ...record };
}
