import type { FaultView } from './player.ts';

export type FaultOptions = Record<string, unknown>;
/** The faults that meet one request. */
export type ActiveFaults<Name> = ReadonlyMap<Name, FaultOptions>;

export interface FaultSwitches<Name> {
  views(): FaultView[];
  /** An unknown name is a RangeError. */
  set(name: string, options: unknown): void;
  /** The faults for this request; each uses up one of its `times`. */
  meet(request: FaultRequest): ActiveFaults<Name>;
}

export interface FaultRequest {
  method: string;
  path: string;
}

/** The fault switches of a system's player; `meets` says which requests a fault is meant for. */
export function createSwitches<Name extends string>(options: {
  product: string;
  faults: Record<Name, { what: string }>;
  meets(name: Name, options: FaultOptions, request: FaultRequest): boolean;
}): FaultSwitches<Name> {
  const { product, faults, meets } = options;
  const active = new Map<Name, FaultOptions>();
  const isName = (name: string): name is Name => Object.hasOwn(faults, name);
  const names = Object.keys(faults).filter(isName);
  return {
    views: () =>
      names.map((name) => ({
        name,
        what: faults[name].what,
        active: active.has(name),
        options: active.get(name) ?? null,
      })),
    set: (name, options) => {
      if (!isName(name)) throw new RangeError(`the sandbox ${product} has no fault "${name}"`);
      if (options === null || options === false) active.delete(name);
      else active.set(name, isOptions(options) ? { ...options } : {});
    },
    meet: (request) => {
      const met = new Map<Name, FaultOptions>();
      for (const [name, options] of [...active]) {
        if (!meets(name, options, request)) continue;
        met.set(name, options);
        if (typeof options.times !== 'number') continue;
        if (options.times <= 1) active.delete(name);
        else active.set(name, { ...options, times: options.times - 1 });
      }
      return met;
    },
  };
}

function isOptions(value: unknown): value is FaultOptions {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function numberOption(options: FaultOptions, name: string, fallback: number): number {
  const value = options[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

export function textOption(options: FaultOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
