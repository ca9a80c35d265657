import type { Reader } from '../../domain/ports/store.ts';
import type { Collection, RecordOf } from '../../domain/records.ts';
import { type Entry, holds } from './entry.ts';

/** What is durable: the records of a tenant in memory. */
export class Table {
  readonly #entries = new Map<Collection, Map<string, Entry>>();

  lookup(collection: Collection, id: string): Entry | undefined {
    return this.#entries.get(collection)?.get(id);
  }
  put(entry: Entry): void {
    mapIn(this.#entries, entry.collection).set(entry.id, entry);
  }
  remove(collection: Collection, id: string): void {
    this.#entries.get(collection)?.delete(id);
  }
  of(collection: Collection): ReadonlyMap<string, Entry> {
    return this.#entries.get(collection) ?? new Map();
  }
  apply(layer: Layer): void {
    for (const change of layer.changes())
      if (change.entry === null) this.remove(change.collection, change.id);
      else this.put(change.entry);
  }
}

export interface Change {
  collection: Collection;
  id: string;
  /** Null removes. */
  entry: Entry | null;
}

/** What is not durable yet. A failed write only forgets its layer; nothing has to be taken back. */
export class Layer {
  readonly #changes = new Map<Collection, Map<string, Change>>();

  set(change: Change): void {
    mapIn(this.#changes, change.collection).set(change.id, change);
  }
  absorb(layer: Layer): void {
    for (const change of layer.changes()) this.set(change);
  }
  of(collection: Collection): ReadonlyMap<string, Change> | null {
    return this.#changes.get(collection) ?? null;
  }
  *changes(): Generator<Change> {
    for (const changes of this.#changes.values()) yield* changes.values();
  }
}

/** The table as it will be once the layers, older first, are durable. */
export class View implements Reader {
  readonly #table: Table;
  readonly #layers: readonly Layer[];

  constructor(table: Table, layers: readonly Layer[] = []) {
    this.#table = table;
    this.#layers = layers;
  }

  lookup(collection: Collection, id: string): Entry | null {
    for (let depth = this.#layers.length - 1; depth >= 0; depth -= 1) {
      const change = this.#layers[depth]?.of(collection)?.get(id);
      if (change !== undefined) return change.entry;
    }
    return this.#table.lookup(collection, id) ?? null;
  }

  *entries(collection: Collection): Generator<Entry> {
    const base = this.#table.of(collection);
    const changed = this.#changesOf(collection);
    for (const entry of base.values()) {
      const change = changed.get(entry.id);
      if (change === undefined) yield entry;
      else if (change.entry !== null) yield change.entry;
    }
    for (const { id, entry } of changed.values()) if (entry !== null && !base.has(id)) yield entry;
  }

  get<C extends Collection>(collection: C, id: string): RecordOf<C> | null {
    const entry = this.lookup(collection, id);
    return entry !== null && holds(entry, collection) ? entry.record : null;
  }

  list<C extends Collection>(collection: C): RecordOf<C>[] {
    const records: RecordOf<C>[] = [];
    for (const entry of this.entries(collection))
      if (holds(entry, collection)) records.push(entry.record);
    return records;
  }

  #changesOf(collection: Collection): ReadonlyMap<string, Change> {
    const found = this.#layers.map((layer) => layer.of(collection)).filter((of) => of !== null);
    const [only] = found;
    if (found.length <= 1) return only ?? new Map();
    return new Map(found.flatMap((changes) => [...changes]));
  }
}

function mapIn<K, V>(maps: Map<K, Map<string, V>>, key: K): Map<string, V> {
  const found = maps.get(key) ?? new Map<string, V>();
  maps.set(key, found);
  return found;
}
