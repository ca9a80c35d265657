import * as v from 'valibot';
import { stringifyOwn } from '../../domain/json.ts';
import { type LogEntry, logEntrySchema } from '../../domain/log-entry.ts';
import type { Collection } from '../../domain/records.ts';
import { type Entry, entryOf, isCollection } from './entry.ts';

/**
 * A change that was committed with the hot document and belongs into another file. `n` rises with
 * every item of the tenant: a file that has reached it does not take it again.
 */
export type OutboxItem =
  | { kind: 'put'; n: number; entry: Entry }
  | { kind: 'remove'; n: number; collection: Collection; id: string }
  | { kind: 'log'; n: number; entry: LogEntry; line: string };

export function outboxText(item: OutboxItem): string {
  switch (item.kind) {
    case 'put':
      return `{"n":${item.n},"put":"${item.entry.collection}","record":${item.entry.text}}`;
    case 'remove':
      return JSON.stringify({ n: item.n, remove: item.collection, id: item.id });
    case 'log':
      return `{"n":${item.n},"log":${item.line}}`;
    default:
      return item satisfies never;
  }
}

const collectionSchema = v.custom<Collection>(
  (name) => typeof name === 'string' && isCollection(name),
);
export const outboxSchema = v.array(
  v.union([
    v.object({ n: v.number(), put: collectionSchema, record: v.unknown() }),
    v.object({ n: v.number(), remove: collectionSchema, id: v.string() }),
    v.object({ n: v.number(), log: logEntrySchema }),
  ]),
);

export function outboxItemOf(stored: v.InferOutput<typeof outboxSchema>[number]): OutboxItem {
  if ('put' in stored)
    return { kind: 'put', n: stored.n, entry: entryOf(stored.put, stored.record) };
  if ('remove' in stored)
    return { kind: 'remove', n: stored.n, collection: stored.remove, id: stored.id };
  return { kind: 'log', n: stored.n, entry: stored.log, line: stringifyOwn(stored.log) };
}
