import { type JsonObject, NumberText } from '../../json.ts';
import { memberOf } from '../api/filter.ts';
import { plainRow, plainValue, type Row, type Value, wholeOf } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { readBody } from './body.ts';
import { fieldErrors, missingErrors } from './field-checks.ts';
import { failed, type Outcome, type Work } from './work.ts';

interface Target {
  entity: Entity;
  body: JsonObject;
  /** The parent of the address; a child belongs to it whatever its body says. */
  parentId?: number | undefined;
}

/** POST: one record, from the fields of the body that the entity knows. */
export function createRow(work: Work, { entity, body, parentId }: Target): Outcome<Row> {
  const { world } = work;
  const read = readBody(entity, body, work);
  const { values, udfs } = read;
  if (entity.parent && parentId !== undefined) {
    if (!world.tables.get(entity.parent.entity, parentId))
      return failed(`The parent record ${parentId} does not exist.`);
    values[entity.parent.field] = parentId;
  }
  const errors = [
    ...read.errors,
    ...missingErrors(entity, values),
    ...fieldErrors(world, entity, values),
  ];
  if (errors.length > 0) return failed(...errors);
  const refusals = entity.rules.create?.(work, { entity, values, udfs }) ?? [];
  if (refusals.length > 0) return failed(...refusals);
  const row = world.tables.add(entity.name, { values, udfs });
  entity.rules.created?.(work, row);
  record(work, entity, { verb: 'created', row, more: { ignored: read.ignored } });
  return { status: 'ok', value: row };
}

/**
 * PATCH changes the fields it names; PUT clears every field it leaves out (help: REST, updating data). The id stands in the
 * body.
 */
export function changeRow(
  work: Work,
  { entity, body, parentId, mode }: Target & { mode: 'patch' | 'put' },
): Outcome<Row> {
  const { world } = work;
  const id = memberOf(body, 'id');
  const row = id instanceof NumberText ? world.tables.get(entity.name, Number(id.text)) : undefined;
  if (!row || !belongs(entity, row, parentId))
    return failed(`The ${entity.model} to change does not exist, or no id was sent.`);
  const read = readBody(entity, body, work);
  const sent = mode === 'patch' ? read.values : cleared(entity, read.values, work.hidesCosts);
  const changed = Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => !isSame(value, row.values[name])),
  );
  const values = { ...row.values, ...changed };
  const errors = [
    ...read.errors,
    ...missingErrors(entity, values, ({ name }) => name in changed),
    ...fieldErrors(world, entity, changed),
    ...fixedErrors(entity, changed),
  ];
  if (errors.length > 0) return failed(...errors);
  const udfs = { ...(mode === 'put' ? {} : row.udfs), ...read.udfs };
  const refusals = entity.rules.change?.(work, { entity, values, udfs, row, changed }) ?? [];
  if (refusals.length > 0) return failed(...refusals);
  const before = { ...row.values };
  row.values = values;
  row.udfs = udfs;
  entity.rules.changed?.(work, row);
  const differences = Object.keys(values)
    .filter((name) => !isSame(values[name], before[name]))
    .map((name) => [name, { before: plainValue(before[name]), after: plainValue(values[name]) }]);
  const more = { changed: Object.fromEntries(differences), ignored: read.ignored };
  record(work, entity, { verb: 'changed', row, more });
  return { status: 'ok', value: row };
}

export function removeRow(
  work: Work,
  { entity, id, parentId }: { entity: Entity; id: number; parentId?: number | undefined },
): Outcome<Row> {
  const row = work.world.tables.get(entity.name, id);
  if (!row || !belongs(entity, row, parentId))
    return failed(`The ${entity.model} to delete does not exist.`);
  const refusals = entity.rules.remove?.(work, row) ?? [];
  if (refusals.length > 0) return failed(...refusals);
  work.world.tables.remove(entity.name, id);
  record(work, entity, { verb: 'deleted', row, more: {} });
  return { status: 'ok', value: row };
}

/** Every accepted write: the record as it stands now, amounts as decimal text. */
function record(
  { world, actor }: Work,
  entity: Entity,
  { verb, row, more }: { verb: string; row: Row; more: Record<string, unknown> },
): void {
  const kind = `${entity.model.charAt(0).toLowerCase()}${entity.model.slice(1)}.${verb}`;
  world.record({ kind, actor, data: { entity: entity.name, row: plainRow(row), ...more } });
}

const belongs = ({ parent }: Entity, row: Row, parentId: number | undefined): boolean =>
  parentId === undefined || !parent || wholeOf(row, parent.field) === parentId;

function cleared(
  entity: Entity,
  values: Readonly<Record<string, Value>>,
  hidesCosts: boolean,
): Record<string, Value> {
  const empty = [...entity.fields.values()]
    .filter(({ isReadOnly, isCost, name }) => {
      return !isReadOnly && !(isCost && hidesCosts) && name !== entity.parent?.field;
    })
    .map(({ name }) => [name, null]);
  return { ...Object.fromEntries(empty), ...values };
}

function fixedErrors(entity: Entity, changed: Readonly<Record<string, Value>>): string[] {
  return Object.keys(changed)
    .filter((name) => entity.fields.get(name)?.isFixed)
    .map((name) => `The field ${name} cannot be changed once the ${entity.model} is created.`);
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return plainValue(a) === plainValue(b);
}
