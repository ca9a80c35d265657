import * as v from 'valibot';
import { AppError } from '../../domain/errors.ts';
import { stringifyOwn } from '../../domain/json.ts';
import { type Collection, collections, type RecordOf } from '../../domain/records.ts';

/** A record with its JSON text, made once: a commit only joins the texts of what it keeps. */
export interface Entry {
  collection: Collection;
  id: string;
  record: unknown;
  text: string;
}

/**
 * The record as its schema lets it through: a copy of its own, frozen, so that nobody changes what
 * the store holds. Throws ValiError.
 */
export function entryOf(collection: Collection, value: unknown): Entry {
  const record = v.parse(collections[collection].schema, value);
  return { collection, id: record.id, record: frozen(record), text: stringifyOwn(record) };
}

/** As `entryOf`, for what the engine puts: a record that could not be read back is its fault. */
export function checkedEntryOf(collection: Collection, value: unknown): Entry {
  try {
    return entryOf(collection, value);
  } catch (cause) {
    throw new AppError('internal', { facts: { collection }, cause });
  }
}

/** Every entry was made by `entryOf` with the schema of its collection. */
export function holds<C extends Collection>(
  entry: Entry,
  collection: C,
): entry is Entry & { record: RecordOf<C> } {
  return entry.collection === collection;
}

export const isCollection = (name: string): name is Collection => Object.hasOwn(collections, name);

export const collectionsAt = (home: 'hot' | 'document' | 'append'): Collection[] =>
  Object.keys(collections)
    .filter(isCollection)
    .filter((name) => collections[name].home === home);

function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
