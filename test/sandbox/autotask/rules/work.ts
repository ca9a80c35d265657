import type { Row, Value } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import type { World } from '../world.ts';

/** One write: by whom, into which world. */
export interface Work {
  world: World;
  actor: string;
  /** Whom the record names as its creator: the impersonated resource, or the API user itself. */
  resourceId: number;
  /** The API user's resource where it acts for another one. */
  impersonatorId: number | undefined;
  /** The security level "Can't read costs": what it writes into costs is ignored. */
  hidesCosts: boolean;
}

export interface Creating {
  entity: Entity;
  /** Read and checked values; rules may add to them. */
  values: Record<string, Value>;
  udfs: Record<string, string | null>;
}

export interface Changing extends Creating {
  row: Row;
  /** The values that differ from the row's. */
  changed: Record<string, Value>;
}

/** What an entity demands beyond its fields. Each gives the words of its refusals, none when it is sound. */
export interface Rules {
  create?(work: Work, creating: Creating): string[];
  /** After the row is stored. */
  created?(work: Work, row: Row): void;
  change?(work: Work, changing: Changing): string[];
  /** After the change is stored. */
  changed?(work: Work, row: Row): void;
  remove?(work: Work, row: Row): string[];
  /** Fields that are not kept but made of others each time somebody reads. */
  derive?(world: World, row: Row): Record<string, Value>;
  /** Rows that are not kept at all: read-only entities that follow from others. */
  rows?(world: World): Row[];
}

export type Outcome<T> = { status: 'ok'; value: T } | { status: 'failed'; errors: string[] };

export const failed = (...errors: string[]): { status: 'failed'; errors: string[] } => ({
  status: 'failed',
  errors,
});
