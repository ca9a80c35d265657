import { decimal, isLess } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { rowsOf } from '../read.ts';
import type { Row, Value } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { type Answer, listed, ok, refused } from './answer.ts';
import type { Call } from './call.ts';
import { type Filtered, filtered } from './filter.ts';
import { paged } from './paging.ts';
import { createReader, readerOf } from './paths.ts';
import { notFound, unknownName } from './refusal.ts';
import { rendered } from './render.ts';

/** GET of a list: conditions, orderBy, fields and a page. */
export function list(call: Call, entity: Entity, parentId: number | undefined): Answer {
  const { world, hidesCosts, query } = call;
  const found = select(call, entity, parentId);
  if (found.status === 'failed') return refused(found.refusal);
  const page = paged(call, found.value);
  if (page.status === 'failed') return refused(page.refusal);
  const wanted = query
    .get('fields')
    ?.split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
  const unknown = wanted?.find((path) => !isField(entity, path));
  if (unknown !== undefined) return refused(unknownName(unknown));
  const items = page.rows.map((row) => rendered(world, { entity, row, hidesCosts, wanted }));
  return listed(items, page.link);
}

/** GET of `/count`: `{count}`. */
export function count(call: Call, entity: Entity, parentId: number | undefined): Answer {
  const found = select(call, entity, parentId);
  return found.status === 'failed' ? refused(found.refusal) : ok({ count: found.value.length });
}

function select(call: Call, entity: Entity, parentId: number | undefined): Filtered<Row[]> {
  const { world, hidesCosts, query } = call;
  const { parent } = entity;
  if (parent && parentId !== undefined && !world.tables.get(parent.record, parentId))
    return { status: 'failed', refusal: notFound(`${parent.record} ${parentId}`) };
  const reader = createReader(world, { entity, hidesCosts });
  const rows = rowsOf(world, entity).filter(
    ({ values }) => parentId === undefined || values[parent?.field ?? ''] === parentId,
  );
  const found = filtered(reader, query, rows);
  if (found.status === 'failed') return found;
  return ordered(found.value, query.get('orderBy'), (path) => readerOf(reader, path));
}

/** `orderBy=name desc,id`: each name ascending unless it says otherwise. */
function ordered(
  rows: readonly Row[],
  orderBy: string | null,
  reader: (path: string) => ((row: Row) => readonly Value[]) | undefined,
): Filtered<Row[]> {
  const keys = (orderBy ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [path = '', direction = 'asc'] = part.split(/\s+/);
      return { path, isDown: direction.toLowerCase() === 'desc', read: reader(path) };
    });
  const unknown = keys.find(({ read }) => read === undefined);
  if (unknown) return { status: 'failed', refusal: unknownName(unknown.path) };
  const value = rows.toSorted((a, b) => {
    for (const { read, isDown } of keys) {
      const order = orderOf(read?.(a)[0] ?? null, read?.(b)[0] ?? null);
      if (order !== 0) return isDown ? -order : order;
    }
    return a.id - b.id;
  });
  return { status: 'ok', value };
}

/** What is not set comes first, as null does in the vendor's database. */
function orderOf(a: Value, b: Value): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x && y) return isLess(x, y) ? -1 : isLess(y, x) ? 1 : 0;
  const [left, right] = [String(a ?? '').toLowerCase(), String(b ?? '').toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function numberOf(value: Value) {
  if (value instanceof NumberText) return decimal(value.text);
  return typeof value === 'number' ? decimal(String(value)) : undefined;
}

const isField = (entity: Entity, path: string): boolean => {
  const name = path.split('/')[0] ?? '';
  return name === '_info' || entity.fields.has(name);
};
