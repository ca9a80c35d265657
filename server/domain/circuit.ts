import * as v from 'valibot';
import { instantSchema } from './dates.ts';
import { failureSchema } from './errors.ts';

/** A connection whose system failed too often in a row: by itself nothing calls it before `until`. */
export const circuitSchema = v.object({
  /** The connection's id. */
  id: v.string(),
  /** When the calls began to rest; since when it is out of order. */
  openedAt: instantSchema,
  /** When one call tries again. */
  until: instantSchema,
  /** How often a trial failed since: the rest grows with it. */
  trials: v.number(),
  /** Failures in a row up to now. */
  failures: v.number(),
  failure: failureSchema,
});
export type Circuit = v.InferOutput<typeof circuitSchema>;
