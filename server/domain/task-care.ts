import * as v from 'valibot';
import { dateSchema, instantSchema } from './dates.ts';
import { connectionIdSchema, taskIdSchema } from './ids.ts';
import { actorSchema } from './tenant.ts';

export const noteMax = 500;

/** What people arranged among themselves about a task; it changes nothing of what is billed. */
export const taskCareSchema = v.object({
  /** The task's. */
  id: taskIdSchema,
  connectionId: connectionIdSchema,
  /** Who looks after it. */
  assignee: v.nullable(v.object({ id: v.string(), name: v.string() })),
  note: v.nullable(
    v.object({
      text: v.pipe(v.string(), v.minLength(1), v.maxLength(noteMax)),
      by: actorSchema,
      at: instantSchema,
    }),
  ),
  /** Until this day, in the connection's time zone, it asks nobody and is written only where it is chosen by hand. */
  snoozedUntil: v.nullable(dateSchema),
});
export type TaskCare = v.InferOutput<typeof taskCareSchema>;
