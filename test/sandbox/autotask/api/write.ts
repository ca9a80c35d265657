import { isObject, type JsonObject, parseJson } from '../../json.ts';
import type { Row } from '../row.ts';
import type { Outcome, Work } from '../rules/work.ts';
import { changeRow, createRow, removeRow } from '../rules/write.ts';
import type { Entity } from '../schema/entity.ts';
import { type Answer, ok, refused } from './answer.ts';
import type { Call } from './call.ts';

type At = { entity: Entity; parentId?: number | undefined };

/** POST, PATCH and PUT on a collection. The answer is `{itemId}` alone: read the record back (help: REST, creating data). */
export function write(call: Call, at: At): Answer {
  const body = bodyOf(call.body);
  if (!body) return refused('The request body is not a JSON object.');
  const work = workOf(call);
  if (call.method === 'POST') return answered(createRow(work, { ...at, body }));
  const mode = call.method === 'PUT' ? 'put' : 'patch';
  return answered(changeRow(work, { ...at, body, mode }));
}

/** DELETE of one record; a refusal is a 500 too. */
export function remove(call: Call, at: At & { id: number }): Answer {
  return answered(removeRow(workOf(call), at));
}

function answered(outcome: Outcome<Row>): Answer {
  return outcome.status === 'ok' ? ok({ itemId: outcome.value.id }) : refused(...outcome.errors);
}

/** With impersonation the resource stands as creator and the API user as impersonator (help: REST, resource impersonation). */
function workOf({ world, user, impersonatedId, hidesCosts }: Call): Work {
  return {
    world,
    actor: `api:${user.userName}`,
    resourceId: impersonatedId ?? user.resourceId,
    impersonatorId: impersonatedId === undefined ? undefined : user.resourceId,
    hidesCosts,
  };
}

function bodyOf(text: string): JsonObject | undefined {
  try {
    const body = parseJson(text);
    return isObject(body) ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
