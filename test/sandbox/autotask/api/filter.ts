import { isObject, type Json, type JsonObject, NumberText } from '../../json.ts';
import type { Row, Value } from '../row.ts';
import type { Entity, Field } from '../schema/entity.ts';
import { compareValues, isListed, readCompared } from './compare.ts';

/** "A query can have at most 500 OR conditions"; the values of a list count (help: REST, basic query calls). */
const OR_BRANCHES_MAX = 500;
const DEPTH_MAX = 20;

export type Test = (read: (row: Row, field: string) => Value, row: Row) => boolean;
export type Compiled = { status: 'ok'; test: Test } | { status: 'failed'; error: string };

class FilterError extends Error {}

/** The filter language of the REST API as a test of rows, or the words of its refusal. */
export function compileFilter(entity: Entity, filter: Json | undefined): Compiled {
  if (!Array.isArray(filter) || filter.length === 0)
    return { status: 'failed', error: 'The filter of the query is missing or empty.' };
  const counts = { or: 0, udf: 0 };
  try {
    const tests = filter.map((part) => condition(entity, part, { counts, depth: 0 }));
    if (counts.or > OR_BRANCHES_MAX)
      throw new FilterError(`A query can have at most ${OR_BRANCHES_MAX} OR conditions.`);
    // "Only one user-defined field can be queried at a time" (help: REST, basic query calls).
    if (counts.udf > 1)
      throw new FilterError('A query can contain only one user-defined field at a time.');
    return { status: 'ok', test: (read, row) => tests.every((test) => test(read, row)) };
  } catch (error) {
    if (error instanceof FilterError) return { status: 'failed', error: error.message };
    throw error;
  }
}

interface Within {
  counts: { or: number; udf: number };
  depth: number;
}

function condition(entity: Entity, part: Json, within: Within): Test {
  if (!isObject(part)) throw new FilterError('A filter condition is not an object.');
  if (within.depth > DEPTH_MAX) throw new FilterError('The filter is nested too deeply.');
  const op = memberOf(part, 'op');
  if (typeof op !== 'string') throw new FilterError('A filter condition has no op.');
  const name = op.toLowerCase();
  if (name === 'and' || name === 'or') return group(entity, part, { ...within, name });
  return single(entity, part, { ...within, op: name });
}

function group(entity: Entity, part: JsonObject, within: Within & { name: 'and' | 'or' }): Test {
  const items = memberOf(part, 'items');
  if (!Array.isArray(items) || items.length === 0)
    throw new FilterError(`The ${within.name} group has no items.`);
  if (within.name === 'or') within.counts.or += items.length;
  const tests = items.map((item) =>
    condition(entity, item, { counts: within.counts, depth: within.depth + 1 }),
  );
  return within.name === 'and'
    ? (read, row) => tests.every((test) => test(read, row))
    : (read, row) => tests.some((test) => test(read, row));
}

function single(entity: Entity, part: JsonObject, within: Within & { op: string }): Test {
  const name = memberOf(part, 'field');
  if (typeof name !== 'string') throw new FilterError('A filter condition has no field.');
  const { op, counts } = within;
  const value = memberOf(part, 'value');
  if (memberOf(part, 'udf') === true) {
    counts.udf += 1;
    const known = entity.udfs.find((udf) => udf.toLowerCase() === name.toLowerCase());
    if (known === undefined)
      throw new FilterError(`Unable to find ${name} in the ${entity.model} Entity.`);
    const test = comparison(op, { type: 'string', value, counts });
    return (_read, row) => test(row.udfs[known] ?? null);
  }
  const field = fieldOf(entity, name);
  if (!field) throw new FilterError(`Unable to find ${name} in the ${entity.model} Entity.`);
  if (!field.isQueryable) throw new FilterError(`The field ${field.name} cannot be queried.`);
  const test = comparison(op, { type: field.type, value, counts });
  return (read, row) => test(read(row, field.name));
}

function comparison(
  op: string,
  of: { type: Field['type']; value: Json | undefined; counts: { or: number } },
): (value: Value) => boolean {
  const { type, value: raw, counts } = of;
  if (op === 'exist') return (value) => value !== null && value !== '';
  if (op === 'notexist') return (value) => value === null || value === '';
  if (op === 'in' || op === 'notin') {
    if (!Array.isArray(raw)) throw new FilterError(`The operator ${op} needs a list of values.`);
    counts.or += raw.length;
    const list = raw.map((one) => readCompared(type, one));
    return op === 'in' ? (value) => isListed(list, value) : (value) => !isListed(list, value);
  }
  if (raw === undefined) throw new FilterError(`The operator ${op} needs a value.`);
  const wanted = readCompared(type, raw);
  const textual = TEXT_OPERATORS[op];
  if (textual) {
    const text = typeof raw === 'string' || raw instanceof NumberText ? plain(raw) : undefined;
    if (text === undefined) throw new FilterError(`The operator ${op} needs a text.`);
    return (value) => typeof value === 'string' && textual(value.toLowerCase(), text);
  }
  const ordered = ORDER_OPERATORS[op];
  if (!ordered) throw new FilterError(`The operator ${op} is not known.`);
  return (value) => ordered(compareValues(value, wanted));
}

const plain = (raw: string | NumberText): string =>
  (typeof raw === 'string' ? raw : raw.text).toLowerCase();

const TEXT_OPERATORS: Record<string, (value: string, text: string) => boolean> = {
  beginswith: (value, text) => value.startsWith(text),
  endswith: (value, text) => value.endsWith(text),
  contains: (value, text) => value.includes(text),
};

/** `undefined` is the order of what cannot be compared: nothing equals it, as null in SQL. */
const ORDER_OPERATORS: Record<string, (order: number | undefined) => boolean> = {
  eq: (order) => order === 0,
  noteq: (order) => order !== 0,
  gt: (order) => order !== undefined && order > 0,
  gte: (order) => order !== undefined && order >= 0,
  lt: (order) => order !== undefined && order < 0,
  lte: (order) => order !== undefined && order <= 0,
};

/** Names are the same in any case (the vendor's server reads JSON so). */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const found = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : object[found];
}

export function fieldOf(entity: Entity, name: string): Field | undefined {
  const exact = entity.fields.get(name);
  if (exact) return exact;
  const lower = name.toLowerCase();
  return [...entity.fields.values()].find((field) => field.name.toLowerCase() === lower);
}
