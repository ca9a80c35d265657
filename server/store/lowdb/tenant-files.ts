import { Low } from 'lowdb';
import * as v from 'valibot';
import type { CalendarDate } from '../../domain/dates.ts';
import { parseOwn } from '../../domain/json.ts';
import type { Disk } from '../../domain/ports/disk.ts';
import type { Collection } from '../../domain/records.ts';
import { AppendFile, type MayCut } from './append-file.ts';
import { type CollectionDocument, collectionCodec } from './collection-document.ts';
import { DurableFile } from './durable-file.ts';
import { DurableJson } from './durable-json.ts';
import { type Entry, entryOf } from './entry.ts';
import type { Fuse } from './fuse.ts';
import type { IndexShelf } from './log/index-shelf.ts';
import { documentName, linkName, monthName } from './names.ts';
import { unsealed } from './versions.ts';

export interface TenantFolder {
  disk: Disk;
  folder: string;
  fuse: Fuse;
  shelf: IndexShelf;
  logFrom: () => CalendarDate | null;
  acceptBackup: boolean;
}

/** A file that records grow into, and the last item of the outbox that is in it. */
export interface RecordsFile {
  file: AppendFile;
  applied: number;
}

/** The files beside the hot document, opened once each. */
export class TenantFiles {
  readonly #options: TenantFolder;
  readonly #documents = new Map<Collection, Low<CollectionDocument>>();
  readonly #records = new Map<string, RecordsFile>();

  constructor(options: TenantFolder) {
    this.#options = options;
  }

  /** Reads a collection's document; `mark` is the last item that is surely in it. */
  async loadDocument(collection: Collection, mark: number) {
    const name = documentName(collection);
    const file = new DurableFile({ ...this.#options, name });
    const adapter = new DurableJson<CollectionDocument>({
      file,
      codec: collectionCodec(collection, file.path),
      required: mark > 0,
      acceptBackup: this.#options.acceptBackup,
    });
    const document = new Low<CollectionDocument>(adapter, { applied: 0, entries: [] });
    await document.read();
    this.#documents.set(collection, document);
    return { path: file.path, ...document.data, usedBackup: adapter.usedBackup };
  }

  async writeDocument(collection: Collection, data: CollectionDocument): Promise<void> {
    const document = this.#documents.get(collection);
    if (document === undefined) throw new Error('the document was not loaded');
    document.data = data;
    await document.write();
    // The table holds the entries; keeping them here too would keep removed ones alive.
    document.data = { applied: data.applied, entries: [] };
  }

  /** Reads a growing file once; every record goes to `accept` with the number of its item. */
  async loadRecords(options: {
    name: string;
    collection: Collection;
    sureBytes: number;
    mayCut: MayCut;
    accept?: (n: number, entry: Entry) => void;
  }): Promise<RecordsFile> {
    const { name, collection, accept } = options;
    const known = this.#records.get(name);
    if (known !== undefined) return known;
    const file = new AppendFile({ ...this.#options, name, kind: 'records' });
    const records: RecordsFile = { file, applied: 0 };
    await file.load({
      sureBytes: options.sureBytes,
      mayCut: options.mayCut,
      accept: ({ text }) => {
        const { n, record } = v.parse(
          recordLineSchema,
          unsealed({ kind: 'records', file: file.path, text, parse: parseOwn }),
        );
        const entry = accept === undefined ? null : entryOf(collection, record);
        if (n <= records.applied) throw new TypeError('out of sequence');
        records.applied = n;
        if (entry !== null) accept?.(n, entry);
      },
    });
    this.#records.set(name, records);
    return records;
  }
}

export const recordLine = (n: number, entry: Entry): string => `{"n":${n},"record":${entry.text}}`;
const recordLineSchema = v.object({ n: v.pipe(v.number(), v.minValue(1)), record: v.unknown() });

const placedSchema = v.object({ placedOn: v.string() });
/** The file an entry of an `append` collection grows into. */
export function recordsName({ collection, record }: Entry): string {
  if (collection === 'link') return linkName;
  return monthName(collection, v.parse(placedSchema, record).placedOn);
}
