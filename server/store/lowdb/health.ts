import type { TenantId } from '../../domain/ids.ts';
import type { Logger } from '../../domain/ports/machine.ts';
import type { StoreHealth } from '../../domain/ports/store.ts';
import { commitAdvisedMs, commitsMeasuredMax, hotRecordsAdvised } from './limits.ts';
import type { Refusal } from './stop.ts';

export interface Commit {
  tenant: TenantId;
  tookMs: number;
  hotRecords: number;
  hotBytes: number;
}

/** What the store knows of its own load: the last commits, and the largest hot document. */
export class Measure {
  /** Said before everything else, such as a start from a previous generation. */
  warning: string | null = null;
  #refuses: Refusal | null = null;
  readonly #logger: Logger | null;
  readonly #tookMs: number[] = [];
  readonly #sizes = new Map<TenantId, Pick<Commit, 'hotRecords' | 'hotBytes'>>();

  constructor(logger: Logger | null) {
    this.#logger = logger;
  }

  /** The operator hears of it once, and once more when it is over. */
  refused(code: Refusal): void {
    if (this.#refuses !== code) this.#logger?.error('store.refuses', { code });
    this.#refuses = code;
  }

  commit({ tenant, tookMs, hotRecords, hotBytes }: Commit): void {
    if (this.#refuses !== null) this.#logger?.info('store.takes-again');
    this.#refuses = null;
    this.#tookMs.push(tookMs);
    if (this.#tookMs.length > commitsMeasuredMax) this.#tookMs.shift();
    this.#sizes.set(tenant, { hotRecords, hotBytes });
  }

  forget(tenant: TenantId): void {
    this.#sizes.delete(tenant);
  }

  health(): StoreHealth {
    const sorted = this.#tookMs.toSorted((a, b) => a - b);
    const commitMsP95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const sizes = [...this.#sizes.values()];
    const hotRecords = Math.max(0, ...sizes.map((size) => size.hotRecords));
    const hotBytes = Math.max(0, ...sizes.map((size) => size.hotBytes));
    const isPast = hotRecords > hotRecordsAdvised || commitMsP95 > commitAdvisedMs;
    return {
      commitMsP95,
      hotRecords,
      hotBytes,
      advice: this.warning ?? (isPast ? advice : null),
      refuses: this.#refuses,
    };
  }
}

const advice =
  'The store is past what it is made for (500 open records of one reseller, or 5 ms a commit). Nothing is lost, but all goes more slowly: give it a faster disk, and new resellers an app and a folder of their own.';
