import * as v from 'valibot';
import { instantSchema } from './dates.ts';
import { failureSchema } from './errors.ts';
import { connectionIdSchema, intentIdSchema, markerSchema, runIdSchema } from './ids.ts';
import { remapSchema } from './mapping.ts';
import { moneySchema } from './money.ts';
import { planSchema } from './plan.ts';
import { actorSchema } from './tenant.ts';
import { awaitsSchema } from './two-people.ts';

/** One atomic element of a vendor call: it happens whole or not at all. */
export const elementSchema = v.object({
  ref: v.string(),
  kind: v.picklist([
    'document-create',
    'document-change',
    'document-state',
    'company-create',
    'item-create',
    'allocate',
    'send',
    'remove',
  ]),
  /** Elements with the same batch name may share one call, up to the connector's batch size. */
  batch: v.string(),
  /** The body exactly as it will be sent, as JSON text. */
  body: v.string(),
  documentId: v.nullable(v.string()),
  /**
   * When somebody last touched the document, by the system's own clock, as our last look before the
   * write told. Null for a new one and where the system does not tell.
   */
  touchedAt: v.optional(v.nullable(instantSchema), null),
  /** The document's mark, or the number by which a created company or item is found. */
  marker: v.string(),
  lineMarkers: v.array(markerSchema),
});
export type Element = v.InferOutput<typeof elementSchema>;

/** `unclear`: recovery looked and could not tell; a person is asked. */
export const intentStates = ['unknown', 'unclear'] as const;

/**
 * The durable record of one write that is about to happen. It is stored before the call and closed
 * by the transaction that stores the call's answer; in between nobody knows, and `recover` asks.
 */
export const intentSchema = v.object({
  id: intentIdSchema,
  connectionId: connectionIdSchema,
  runId: runIdSchema,
  element: elementSchema,
  bodyHash: v.string(),
  idempotencyKey: v.string(),
  /** The snapshot's hash before and the one wanted after; recovery of a change compares them. */
  before: v.nullable(v.string()),
  plan: v.nullable(planSchema),
  /** For creations of a company or item: which mapping it completes. */
  mappingId: v.nullable(v.string()),
  /** For an undo: the links whose charges it sets free. */
  frees: v.array(v.string()),
  /** Where a person must look when recovery could not tell. */
  lookAt: v.nullable(v.string()),
  state: v.picklist(intentStates),
  by: actorSchema,
  /** When the call started: nothing it did is older. */
  sentAt: instantSchema,
  /**
   * Since when nobody listens for the answer; recovery waits `lateCommitMaxMs` from here. Null while
   * the call is under way, and after a crash until the next start.
   */
  hungUpAt: v.optional(v.nullable(instantSchema), null),
  failure: v.nullable(failureSchema),
  /** Others of its group are there already: where it is absent, it is sent again and not planned anew. */
  begun: v.optional(v.boolean()),
  attempts: v.number(),
});
export type Intent = v.InferOutput<typeof intentSchema>;

/** A set of plans a person or the schedule confirmed together, with its progress. */
export const runSchema = v.object({
  id: runIdSchema,
  connectionId: connectionIdSchema,
  by: actorSchema,
  /**
   * `closing` posts monthly documents whose closing day has come; `correction` takes lines back and
   * writes them where a corrected mapping says.
   */
  kind: v.picklist(['manual', 'automatic', 'undo', 'closing', 'correction']),
  startedAt: instantSchema,
  endedAt: v.nullable(instantSchema),
  /** How often it was taken up again after a limit or an unknown outcome. */
  attempts: v.number(),
  /** The links that an undo or a correction takes back. */
  takesBack: v.optional(v.array(v.string()), []),
  /** The mapping that a correction changed; its undo changes it back. */
  corrects: v.optional(v.nullable(remapSchema), null),
  /** Why it may not begin before another person says yes; null where it may. */
  awaits: v.optional(v.nullable(awaitsSchema), null),
  /** What the other person answered, where one was asked. */
  second: v.optional(
    v.nullable(
      v.object({
        by: actorSchema,
        at: instantSchema,
        /** `expired`: nobody answered in `secondWaitMaxMs`. */
        answer: v.picklist(['given', 'declined', 'expired']),
      }),
    ),
    null,
  ),
  /** A plan each; `seen` is the fingerprint that was confirmed. */
  parts: v.array(
    v.object({
      ref: v.string(),
      seen: v.string(),
      customerId: v.string(),
      taskIds: v.array(v.string()),
      /** What was confirmed of it in money; null where an older version did not write it down. */
      amount: v.optional(v.nullable(moneySchema), null),
      state: v.picklist([
        'waiting',
        'writing',
        'written',
        'stale',
        'blocked',
        'rejected',
        'unknown',
        'delayed',
      ]),
      documentId: v.nullable(v.string()),
      documentNumber: v.nullable(v.string()),
      documentUrl: v.nullable(v.string()),
      failure: v.nullable(failureSchema),
      /**
       * Calls that this was in and that came to nothing: how often, how often alone, since when, and
       * what the system said last. Null where every call told what became of it.
       */
      vain: v.optional(
        v.nullable(
          v.object({
            times: v.number(),
            alone: v.number(),
            since: instantSchema,
            failure: failureSchema,
          }),
        ),
        null,
      ),
    }),
  ),
});
export type Run = v.InferOutput<typeof runSchema>;
