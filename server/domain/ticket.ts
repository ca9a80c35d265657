import * as v from 'valibot';
import { instantSchema } from './dates.ts';
import { connectionIdSchema, foreignIdSchema } from './ids.ts';

/** Kinds of what does not come right by itself; each is told by mail, by a ticket, both or neither. */
export const problemKinds = ['connection', 'marketplace', 'reading', 'tasks', 'unclear'] as const;
export type ProblemKind = (typeof problemKinds)[number];
export const problemKindSchema = v.picklist(problemKinds);

/** What is chosen of a system's ticket form: a value by the field's id. */
export const ticketPlaceSchema = v.record(v.string(), v.string());
export type TicketPlace = v.InferOutput<typeof ticketPlaceSchema>;

/** Whether a connection's system gets tickets, about what and where they go. Its id is the connection's. */
export const ticketingSchema = v.object({
  id: connectionIdSchema,
  on: v.boolean(),
  kinds: v.array(problemKindSchema),
  place: ticketPlaceSchema,
  /** The name of the company that `place` holds by id, as it was when it was chosen. */
  companyName: v.nullable(v.string()),
  /** Why the last ticket could not be opened; null once one could. */
  failure: v.nullable(
    v.object({ at: instantSchema, code: v.string(), said: v.nullable(v.string()) }),
  ),
});
export type Ticketing = v.InferOutput<typeof ticketingSchema>;

export const noTicketing = (id: Ticketing['id']): Ticketing => ({
  id,
  on: false,
  kinds: ['marketplace', 'reading', 'tasks', 'unclear', 'connection'],
  place: {},
  companyName: null,
  failure: null,
});

/**
 * One problem and its one ticket. `seen`: it may still pass by itself. `opening`: the call was about to
 * be sent and its answer is not stored; the mark tells whether it is there. `solving`: the problem is
 * gone and the ticket is being closed.
 */
export const ticketSchema = v.object({
  /** Connection and problem: at most one ticket for each. */
  id: v.string(),
  connectionId: connectionIdSchema,
  kind: problemKindSchema,
  state: v.picklist(['seen', 'opening', 'open', 'solving']),
  /** Stands in the ticket's summary, so that it is found again. */
  mark: v.string(),
  summary: v.string(),
  /** When the state began. */
  at: instantSchema,
  ticketId: v.nullable(foreignIdSchema),
});
export type Ticket = v.InferOutput<typeof ticketSchema>;
