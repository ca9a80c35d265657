import * as v from 'valibot';
import { parseOwn } from '../../domain/json.ts';
import type { Collection } from '../../domain/records.ts';
import type { Codec } from './durable-json.ts';
import { type Entry, entryOf } from './entry.ts';
import { currentVersion, upgraded } from './versions.ts';

/** All records of one collection, read whole; `applied` is the last item of the outbox in it. */
export interface CollectionDocument {
  applied: number;
  entries: Iterable<Entry>;
}

const storedSchema = v.object({
  version: v.literal(currentVersion),
  collection: v.string(),
  applied: v.number(),
  records: v.array(v.unknown()),
});

export const collectionCodec = (
  collection: Collection,
  file: string,
): Codec<CollectionDocument> => ({
  parse(text) {
    const stored = v.parse(storedSchema, upgraded('document', file, parseOwn(text)));
    if (stored.collection !== collection) throw new TypeError('another collection');
    return {
      applied: stored.applied,
      entries: stored.records.map((record) => entryOf(collection, record)),
    };
  },
  format({ applied, entries }) {
    const head = JSON.stringify({ version: currentVersion, collection, applied });
    const texts = Array.from(entries, ({ text }) => text);
    return `${head.slice(0, -1)},"records":[${texts.join(',\n')}]}`;
  },
});
