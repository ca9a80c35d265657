import * as v from 'valibot';
import { parseOwn } from '../../domain/json.ts';
import type { Collection } from '../../domain/records.ts';
import type { Codec } from './durable-json.ts';
import { type Entry, entryOf } from './entry.ts';
import { listed } from './text.ts';
import { unsealed } from './versions.ts';

/** All records of one collection, read whole; `applied` is the last item of the outbox in it. */
export interface CollectionDocument {
  applied: number;
  entries: Iterable<Entry>;
}

const storedSchema = v.object({
  collection: v.string(),
  applied: v.number(),
  records: v.array(v.unknown()),
});

export const collectionCodec = (
  collection: Collection,
  file: string,
): Codec<CollectionDocument> => ({
  parse(text) {
    const stored = v.parse(
      storedSchema,
      unsealed({ kind: 'document', file, text, parse: parseOwn }),
    );
    if (stored.collection !== collection) throw new TypeError('another collection');
    return {
      applied: stored.applied,
      entries: stored.records.map((record) => entryOf(collection, record)),
    };
  },
  format({ applied, entries }) {
    const head = JSON.stringify({ collection, applied });
    const texts = Array.from(entries, ({ text }) => text);
    return [`${head.slice(0, -1)},"records":[`, ...listed(texts), ']}'];
  },
});
