import { isObject, type Json, NumberText } from '../../json.ts';
import { refusal, unknownMember } from '../api/refusal.ts';
import { memberOf, rowsOf } from '../read.ts';
import type { Field } from '../schema/entity.ts';
import { membersOf } from '../schema/fields.ts';
import { entityOf } from '../schema/index.ts';
import { recordOfReference } from '../schema/references.ts';
import type { World } from '../world.ts';
import type { Converted } from './body.ts';
import { invalid } from './work.ts';

/** What finds a record, the first one present: `{id}`, `{identifier}`, `{name}` (vendor guide: PATCH, references). */
const FINDERS = ['id', 'identifier', 'name'] as const;

export function referenceFrom(world: World, field: Field, raw: Json): Converted {
  const reference = field.ref ?? '';
  if (!isObject(raw))
    return {
      status: 'failed',
      refusal: refusal(400, `${field.name} must be an object such as {"id": 1}.`),
    };
  const members = membersOf(reference);
  const unknown = Object.keys(raw).find((name) => name !== '_info' && !members.includes(name));
  if (unknown !== undefined)
    return {
      status: 'failed',
      refusal: unknownMember(unknown, reference, `${field.name}.${unknown}`),
    };
  const finder = FINDERS.find((name) => raw[name] !== undefined && raw[name] !== null);
  if (finder === undefined) return { status: 'ok', value: null };
  const wanted = raw[finder];
  const text = wanted instanceof NumberText ? wanted.text : String(wanted);
  const record = recordOfReference(reference);
  const entity = record === undefined ? undefined : entityOf(record);
  const row = entity
    ? rowsOf(world, entity).find(
        (one) =>
          String(memberOf(world, { reference, row: one, member: finder }) ?? '').toLowerCase() ===
          text.toLowerCase(),
      )
    : undefined;
  return row
    ? { status: 'ok', value: row.id }
    : {
        status: 'error',
        error: invalid(
          `${field.name}/${finder}`,
          `${field.name}/${finder} ${text} does not exist.`,
        ),
      };
}

export function referencesFrom(world: World, field: Field, raw: Json): Converted {
  if (!Array.isArray(raw))
    return { status: 'failed', refusal: refusal(400, `${field.name} must be a list.`) };
  const ids: number[] = [];
  for (const one of raw) {
    const found = referenceFrom(world, field, one);
    if (found.status !== 'ok') return found;
    if (typeof found.value === 'number') ids.push(found.value);
  }
  return { status: 'ok', value: ids };
}
