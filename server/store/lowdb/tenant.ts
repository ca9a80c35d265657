import { AppError, retryLater } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { LogPage, LogQuery, Reader, Transaction } from '../../domain/ports/store.ts';
import { Batch } from './batch.ts';
import { collectionsAt } from './entry.ts';
import type { Fuse } from './fuse.ts';
import type { Measure } from './health.ts';
import {
  outboxBytesMax,
  outboxItemsSmall,
  transactionsPerFlushMax,
  transactionsWaitingMax,
} from './limits.ts';
import type { Lock } from './lock.ts';
import type { LogArchive } from './log/archive.ts';
import type { OpenTenant } from './open-tenant.ts';
import { outboxText } from './outbox.ts';
import { commitError, refusalOf } from './stop.ts';
import { View } from './table.ts';
import { openTransaction } from './transaction.ts';

interface TenantOptions {
  tenant: TenantId;
  opened: OpenTenant;
  clock: Clock;
  fuse: Fuse;
  lock: Lock;
  measure: Measure;
  /** Creates the folder and has the manifest name it; null where that was done. */
  birth: (() => Promise<void>) | null;
}

/** Runs one transaction and tells how to answer its caller; null where that was done already. */
type Job = (batch: Batch) => Promise<{ done(): void; failed(error: unknown): void } | null>;

/** One tenant's queue: transactions run one after another, and those that wait share one flush. */
export class Tenant {
  readonly #options: TenantOptions;
  readonly #waiting: Job[] = [];
  #working: Promise<void> = Promise.resolve();
  #isBusy = false;
  #born: boolean;
  #isStale = false;

  constructor(options: TenantOptions) {
    this.#options = options;
    this.#born = options.birth === null;
  }

  transact<T>(work: (tx: Transaction) => T | Promise<T>): Promise<T> {
    if (this.#waiting.length >= transactionsWaitingMax)
      throw new AppError('store.queue-full', { retry: retryLater() });
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(async (batch) => {
        const { tx, finish, abandon } = openTransaction(batch);
        try {
          const value = await work(tx);
          finish(this.#options.clock.nowMs());
          return { done: () => resolve(value), failed: reject };
        } catch (error) {
          abandon();
          reject(error);
          return null;
        }
      });
      if (this.#isBusy) return;
      this.#isBusy = true;
      this.#working = this.#work();
    });
  }

  reader(): Reader {
    return new View(this.#options.opened.hot.data.table);
  }

  page(query: LogQuery): Promise<LogPage> {
    return this.#options.opened.log.page(query);
  }

  get logArchive(): LogArchive {
    return this.#options.opened.log.archive;
  }

  /** Finishes what was asked before; the store sees to it that nothing new comes. */
  async settle(): Promise<void> {
    await this.#working;
    await this.#options.opened.courier.carry();
  }

  /** Leaves the files so that the next start has nothing to finish. */
  async close(): Promise<void> {
    await this.settle();
    if (this.#isStale) await this.#options.opened.hot.write();
    this.#isStale = false;
  }

  /** Only between two flushes does a transaction start, so none has read what a flush may lose. */
  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = new Batch(this.#options.opened.hot.data);
      const answers: NonNullable<Awaited<ReturnType<Job>>>[] = [];
      for (let count = 0; count < transactionsPerFlushMax; count += 1) {
        const answer = await this.#waiting.shift()?.(batch);
        if (answer === undefined) break;
        if (answer !== null) answers.push(answer);
      }
      try {
        if (!batch.isEmpty) await this.#flush(batch);
        for (const { done } of answers) done();
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal !== null) this.#options.measure.refused(refusal);
        for (const { failed } of answers) failed(commitError(error));
      }
    }
    // In one step with the last look at the queue, so that no one is left waiting in it.
    this.#isBusy = false;
  }

  async #flush(batch: Batch): Promise<void> {
    const { opened, clock, fuse, lock, measure, birth } = this.#options;
    const { hot, courier, log } = opened;
    const startedMs = clock.nowMs();
    fuse.check();
    await lock.verify();
    if (!this.#born) await birth?.();
    this.#born = true;
    await this.#relieve();
    hot.data.staged = batch;
    try {
      await hot.write();
    } finally {
      hot.data.staged = null;
    }
    const { layer, items, sequence, logSequence, hotBytes } = batch;
    hot.data.table.apply(layer);
    Object.assign(hot.data, { sequence, logSequence, hotBytes });
    hot.data.outbox = [...hot.data.outbox, ...items];
    log.announce(items.flatMap((item) => (item.kind === 'log' ? [item.entry] : [])));
    this.#isStale = true;
    measure.commit({
      tenant: this.#options.tenant,
      tookMs: clock.nowMs() - startedMs,
      hotBytes,
      hotRecords: this.#hotRecords(),
    });
    void courier.carry();
  }

  /** An outbox that cannot be carried out must not grow without end inside every commit. */
  async #relieve(): Promise<void> {
    const { hot, courier } = this.#options.opened;
    if (hot.data.outbox.length < outboxItemsSmall) return;
    const bytes = hot.data.outbox.reduce((sum, item) => sum + outboxText(item).length, 0);
    if (bytes <= outboxBytesMax) return;
    await courier.carry();
    if (courier.failure !== null) throw courier.failure;
  }

  #hotRecords(): number {
    const { table } = this.#options.opened.hot.data;
    return hotCollections.reduce((sum, name) => sum + table.of(name).size, 0);
  }
}

const hotCollections = collectionsAt('hot');
