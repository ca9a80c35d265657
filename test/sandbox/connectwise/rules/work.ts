import type { Refusal } from '../api/refusal.ts';
import type { CustomValue, Row, Value } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import type { World } from '../world.ts';

/** One write: by whom, into which world. */
export interface Work {
  world: World;
  actor: string;
  /** The member that `_info` and callbacks name. */
  memberId: number;
  /** The role may not see costs: what it writes into them is not taken. */
  hidesCosts: boolean;
}

/** One element of `errors` of a refusal; its resource is the record's. */
export interface FieldError {
  code: string;
  message: string;
  field: string;
}

export interface Creating {
  entity: Entity;
  /** Read and checked values; rules may add to them. */
  values: Record<string, Value>;
  custom: Record<number, CustomValue>;
}

export interface Changing extends Creating {
  row: Row;
  /** The values that differ from the row's. */
  changed: Record<string, Value>;
}

/** What a record demands beyond its fields. Each gives its refusals, none when it is sound. */
export interface Rules {
  create?(work: Work, creating: Creating): FieldError[];
  /** After the row is stored. */
  created?(work: Work, row: Row): void;
  change?(work: Work, changing: Changing): FieldError[];
  /** After the change is stored. */
  changed?(work: Work, row: Row): void;
  /** Why the row may not go; asked after every use by another record. */
  remove?(work: Work, row: Row): string | undefined;
  removed?(work: Work, row: Row): void;
  /** Fields that are not kept but made of others each time somebody reads. */
  derive?(world: World, row: Row): Record<string, Value>;
  /** Rows that are not kept at all: read-only records that follow from others. */
  rows?(world: World): Row[];
}

export type Outcome<T> = { status: 'ok'; value: T } | { status: 'failed'; refusal: Refusal };

export const failed = (refusal: Refusal): { status: 'failed'; refusal: Refusal } => ({
  status: 'failed',
  refusal,
});

export const missing = (field: string): FieldError => ({
  code: 'MissingRequiredField',
  message: `${field} is required.`,
  field,
});

export const invalid = (field: string, message: string): FieldError => ({
  code: 'InvalidField',
  message,
  field,
});
