import type { JsonObject } from '../../json.ts';
import { inUse, invalidObject, notFound } from '../api/refusal.ts';
import { isIds } from '../read.ts';
import { momentValue, plainRow, plainValue, type Row, textOf, type Value } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { ENTITIES } from '../schema/index.ts';
import { referencesOfRecord } from '../schema/references.ts';
import type { World } from '../world.ts';
import { readBody } from './body.ts';
import { fieldErrors, missingErrors } from './field-checks.ts';
import { failed, type Outcome, type Work } from './work.ts';

interface Target {
  entity: Entity;
  body: JsonObject;
  /** The parent of the address; a child belongs to it whatever its body says. */
  parentId?: number | undefined;
}

/** POST: one record from the fields of the body. */
export function createRow(work: Work, { entity, body, parentId }: Target): Outcome<Row> {
  const { world } = work;
  const found = readBody(world, entity, { body, hidesCosts: work.hidesCosts });
  if (found.status === 'failed') return found;
  const { errors, ignored, custom } = found.value;
  const values: Record<string, Value> = { ...entity.defaults, ...found.value.values };
  if (entity.parent && parentId !== undefined) {
    if (!world.tables.get(entity.parent.record, parentId))
      return failed(notFound(`${entity.parent.record} ${parentId}`));
    values[entity.parent.field] = parentId;
  }
  const all = [
    ...errors,
    ...missingErrors(entity, values, ({ required }) => required === true),
    ...fieldErrors(entity, values),
  ];
  if (all.length > 0) return failed(invalidObject(entity, all));
  const refusals = entity.rules.create?.(work, { entity, values, custom }) ?? [];
  if (refusals.length > 0) return failed(invalidObject(entity, refusals));
  const by = memberName(work);
  const now = momentValue(world.nowMs());
  const row = world.tables.add(entity.name, {
    values,
    custom,
    info: { lastUpdated: now, updatedBy: by, dateEntered: now, enteredBy: by },
  });
  entity.rules.created?.(work, row);
  record(work, entity, { verb: 'created', row, more: { ignored } });
  return { status: 'ok', value: row };
}

/** PATCH changes what it names; PUT replaces all fields (vendor guide: HTTP methods). */
export function changeRow(
  work: Work,
  { entity, body, id, parentId, mode }: Target & { id: number; mode: 'patch' | 'put' },
): Outcome<Row> {
  const { world } = work;
  const row = world.tables.get(entity.name, id);
  if (!row || !belongs(entity, row, parentId)) return failed(notFound(`${entity.name} ${id}`));
  const found = readBody(world, entity, { body, hidesCosts: work.hidesCosts });
  if (found.status === 'failed') return found;
  const { errors, ignored } = found.value;
  const sent = mode === 'patch' ? found.value.values : replaced(entity, found.value.values, work);
  const changed = Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => !isSame(value, row.values[name])),
  );
  const values = { ...row.values, ...changed };
  // "Required On Updates" (description): a change is judged as the whole record.
  const all = [
    ...errors,
    ...missingErrors(
      entity,
      values,
      ({ required, requiredOnUpdate, isComputed }) =>
        required === true || (mode === 'put' && requiredOnUpdate === true && !isComputed),
    ),
    ...fieldErrors(entity, changed),
  ];
  if (all.length > 0) return failed(invalidObject(entity, all));
  const custom = { ...row.custom, ...found.value.custom };
  const refusals = entity.rules.change?.(work, { entity, values, custom, row, changed }) ?? [];
  if (refusals.length > 0) return failed(invalidObject(entity, refusals));
  const before = plainRow(row);
  row.values = values;
  row.custom = custom;
  touch(work, row);
  entity.rules.changed?.(work, row);
  const more = { changed: differences(before, plainRow(row)), ignored };
  record(work, entity, { verb: 'changed', row, more });
  return { status: 'ok', value: row };
}

export function removeRow(
  work: Work,
  { entity, id, parentId }: { entity: Entity; id: number; parentId?: number | undefined },
): Outcome<Row> {
  const row = work.world.tables.get(entity.name, id);
  if (!row || !belongs(entity, row, parentId)) return failed(notFound(`${entity.name} ${id}`));
  const why = userOf(work.world, entity, id) ?? entity.rules.remove?.(work, row);
  if (why !== undefined) return failed(inUse(why));
  work.world.tables.remove(entity.name, id);
  entity.rules.removed?.(work, row);
  record(work, entity, { verb: 'deleted', row, more: {} });
  return { status: 'ok', value: row };
}

/** "409: record possibly in use" (vendor guide: API requests). */
function userOf(world: World, entity: Entity, id: number): string | undefined {
  const references = referencesOfRecord(entity.name);
  for (const other of ENTITIES) {
    const holders = [...other.fields.values()].filter(({ ref }) => references.includes(ref ?? ''));
    if (holders.length === 0) continue;
    const user = world.tables.all(other.name).find(({ values }) =>
      holders.some(({ name }) => {
        const value = values[name] ?? null;
        return value === id || (isIds(value) && value.includes(id));
      }),
    );
    if (user) return `The ${entity.resource} is in use by ${other.resource} ${user.id}.`;
  }
  return undefined;
}

/** Every accepted write: the record as it stands now, amounts as decimal text. Callbacks are told of it. */
function record(
  { world, actor, memberId }: Work,
  entity: Entity,
  { verb, row, more }: { verb: 'created' | 'changed' | 'deleted'; row: Row; more: object },
): void {
  world.record({
    kind: `${entity.resource}.${verb}`,
    actor,
    data: { record: entity.name, row: plainRow(row), ...more },
  });
  world.callbacks.notify({ entity, row, verb, memberId });
}

export function touch(work: Work, row: Row): void {
  row.info = {
    ...row.info,
    lastUpdated: momentValue(work.world.nowMs()),
    updatedBy: memberName(work),
  };
}

function memberName({ world, memberId }: Work): string {
  const member = world.tables.get('Member', memberId);
  return member ? textOf(member, 'identifier') : '';
}

const belongs = ({ parent }: Entity, row: Row, parentId: number | undefined): boolean =>
  parentId === undefined || !parent || row.values[parent.field] === parentId;

function replaced(
  entity: Entity,
  values: Readonly<Record<string, Value>>,
  { hidesCosts }: Work,
): Record<string, Value> {
  const empty = [...entity.fields.values()]
    .filter(({ isComputed, isCost, type, name }) => {
      const isKept = isComputed || type === 'customFields' || name === entity.parent?.field;
      return !isKept && !(isCost && hidesCosts);
    })
    .map(({ name }): [string, Value] => [name, entity.defaults[name] ?? null]);
  return { ...Object.fromEntries(empty), ...values };
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>): object {
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return Object.fromEntries(
    names.map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }]),
  );
}

const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(plainValue(a)) === JSON.stringify(plainValue(b));
