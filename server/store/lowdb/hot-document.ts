import * as v from 'valibot';
import type { TenantId } from '../../domain/ids.ts';
import { parseOwn } from '../../domain/json.ts';
import { collections } from '../../domain/records.ts';
import type { Codec } from './durable-json.ts';
import { collectionsAt, entryOf, isCollection } from './entry.ts';
import { type OutboxItem, outboxItemOf, outboxSchema, outboxText } from './outbox.ts';
import { type Layer, Table, View } from './table.ts';
import { listed } from './text.ts';
import { unsealed } from './versions.ts';

/** What one rename commits: the hot records, the outbox, and how far the other files surely are. */
export interface HotDocument {
  tenant: TenantId;
  /** The last number given to an item of the outbox. */
  sequence: number;
  logSequence: number;
  /** By file name: bytes of a growing file, or the last item in a collection's document. */
  marks: Record<string, number>;
  outbox: OutboxItem[];
  table: Table;
  /** Set while its flush is under way; it counts for the text and not for readers. */
  staged: Staged | null;
  hotBytes: number;
}

export interface Staged {
  layer: Layer;
  items: readonly OutboxItem[];
  sequence: number;
  logSequence: number;
}

export const emptyHotDocument = (tenant: TenantId): HotDocument => ({
  tenant,
  sequence: 0,
  logSequence: 0,
  marks: {},
  outbox: [],
  table: new Table(),
  staged: null,
  hotBytes: 0,
});

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const storedSchema = v.object({
  tenant: v.string(),
  sequence: count,
  logSequence: count,
  marks: v.record(v.string(), count),
  records: v.record(v.string(), v.array(v.unknown())),
  outbox: outboxSchema,
});

export const hotCodec = (tenant: TenantId, file: string): Codec<HotDocument> => ({
  parse(text) {
    const stored = v.parse(storedSchema, unsealed({ kind: 'hot', file, text, parse: parseOwn }));
    if (stored.tenant !== tenant) throw new TypeError('another tenant');
    const { sequence, logSequence, marks, records } = stored;
    const outbox = stored.outbox.map(outboxItemOf);
    const document = { ...emptyHotDocument(tenant), sequence, logSequence, marks, outbox };
    for (const [name, values] of Object.entries(records)) {
      if (!isCollection(name) || collections[name].home !== 'hot')
        throw new TypeError('unknown collection');
      for (const value of values) {
        const entry = entryOf(name, value);
        document.table.put(entry);
        document.hotBytes += entry.text.length;
      }
    }
    return document;
  },
  format: hotText,
});

const hotCollections = collectionsAt('hot');

/** Joins the texts that the records already have: nothing is serialised twice. */
function hotText({ tenant, table, staged, outbox, marks, ...document }: HotDocument): string[] {
  const view = new View(table, staged === null ? [] : [staged.layer]);
  const records: string[] = [];
  for (const name of hotCollections) {
    const texts = Array.from(view.entries(name), ({ text }) => text);
    if (texts.length === 0) continue;
    records.push(`${records.length === 0 ? '' : ',\n'}"${name}":[`);
    for (const text of listed(texts)) records.push(text);
    records.push(']');
  }
  const { sequence, logSequence } = staged ?? document;
  const head = JSON.stringify({ tenant, sequence, logSequence, marks });
  const items = [...outbox, ...(staged?.items ?? [])].map(outboxText);
  return [`${head.slice(0, -1)},"records":{`, ...records, '},"outbox":[', ...listed(items), ']}'];
}
