import type { Collection } from '../../domain/records.ts';
import { collections } from '../../domain/records.ts';
import type { HotDocument } from './hot-document.ts';
import type { ActionLog } from './log/action-log.ts';
import { documentName } from './names.ts';
import type { OutboxItem } from './outbox.ts';
import { recordLine, recordsName, type TenantFiles } from './tenant-files.ts';

type Put = Extract<OutboxItem, { kind: 'put' }>;

/**
 * Carries the outbox of a tenant into its other files, after the commit and beside the next one.
 * An item stays in the outbox until its file has it durably; the next flush then leaves it out.
 */
export class Courier {
  /** Why the last round stopped early; its items wait in the outbox. */
  failure: unknown = null;
  readonly #document: HotDocument;
  readonly #files: TenantFiles;
  readonly #log: ActionLog;
  #round: Promise<void> = Promise.resolve();
  #isBusy = false;

  constructor(options: { document: HotDocument; files: TenantFiles; log: ActionLog }) {
    this.#document = options.document;
    this.#files = options.files;
    this.#log = options.log;
  }

  /** Resolves when the outbox is empty or a file refused; it never rejects, see `failure`. */
  carry(): Promise<void> {
    if (!this.#isBusy) {
      this.#isBusy = true;
      this.#round = this.#rounds();
    }
    return this.#round;
  }

  async #rounds(): Promise<void> {
    this.failure = null;
    while (this.#document.outbox.length > 0 && this.failure === null) {
      const done = new Set<OutboxItem>();
      try {
        await this.#carryAll([...this.#document.outbox], done);
      } catch (error) {
        this.failure = error;
      }
      this.#document.outbox = this.#document.outbox.filter((item) => !done.has(item));
    }
    // In one step with the last look at the outbox, so that nothing is left lying in between.
    this.#isBusy = false;
  }

  async #carryAll(items: readonly OutboxItem[], done: Set<OutboxItem>): Promise<void> {
    const logs = items.filter((item) => item.kind === 'log');
    const grown = Map.groupBy(items.filter(isGrowing), ({ entry }) => recordsName(entry));
    for (const [name, puts] of grown) {
      await this.#appendRecords(name, puts);
      for (const put of puts) done.add(put);
    }
    await this.#appendLog(logs);
    for (const item of logs) done.add(item);
    for (const [collection, changes] of Map.groupBy(items.filter(isInDocument), collectionOf)) {
      await this.#writeDocument(collection);
      for (const change of changes) done.add(change);
    }
  }

  async #appendRecords(name: string, puts: readonly Put[]): Promise<void> {
    const { marks } = this.#document;
    const [first] = puts;
    if (first === undefined) return;
    const records = await this.#files.loadRecords({
      name,
      collection: first.entry.collection,
      sureBytes: marks[name] ?? 0,
      mayCut: 'last-line',
    });
    const fresh = puts.filter(({ n }) => n > records.applied);
    if (fresh.length > 0)
      await records.file.append(fresh.map(({ n, entry }) => recordLine(n, entry)));
    records.applied = fresh.at(-1)?.n ?? records.applied;
    marks[name] = records.file.length;
  }

  async #appendLog(items: readonly Extract<OutboxItem, { kind: 'log' }>[]): Promise<void> {
    if (items.length === 0) return;
    await this.#log.append(items);
    const { mark } = this.#log;
    if (mark === null) return;
    const { marks } = this.#document;
    for (const name of Object.keys(marks)) if (name.startsWith('log-')) delete marks[name];
    marks[mark.name] = mark.bytes;
  }

  async #writeDocument(collection: Collection): Promise<void> {
    const { table, marks, sequence } = this.#document;
    // The table holds exactly what is durable, so all items up to `sequence` are in it.
    const entries = table.of(collection).values();
    await this.#files.writeDocument(collection, { applied: sequence, entries });
    marks[documentName(collection)] = sequence;
  }
}

const isGrowing = (item: OutboxItem): item is Put =>
  item.kind === 'put' && collections[item.entry.collection].home === 'append';

type DocumentItem = Exclude<OutboxItem, { kind: 'log' }>;
const isInDocument = (item: OutboxItem): item is DocumentItem =>
  item.kind !== 'log' && collections[collectionOf(item)].home === 'document';
const collectionOf = (item: DocumentItem): Collection =>
  item.kind === 'put' ? item.entry.collection : item.collection;
