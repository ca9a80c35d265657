import { isObject, type Json, parseJson } from '../../json.ts';
import type { Row } from '../row.ts';
import { failed, type Outcome, type Work } from '../rules/work.ts';
import { changeRow, createRow, removeRow } from '../rules/write.ts';
import type { Entity } from '../schema/entity.ts';
import { type Answer, created, gone, ok, refused } from './answer.ts';
import type { Call } from './call.ts';
import { fieldsOfPatch } from './patch.ts';
import { refusal } from './refusal.ts';
import { rendered } from './render.ts';

type At = { entity: Entity; parentId: number | undefined };

/** POST: 201 with the whole record. */
export function create(call: Call, at: At): Answer {
  const body = bodyOf(call);
  if (!isObject(body)) return refused(refusal(400, 'The request body is not a JSON object.'));
  return answered(call, at.entity, { outcome: createRow(workOf(call), { ...at, body }), created });
}

/** PATCH and PUT of one record: 200 with the whole record. */
export function change(call: Call, at: At & { id: number }): Answer {
  const outcome = call.method === 'PUT' ? put(call, at) : patch(call, at);
  return answered(call, at.entity, { outcome, created: ok });
}

function patch(call: Call, at: At & { id: number }): Outcome<Row> {
  const fields = fieldsOfPatch(at.entity, bodyOf(call));
  if (fields.status === 'failed') return fields;
  return changeRow(workOf(call), { ...at, body: fields.value, mode: 'patch' });
}

function put(call: Call, at: At & { id: number }): Outcome<Row> {
  const body = bodyOf(call);
  return isObject(body)
    ? changeRow(workOf(call), { ...at, body, mode: 'put' })
    : failed(refusal(400, 'The request body is not a JSON object.'));
}

export function remove(call: Call, at: At & { id: number }): Answer {
  const outcome = removeRow(workOf(call), at);
  return outcome.status === 'ok' ? gone() : refused(outcome.refusal);
}

function answered(
  { world, hidesCosts }: Call,
  entity: Entity,
  { outcome, created: say }: { outcome: Outcome<Row>; created(body: unknown): Answer },
): Answer {
  return outcome.status === 'ok'
    ? say(rendered(world, { entity, row: outcome.value, hidesCosts }))
    : refused(outcome.refusal);
}

export function workOf({ world, hidesCosts }: Call): Work {
  const { member } = world;
  return { world, actor: `api:${member.identifier}`, memberId: member.memberId, hidesCosts };
}

function bodyOf({ body }: Call): Json | undefined {
  try {
    return parseJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
