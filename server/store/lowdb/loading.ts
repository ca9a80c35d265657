import { addMonths, date, firstOfMonth, instant } from '../../domain/dates.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { type Collection, collections } from '../../domain/records.ts';
import type { MayCut } from './append-file.ts';
import { collectionsAt } from './entry.ts';
import type { HotDocument } from './hot-document.ts';
import { monthsInMemory } from './limits.ts';
import { ActionLog } from './log/action-log.ts';
import { documentName, linkName, monthOf } from './names.ts';
import { restoreFix, StoreStop } from './stop.ts';
import { recordsName, TenantFiles, type TenantFolder } from './tenant-files.ts';

interface LoadingOptions extends TenantFolder {
  document: HotDocument;
  /** The document is its previous generation. */
  isOlder: boolean;
  clock: Clock;
}

/** The files beside a tenant's hot document, read into its table in the order that makes them agree. */
export class Loading {
  readonly files: TenantFiles;
  readonly actionLog: ActionLog;
  readonly usedBackups: string[] = [];
  readonly #options: LoadingOptions;
  readonly #document: HotDocument;
  readonly #revived: Collection[] = [];
  /** By file name, the last item that is in it. */
  readonly #applied = new Map<string, number>();

  constructor(options: LoadingOptions) {
    this.#options = options;
    this.#document = options.document;
    this.files = new TenantFiles(options);
    this.actionLog = new ActionLog(options);
  }

  async documents(): Promise<void> {
    const { marks, table } = this.#document;
    for (const collection of collectionsAt('document')) {
      const mark = marks[documentName(collection)] ?? 0;
      const loaded = await this.files.loadDocument(collection, mark);
      if (loaded.usedBackup) {
        this.usedBackups.push(loaded.path);
        this.#revived.push(collection);
      } else if (loaded.applied < mark) throw olderThanKnown(loaded.path);
      for (const entry of loaded.entries) table.put(entry);
      this.#applied.set(documentName(collection), loaded.applied);
    }
  }

  async records(): Promise<void> {
    const { disk, folder, clock } = this.#options;
    const names = await disk.list(folder);
    const today = date(instant(clock.nowMs()).slice(0, 10));
    const oldest = addMonths(firstOfMonth(today), -monthsInMemory).slice(0, 7);
    const isMissing = (name: string) => !names.includes(name);
    const named = [...names, ...Object.keys(this.#document.marks).filter(isMissing)];
    await this.#records('link', [linkName]);
    for (const collection of collectionsAt('append'))
      await this.#records(
        collection,
        named.filter((name) => (monthOf(collection, name) ?? '') >= oldest),
      );
  }

  async log(): Promise<void> {
    const { disk, folder } = this.#options;
    const names = await disk.list(folder);
    await this.actionLog.load({ names, marks: this.#document.marks, mayCut: this.#mayCut });
  }

  /**
   * What another file already has leaves the outbox. A file ahead of the document proves that a
   * commit is missing: with a confirmed backup the numbers are raised above it, so that the next
   * entry is not taken for one that is already there; otherwise the start stops.
   */
  finish(path: string): void {
    const document = this.#document;
    const ahead = Math.max(0, ...this.#applied.values());
    const isAhead = ahead > document.sequence || this.actionLog.filed > document.logSequence;
    if (isAhead && !this.#options.isOlder) throw behindItsFiles(path);
    document.sequence = Math.max(document.sequence, ahead);
    document.logSequence = Math.max(document.logSequence, this.actionLog.filed);
    document.outbox = document.outbox.filter((item) => {
      if (item.kind === 'log') return item.entry.seq > this.actionLog.filed;
      const collection = item.kind === 'put' ? item.entry.collection : item.collection;
      const isGrowing = item.kind === 'put' && collections[collection].home === 'append';
      const name = isGrowing ? recordsName(item.entry) : documentName(collection);
      return item.n > (this.#applied.get(name) ?? 0);
    });
    for (const item of document.outbox) {
      if (item.kind === 'put') document.table.put(item.entry);
      else if (item.kind === 'remove') document.table.remove(item.collection, item.id);
      else this.actionLog.announce([item.entry]);
    }
  }

  /** Writes a document anew that went back to its previous generation: its file was set aside. */
  async revive(): Promise<void> {
    const { table, marks, sequence } = this.#document;
    for (const collection of this.#revived) {
      const entries = table.of(collection).values();
      await this.files.writeDocument(collection, { applied: sequence, entries });
      marks[documentName(collection)] = sequence;
    }
  }

  get #mayCut(): MayCut {
    return this.#options.isOlder ? 'last-line' : 'tail';
  }

  /** Of several records of one id the one with the highest item number is the record. */
  async #records(collection: Collection, names: readonly string[]): Promise<void> {
    const newest = new Map<string, number>();
    for (const name of names) {
      const { applied } = await this.files.loadRecords({
        name,
        collection,
        sureBytes: this.#document.marks[name] ?? 0,
        mayCut: this.#mayCut,
        accept: (n, entry) => {
          if (n < (newest.get(entry.id) ?? 0)) return;
          newest.set(entry.id, n);
          this.#document.table.put(entry);
        },
      });
      this.#applied.set(name, applied);
    }
  }
}

const olderThanKnown = (file: string): StoreStop =>
  new StoreStop({
    reason: 'damaged',
    file,
    problem: 'is an older state than the one last stored',
    fix: restoreFix,
  });

const behindItsFiles = (file: string): StoreStop =>
  new StoreStop({
    reason: 'damaged',
    file,
    problem: 'is an older state than the files beside it: a commit is missing',
    fix: restoreFix,
  });
