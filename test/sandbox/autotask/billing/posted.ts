import type { Decimal } from '../../decimal.ts';

export interface PostedPeriod {
  /** The day of Approve & Post. */
  on: string;
  /** What was posted of it so far. */
  amount: Decimal;
}

/** Periods of services that were approved and posted; no entity of the API holds them. */
export interface PostedPeriods {
  get(period: PostedKey): PostedPeriod | undefined;
  set(period: PostedKey, posted: PostedPeriod): void;
}

export interface PostedKey {
  /** `ContractServices` or `ContractServiceBundles`. */
  lines: string;
  lineId: number;
  start: string;
}

export function createPostedPeriods(): PostedPeriods {
  const posted = new Map<string, PostedPeriod>();
  const keyOf = ({ lines, lineId, start }: PostedKey) => `${lines} ${lineId} ${start}`;
  return {
    get: (period) => posted.get(keyOf(period)),
    set: (period, one) => {
      posted.set(keyOf(period), one);
    },
  };
}
