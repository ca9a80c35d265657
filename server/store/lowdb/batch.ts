import { instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import { stringifyOwn } from '../../domain/json.ts';
import type { LogEntry, NewLogEntry } from '../../domain/log-entry.ts';
import { collections } from '../../domain/records.ts';
import type { HotDocument } from './hot-document.ts';
import { hotBytesMax } from './limits.ts';
import type { OutboxItem } from './outbox.ts';
import { Layer, View } from './table.ts';

/** The transactions that one flush makes durable together, in the order they ran. */
export class Batch {
  readonly layer = new Layer();
  readonly items: OutboxItem[] = [];
  sequence: number;
  logSequence: number;
  isEmpty = true;
  hotBytes: number;
  readonly #document: HotDocument;

  constructor(document: HotDocument) {
    this.#document = document;
    this.sequence = document.sequence;
    this.logSequence = document.logSequence;
    this.hotBytes = document.hotBytes;
  }

  /** The view a transaction of this batch starts from; its own changes go to `own`. */
  view(own: Layer): View {
    return new View(this.#document.table, [this.layer, own]);
  }

  /** Takes a finished transaction in. Throws `store.full` and changes nothing where it is too much. */
  add(options: { own: Layer; logs: readonly NewLogEntry[]; nowMs: number }): void {
    const { own, logs, nowMs } = options;
    const hotBytes = this.hotBytes + this.#growth(own);
    if (hotBytes > hotBytesMax && hotBytes > this.hotBytes) throw new AppError('store.full');
    this.hotBytes = hotBytes;
    for (const { collection, id, entry } of own.changes()) {
      this.isEmpty = false;
      this.sequence += 1;
      if (collections[collection].home === 'hot') continue;
      this.items.push(
        entry === null
          ? { kind: 'remove', n: this.sequence, collection, id }
          : { kind: 'put', n: this.sequence, entry },
      );
    }
    this.layer.absorb(own);
    for (const log of logs) this.#log(log, nowMs);
  }

  #log(log: NewLogEntry, nowMs: number): void {
    this.isEmpty = false;
    this.sequence += 1;
    this.logSequence += 1;
    const entry: LogEntry = { seq: this.logSequence, at: instant(nowMs), ...log };
    this.items.push({ kind: 'log', n: this.sequence, entry, line: stringifyOwn(entry) });
  }

  #growth(own: Layer): number {
    const before = new View(this.#document.table, [this.layer]);
    let growth = 0;
    for (const { collection, id, entry } of own.changes())
      if (collections[collection].home === 'hot')
        growth += (entry?.text.length ?? 0) - (before.lookup(collection, id)?.text.length ?? 0);
    return growth;
  }
}
