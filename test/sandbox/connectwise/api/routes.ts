import { rowOf } from '../read.ts';
import type { Row } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { ENTITIES } from '../schema/index.ts';
import type { Right, Verb } from '../schema/rights.ts';
import { type Answer, ok, refused } from './answer.ts';
import type { Call, Handler } from './call.ts';
import { count, list } from './list.ts';
import { notFound } from './refusal.ts';
import { rendered } from './render.ts';
import { SPECIAL_ROUTES } from './special-routes.ts';
import { change, create, remove } from './write.ts';

export interface Route {
  right: Right;
  /** Handlers by method, each with what the role needs for it. */
  methods: Partial<Record<string, { verb: Verb; handle: Handler }>>;
}

/** What an address below `apis/3.0/` names. A slash at its end changes nothing. */
export function routeOf(parts: readonly string[]): Route | undefined {
  const special = SPECIAL_ROUTES.map(({ path, route }) => {
    const ids = idsOf(path, parts);
    return ids && route(ids);
  }).find((route) => route !== undefined);
  if (special) return special;
  for (const entity of ENTITIES)
    for (const path of [entity.path, ...entity.otherPaths]) {
      const found = entityRoute(entity, path, parts);
      if (found) return found;
    }
  return undefined;
}

function entityRoute(entity: Entity, path: string, parts: readonly string[]): Route | undefined {
  const length = path.split('/').length;
  const ids = idsOf(path, parts.slice(0, length));
  if (!ids) return undefined;
  const [parentId] = ids;
  const rest = parts.slice(length);
  const { right, can } = entity;
  if (rest.length === 0)
    return {
      right,
      methods: {
        ...(can.read
          ? { GET: { verb: 'Inquire', handle: (call: Call) => list(call, entity, parentId) } }
          : {}),
        ...(can.create
          ? { POST: { verb: 'Add', handle: (call: Call) => create(call, { entity, parentId }) } }
          : {}),
      },
    };
  if (rest.length !== 1) return undefined;
  if (rest[0] === 'count' && can.read)
    return {
      right,
      methods: {
        GET: { verb: 'Inquire', handle: (call: Call) => count(call, entity, parentId) },
      },
    };
  const id = idOf(rest[0]);
  if (id === undefined) return undefined;
  const at = { entity, parentId, id };
  const editing = { verb: 'Edit' as const, handle: (call: Call) => change(call, at) };
  return {
    right,
    methods: {
      ...(can.read ? { GET: { verb: 'Inquire', handle: (call: Call) => one(call, at) } } : {}),
      ...(can.update ? { PATCH: editing, PUT: editing } : {}),
      ...(can.delete
        ? { DELETE: { verb: 'Delete', handle: (call: Call) => remove(call, at) } }
        : {}),
    },
  };
}

function one(call: Call, at: { entity: Entity; parentId: number | undefined; id: number }): Answer {
  const { world, hidesCosts } = call;
  const { entity, parentId, id } = at;
  const row = rowOf(world, entity, id);
  if (!row || !isBelow(entity, row, parentId)) return refused(notFound(`${entity.name} ${id}`));
  return ok(rendered(world, { entity, row, hidesCosts }));
}

const isBelow = ({ parent }: Entity, row: Row, parentId: number | undefined): boolean =>
  parentId === undefined || (parent !== undefined && row.values[parent.field] === parentId);

/** The ids in an address that has this form; `{parent}` and `{id}` stand for one each. */
function idsOf(path: string, parts: readonly string[]): number[] | undefined {
  const wanted = path.split('/');
  if (wanted.length !== parts.length) return undefined;
  const ids: number[] = [];
  for (const [index, part] of wanted.entries()) {
    const found = parts[index] ?? '';
    if (part.startsWith('{')) {
      const id = idOf(found);
      if (id === undefined) return undefined;
      ids.push(id);
    } else if (part.toLowerCase() !== found.toLowerCase()) return undefined;
  }
  return ids;
}

const idOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
