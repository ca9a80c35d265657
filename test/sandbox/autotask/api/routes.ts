import { rowOf, rowsOf } from '../read.ts';
import { type Row, wholeOf } from '../row.ts';
import { INVOICES } from '../schema/billing.ts';
import type { Entity } from '../schema/entity.ts';
import { childOf, entityOfPath } from '../schema/index.ts';
import { type Answer, notAllowed, ok } from './answer.ts';
import type { Call, Handler } from './call.ts';
import { INVOICE_FILES } from './invoice-files.ts';
import { entityInformation, fieldInformation, udfInformation } from './metadata.ts';
import { count, query } from './query.ts';
import { rendered } from './render.ts';
import { thresholdInformation } from './threshold.ts';
import { remove, write } from './write.ts';

export interface Route {
  /** The object endpoint that the thread limit counts. */
  endpoint: string;
  handle: Handler;
}

/** Handlers by method. An address without any is a 404; one with others is a 405. */
type Methods = Partial<Record<string, Handler>>;

/** What an address below `/ATServicesRest/V1.0` names; names are the same in any case. */
export function routeOf(method: string, parts: readonly string[]): Route | undefined {
  const [first = '', ...rest] = parts;
  if (first.toLowerCase() === 'thresholdinformation' && rest.length === 0)
    return routed('ThresholdInformation', method, { GET: thresholdInformation });
  const entity = entityOfPath(first);
  if (!entity) return undefined;
  const [second = '', third = ''] = rest;
  const parentId = idOf(second);
  const child = parentId === undefined ? undefined : childOf(entity, third);
  if (child && parentId !== undefined)
    return routed(child.name, method, childMethods(child, parentId, rest.slice(2)));
  return routed(entity.name, method, rootMethods(entity, rest));
}

function routed(endpoint: string, method: string, methods: Methods): Route | undefined {
  if (Object.keys(methods).length === 0) return undefined;
  return { endpoint, handle: methods[method] ?? (() => notAllowed(method)) };
}

function rootMethods(entity: Entity, rest: readonly string[]): Methods {
  const at =
    (handle: (call: Call, entity: Entity) => Answer): Handler =>
    (call) =>
      handle(call, entity);
  switch (rest.join('/').toLowerCase()) {
    case '':
      return writing(entity, undefined);
    case 'query':
    case 'query/next':
      return entity.can.query ? { GET: at(query), POST: at(query) } : {};
    case 'query/count':
      return entity.can.query ? { GET: at(count), POST: at(count) } : {};
    case 'entityinformation':
      return { GET: at(entityInformation) };
    case 'entityinformation/fields':
      return { GET: at(fieldInformation) };
    case 'entityinformation/userdefinedfields':
      return { GET: at(udfInformation) };
    default:
      break;
  }
  const id = idOf(rest[0]);
  if (id === undefined) return {};
  const file = entity === INVOICES && rest.length === 2 ? rest[1]?.toLowerCase() : undefined;
  const fileOf = file === undefined ? undefined : INVOICE_FILES[file];
  if (fileOf) return { GET: fileOf(id) };
  if (rest.length !== 1) return {};
  return {
    ...(entity.can.query ? { GET: (call: Call) => one(call, entity, id) } : {}),
    ...(entity.can.delete && !entity.parent
      ? { DELETE: (call: Call) => remove(call, { entity, id }) }
      : {}),
  };
}

/**
 * `/{Parent}/{id}/{Child}` and `/{Parent}/{id}/{Child}/{childId}`: children are created, changed and deleted here only, and
 * queried at root (help: Finding resource and child access URLs).
 */
function childMethods(child: Entity, parentId: number, rest: readonly string[]): Methods {
  if (rest.length === 0)
    return {
      ...(child.can.query ? { GET: (call: Call) => list(call, child, parentId) } : {}),
      ...writing(child, parentId),
    };
  const id = idOf(rest[0]);
  if (rest.length !== 1 || id === undefined) return {};
  return {
    ...(child.can.query ? { GET: (call: Call) => one(call, child, id, parentId) } : {}),
    ...(child.can.delete
      ? { DELETE: (call: Call) => remove(call, { entity: child, id, parentId }) }
      : {}),
  };
}

function writing(entity: Entity, parentId: number | undefined): Methods {
  const handle: Handler = (call) => write(call, { entity, parentId });
  const isHere = entity.parent === undefined || parentId !== undefined;
  return {
    ...(entity.can.create && (isHere || entity.isCreatedAtRoot) ? { POST: handle } : {}),
    ...(entity.can.update && isHere ? { PATCH: handle, PUT: handle } : {}),
  };
}

/** A missing record is 200 with `item: null`. */
function one(call: Call, entity: Entity, id: number, parentId?: number): Answer {
  const row = call.faults.has('rights-empty') ? undefined : rowOf(call.world, entity, id);
  const isHere = row !== undefined && isBelow(entity, row, parentId);
  return ok({ item: isHere ? shown(call, entity, row) : null });
}

function list(call: Call, entity: Entity, parentId: number): Answer {
  const all = call.faults.has('rights-empty') ? [] : rowsOf(call.world, entity);
  const items = all
    .filter((row) => isBelow(entity, row, parentId))
    .map((row) => shown(call, entity, row));
  const pageDetails = {
    count: items.length,
    requestCount: items.length,
    prevPageUrl: null,
    nextPageUrl: null,
  };
  return ok({ items, pageDetails });
}

const isBelow = ({ parent }: Entity, row: Row, parentId: number | undefined): boolean =>
  parentId === undefined || (parent !== undefined && wholeOf(row, parent.field) === parentId);

const shown = ({ world, hidesCosts }: Call, entity: Entity, row: Row) =>
  rendered(world, { entity, row, hidesCosts });

const idOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d{1,12}$/.test(text) ? Number(text) : undefined;
