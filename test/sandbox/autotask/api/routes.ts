import { rowOf, rowsOf } from '../read.ts';
import { wholeOf } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { childOf, entityOfPath } from '../schema/index.ts';
import { type Answer, notAllowed, notFound, ok } from './answer.ts';
import type { Call, Handler } from './call.ts';
import { entityInformation, fieldInformation, udfInformation } from './metadata.ts';
import { pageOf } from './paging.ts';
import { count, query } from './query.ts';
import { rendered } from './render.ts';
import { thresholdInformation } from './threshold.ts';

export interface Route {
  /** The object endpoint that the thread limit counts. */
  endpoint: string;
  handle: Handler;
}

/** What an address below `/ATServicesRest/V1.0` names; names are the same in any case. */
export function routeOf(method: string, parts: readonly string[]): Route | undefined {
  const [first = '', ...rest] = parts;
  if (first.toLowerCase() === 'thresholdinformation' && rest.length === 0)
    return { endpoint: 'ThresholdInformation', handle: only('GET', method, thresholdInformation) };
  const entity = entityOfPath(first);
  if (!entity) return undefined;
  const handle = ofEntity(method, entity, rest) ?? ofChild(method, entity, rest);
  return handle && { endpoint: entity.name, ...handle };
}

type Found = { handle: Handler; endpoint?: string } | undefined;

function ofEntity(method: string, entity: Entity, rest: readonly string[]): Found {
  const at = (handle: (call: Call, entity: Entity) => Answer): Handler => {
    return (call) => handle(call, entity);
  };
  switch (rest.join('/').toLowerCase()) {
    case 'query':
    case 'query/next':
      return { handle: either(method, at(query)) };
    case 'query/count':
      return { handle: either(method, at(count)) };
    case 'entityinformation':
      return { handle: only('GET', method, at(entityInformation)) };
    case 'entityinformation/fields':
      return { handle: only('GET', method, at(fieldInformation)) };
    case 'entityinformation/userdefinedfields':
      return { handle: only('GET', method, at(udfInformation)) };
    default:
      break;
  }
  const id = idOf(rest[0]);
  if (rest.length !== 1 || id === undefined) return undefined;
  return {
    handle: only('GET', method, (call) => (entity.can.query ? one(call, entity, id) : notFound())),
  };
}

/** `/{Parent}/{id}/{Child}` and `/{Parent}/{id}/{Child}/{childId}`. */
function ofChild(method: string, parent: Entity, rest: readonly string[]): Found {
  const parentId = idOf(rest[0]);
  const child = childOf(parent, rest[1] ?? '');
  if (!child || parentId === undefined || rest.length > 3) return undefined;
  const handle: Handler = (call) => {
    if (!child.can.query) return notFound();
    const belongs = rowsOf(call.world, child).filter(
      (row) => child.parent && wholeOf(row, child.parent.field) === parentId,
    );
    if (rest.length === 2) return list(call, child, belongs);
    const id = idOf(rest[2]);
    const row = belongs.find((one) => one.id === id);
    return ok({ item: row ? shown(call, child, row) : null });
  };
  return { endpoint: child.name, handle: only('GET', method, handle) };
}

/** A missing record is 200 with `item: null`. */
function one(call: Call, entity: Entity, id: number): Answer {
  const row = call.faults.has('rights-empty') ? undefined : rowOf(call.world, entity, id);
  return ok({ item: row ? shown(call, entity, row) : null });
}

function list(call: Call, entity: Entity, rows: readonly Parameters<typeof shown>[2][]): Answer {
  const page = pageOf(call, { entity, rows, recordsMax: 500, search: undefined });
  if (page.status === 'failed') return notFound();
  return ok({
    items: page.rows.map((row) => shown(call, entity, row)),
    pageDetails: { ...page.details, nextPageUrl: null, prevPageUrl: null },
  });
}

const shown = (
  { world, hidesCosts }: Call,
  entity: Entity,
  row: ReturnType<typeof rowsOf>[number],
) => rendered(world, { entity, row, hidesCosts });

const only = (wanted: string, method: string, handle: Handler): Handler =>
  wanted === method ? handle : () => notAllowed(method);

const either = (method: string, handle: Handler): Handler =>
  method === 'GET' || method === 'POST' ? handle : () => notAllowed(method);

export const idOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d{1,12}$/.test(text) ? Number(text) : undefined;
