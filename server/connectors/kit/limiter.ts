import { type Instant, instant } from '../../domain/dates.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Limiter } from '../../domain/ports/limiter.ts';
import type { Clock } from '../../domain/ports/machine.ts';

export interface LimiterRules {
  inFlightMax: number;
  callsPerMinute: number;
  callsPerDay: number;
  /** Calls of the day that only a person may use. */
  dayReserve: number;
  /** A call waits at most this long for its turn; beyond it the time is thrown instead. */
  waitMaxMs: number;
  /** Calls that may wait at once. */
  queueMax: number;
  /** What an answer tells about the limits; null where it does not. */
  learn(response: Response): Learned;
}
export interface Learned {
  minuteRemaining: number | null;
  dayRemaining: number | null;
  /** Set when the call was refused by a limit. */
  refused: { limit: 'minute' | 'day'; waitMs: number } | null;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** The system's day may end before ours: after this long without a call, one is let through to see. */
const probeMs = 60 * minuteMs;
type Purpose = 'background' | 'person';
type Window = { endsMs: number; left: number };
type Wait = { untilMs: number; code: 'system.limited' | 'system.quota' };

/**
 * Keeps one connection inside its vendor's limits: calls at once, a fixed window of a minute, and a
 * day's budget with a reserve for people, all corrected by what the answers say. Throws
 * `system.limited` or `system.quota` with `retry: later(at)` instead of waiting long.
 */
export function createLimiter(options: { clock: Clock; rules: LimiterRules }): Limiter {
  return new ConnectionLimiter(options.clock, options.rules);
}

class ConnectionLimiter implements Limiter {
  readonly #clock: Clock;
  readonly #rules: LimiterRules;
  readonly #queue: { purpose: Purpose; go: () => void }[] = [];
  #inFlight = 0;
  #minute: Window = { endsMs: 0, left: 0 };
  #day: Window = { endsMs: 0, left: 0 };
  #blocked: Wait | null = null;
  #lastCallMs = 0;

  constructor(clock: Clock, rules: LimiterRules) {
    this.#clock = clock;
    this.#rules = rules;
  }

  async run(purpose: Purpose, call: () => Promise<Response>): Promise<Response> {
    await this.#place(purpose);
    try {
      const response = await call();
      this.#correct(this.#rules.learn(response));
      return response;
    } finally {
      this.#inFlight -= 1;
      this.#next()?.go();
    }
  }

  view(): {
    minuteRemaining: number | null;
    dayRemaining: number | null;
    blockedUntil: Instant | null;
  } {
    const nowMs = this.#clock.nowMs();
    const left = (window: Window) => (window.endsMs > nowMs ? window.left : null);
    const until =
      this.#blocked !== null && this.#blocked.untilMs > nowMs ? this.#blocked.untilMs : null;
    return {
      minuteRemaining: left(this.#minute),
      dayRemaining: left(this.#day),
      blockedUntil: until === null ? null : instant(until),
    };
  }

  /** Resolves when the call may start; its place in every window is then taken. */
  async #place(purpose: Purpose): Promise<void> {
    const giveUpMs = this.#clock.nowMs() + this.#rules.waitMaxMs;
    for (;;) {
      const wait = this.#wait(purpose);
      if (wait !== null && wait.untilMs > giveUpMs) {
        this.#next()?.go();
        throw new AppError(wait.code, { retry: retryLater(instant(wait.untilMs)) });
      }
      if (wait !== null) await this.#clock.waitUntil(wait.untilMs);
      else if (this.#inFlight >= this.#rules.inFlightMax) await this.#turn(purpose);
      else break;
    }
    this.#inFlight += 1;
    this.#minute.left -= 1;
    this.#day.left -= 1;
    this.#lastCallMs = this.#clock.nowMs();
  }

  #wait(purpose: Purpose): Wait | null {
    const nowMs = this.#clock.nowMs();
    const { callsPerMinute, callsPerDay, dayReserve } = this.#rules;
    this.#minute = current(this.#minute, nowMs, minuteMs, callsPerMinute);
    this.#day = current(this.#day, nowMs, dayMs, callsPerDay);
    if (this.#blocked !== null && this.#blocked.untilMs > nowMs) return this.#blocked;
    const daySpent = this.#day.left <= (purpose === 'person' ? 0 : dayReserve);
    const seeAgainMs = Math.min(this.#day.endsMs, this.#lastCallMs + probeMs);
    if (daySpent && seeAgainMs > nowMs) return { untilMs: seeAgainMs, code: 'system.quota' };
    if (this.#minute.left <= 0) return { untilMs: this.#minute.endsMs, code: 'system.limited' };
    return null;
  }

  #turn(purpose: Purpose): Promise<void> {
    if (this.#queue.length >= this.#rules.queueMax)
      throw new AppError('system.limited', {
        retry: retryLater(instant(this.#clock.nowMs() + minuteMs)),
      });
    return new Promise((go) => this.#queue.push({ purpose, go }));
  }

  /** People first, otherwise in the order of asking. */
  #next(): { go: () => void } | undefined {
    const person = this.#queue.findIndex((waiting) => waiting.purpose === 'person');
    return this.#queue.splice(Math.max(person, 0), 1)[0];
  }

  /** The system counts too: what it says replaces our count, less the calls still on their way. */
  #correct({ minuteRemaining, dayRemaining, refused }: Learned): void {
    const others = this.#inFlight - 1;
    if (minuteRemaining !== null)
      this.#minute.left = Math.min(this.#minute.left, minuteRemaining - others);
    if (dayRemaining !== null) this.#day.left = dayRemaining - others;
    if (refused === null) return;
    const nowMs = this.#clock.nowMs();
    const untilMs = nowMs + refused.waitMs;
    // The system told when its day ends: after it a whole day is there, not one call to see.
    if (refused.limit === 'day') this.#day = { endsMs: Math.min(untilMs, nowMs + dayMs), left: 0 };
    this.#blocked = { untilMs, code: refused.limit === 'day' ? 'system.quota' : 'system.limited' };
  }
}

// A clock that was set back must not leave a window that ends in a far future.
const current = (window: Window, nowMs: number, lengthMs: number, calls: number): Window =>
  window.endsMs > nowMs && window.endsMs <= nowMs + lengthMs
    ? window
    : { endsMs: nowMs + lengthMs, left: calls };
