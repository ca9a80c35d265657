import { isObject, type Json, NumberText, parseJson } from '../../json.ts';
import { rowsOf, valuesOf } from '../read.ts';
import type { Row, Value } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { type Answer, notFound, ok, refused } from './answer.ts';
import type { Call } from './call.ts';
import { compileFilter, fieldOf, memberOf } from './filter.ts';
import { pageOf } from './paging.ts';
import { rendered } from './render.ts';

const RECORDS_MAX = 500;
/** "The URL limit is about 2,100 characters": use POST beyond it (help: REST, basic query calls). */
const SEARCH_LENGTH_MAX = 2_100;

/** POST /{Entity}/query, GET /{Entity}/query?search=, and /next of either, which comes with the same filter. */
export function query(call: Call, entity: Entity): Answer {
  const found = select(call, entity);
  if (found.status === 'failed') return found.answer;
  const { rows, recordsMax, include } = found;
  if (rows.length > RECORDS_MAX && include && !include.has('id'))
    return refused('The field id must be included when a query gives more than 500 records.');
  const page = pageOf(call, { entity, rows, recordsMax, search: found.search });
  if (page.status === 'failed') return refused(page.error);
  const { hidesCosts, world } = call;
  return ok({
    items: page.rows.map((row) => rendered(world, { entity, row, hidesCosts, include })),
    pageDetails: page.details,
  });
}

/** /{Entity}/query/count: `{queryCount}`. */
export function count(call: Call, entity: Entity): Answer {
  const found = select(call, entity);
  return found.status === 'failed' ? found.answer : ok({ queryCount: found.rows.length });
}

type Found =
  | { status: 'failed'; answer: Answer }
  | {
      status: 'ok';
      rows: Row[];
      recordsMax: number;
      include: Set<string> | undefined;
      search: string | undefined;
    };

function select(call: Call, entity: Entity): Found {
  const failed = (answer: Answer): Found => ({ status: 'failed', answer });
  if (!entity.can.query) return failed(notFound());
  const search = call.method === 'GET' ? (searchOf(call.query) ?? '') : undefined;
  if (search !== undefined && search.length > SEARCH_LENGTH_MAX) return failed(notFound());
  const body = parsed(search ?? call.body);
  if (!isObject(body)) return failed(refused('The query is not a JSON object.'));
  const filter = compileFilter(entity, memberOf(body, 'filter'));
  if (filter.status === 'failed') return failed(refused(filter.error));
  const recordsMax = recordsMaxOf(memberOf(body, 'MaxRecords'));
  if (recordsMax === undefined)
    return failed(refused(`MaxRecords must be a number from 1 to ${RECORDS_MAX}.`));
  const include = includeOf(entity, memberOf(body, 'IncludeFields'));
  if (include.status === 'failed') return failed(refused(include.error));
  const { world, hidesCosts } = call;
  const read = reader(world, { entity, hidesCosts });
  const all = call.faults.has('rights-empty') ? [] : rowsOf(world, entity);
  const rows = all.filter((row) => filter.test(read, row));
  return { status: 'ok', rows, recordsMax, include: include.names, search };
}

function searchOf(query: URLSearchParams): string | undefined {
  for (const [key, value] of query) if (key.toLowerCase() === 'search') return value;
  return undefined;
}

/** Fields as the filter sees them: what is derived of a row is made up once, nothing that is not asked for. */
function reader(world: Call['world'], of: { entity: Entity; hidesCosts: boolean }) {
  const { derive } = of.entity.rules;
  let last: { row: Row; values: Record<string, Value> } | undefined;
  return (row: Row, name: string): Value => {
    if (derive === undefined) {
      const field = of.entity.fields.get(name);
      const isHidden = field === undefined || field.isWriteOnly || (field.isCost && of.hidesCosts);
      return isHidden ? null : (row.values[name] ?? null);
    }
    if (last?.row !== row) last = { row, values: valuesOf(world, { ...of, row }).values };
    return last.values[name] ?? null;
  };
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function recordsMaxOf(raw: Json | undefined): number | undefined {
  if (raw === undefined || raw === null) return RECORDS_MAX;
  const number = raw instanceof NumberText ? Number(raw.text) : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number <= RECORDS_MAX ? number : undefined;
}

function includeOf(
  entity: Entity,
  raw: Json | undefined,
): { status: 'ok'; names: Set<string> | undefined } | { status: 'failed'; error: string } {
  if (raw === undefined || raw === null) return { status: 'ok', names: undefined };
  const failed = (error: string) => ({ status: 'failed' as const, error });
  if (!Array.isArray(raw)) return failed('IncludeFields must be a list of field names.');
  const names = new Set<string>();
  for (const one of raw) {
    if (typeof one !== 'string') return failed('IncludeFields must be a list of field names.');
    const name = fieldOf(entity, one)?.name ?? entity.udfs.find((udf) => udf === one);
    if (name === undefined) return failed(`Unable to find ${one} in the ${entity.model} Entity.`);
    names.add(name);
  }
  return { status: 'ok', names: names.size === 0 ? undefined : names };
}
