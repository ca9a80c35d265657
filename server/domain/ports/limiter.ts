import type { Instant } from '../dates.ts';

export interface Limiter {
  /** Runs the call when the limits allow it; throws `system.limited` or `system.quota` with a time. */
  run(purpose: 'background' | 'person', call: () => Promise<Response>): Promise<Response>;
  view(): {
    minuteRemaining: number | null;
    dayRemaining: number | null;
    blockedUntil: Instant | null;
  };
}
