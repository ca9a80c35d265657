const MINUTE_MS = 60_000;

/** Calls of the last sixty seconds; only a fault makes a limit of them. */
export interface Limits {
  /** Counts one call; false, without counting it, when there were as many already. */
  count(nowMs: number, callsMax: number): boolean;
}

export function createLimits(): Limits {
  let calls: number[] = [];
  return {
    count: (nowMs, callsMax) => {
      calls = calls.filter((ms) => ms > nowMs - MINUTE_MS);
      if (calls.length >= callsMax) return false;
      calls.push(nowMs);
      return true;
    },
  };
}
