import { readFileSync } from 'node:fs';

export type FieldType = 'integer' | 'long' | 'decimal' | 'boolean' | 'datetime' | 'string';

export interface DescribedField {
  type: FieldType;
  length?: number;
  required?: boolean;
}

const description: { entities: Record<string, Record<string, DescribedField>> } = JSON.parse(
  readFileSync(new URL('../../../contract/autotask-entities.json', import.meta.url), 'utf8'),
);

/** The vendor's own description of an entity's fields, in its order. */
export function describedFields(entity: string): Record<string, DescribedField> {
  const fields = description.entities[entity];
  if (!fields) throw new Error(`sandbox: the entity ${entity} is not described`);
  return fields;
}
