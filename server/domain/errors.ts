import * as v from 'valibot';
import { type Instant, instantSchema } from './dates.ts';

/**
 * Every failure has a stable code. `errorTexts` in `server/http/error-texts.ts` says for each what
 * happened and what a person can do; `server/http/reply.ts` gives each its HTTP status.
 */
export const errorCodes = [
  // what the caller sent
  'request.invalid',
  'request.too-large',
  'request.incomplete',
  'request.not-found',
  'request.method',
  'request.conflict',
  'request.too-many',
  'request.origin',
  'plan.stale',
  'settings.impossible',
  'question.open',
  'run.second',
  'run.same-person',
  'access.grant',
  'customer.not-billed-here',
  'month.not-over',
  'month.open',
  // who may
  'access.unauthenticated',
  'access.forbidden',
  'access.step-up',
  'access.expired',
  'access.disabled',
  // connect popup
  'connect.expired',
  'connect.mismatch',
  'connect.refused',
  'connect.in-use',
  'connect.no-organisation',
  'connect.right',
  'connect.host',
  'connect.currency',
  // marketplace
  'marketplace.credentials',
  'marketplace.unreachable',
  'marketplace.limited',
  'marketplace.quota',
  'marketplace.answer',
  'marketplace.not-connected',
  // system
  'system.unreachable',
  'system.limited',
  'system.quota',
  'system.answer',
  'system.rejected',
  'system.reconnect',
  'system.scope',
  'system.disconnected',
  'system.maintenance',
  'system.volume',
  'system.not-connected',
  'system.unknown-outcome',
  'system.bug',
  'system.timeout',
  'system.fails-on-this',
  'system.resting',
  // mail
  'mail.not-configured',
  'mail.no-recipient',
  'mail.unreachable',
  'mail.refused',
  'mail.unclear',
  // the operator's keys
  'keys.missing',
  'keys.wrong',
  // ours
  'store.full',
  'store.read-only',
  'store.failed',
  'store.queue-full',
  'work.busy',
  'work.paused',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** When trying again makes sense: never by itself, at a time, or after somebody reconnects. */
export const retrySchema = v.variant('kind', [
  v.object({ kind: v.literal('never') }),
  v.object({ kind: v.literal('later'), at: v.nullable(instantSchema) }),
  v.object({ kind: v.literal('reconnect') }),
]);
export type Retry = v.InferOutput<typeof retrySchema>;
export const retryNever: Retry = { kind: 'never' };
export const retryReconnect: Retry = { kind: 'reconnect' };
export const retryLater = (at: Instant | null = null): Retry => ({ kind: 'later', at });

/** What a system or marketplace said itself: bounded, redacted, shown to a person as their words. */
export const saidMax = 500;

export const failureSchema = v.object({
  code: v.picklist(errorCodes),
  said: v.nullable(v.pipe(v.string(), v.maxLength(saidMax))),
  retry: retrySchema,
  reference: v.nullable(v.string()),
});
/** A failure as a value: the stored and shown form of an AppError. */
export type Failure = v.InferOutput<typeof failureSchema>;

interface AppErrorOptions {
  /** The other side's own words, already redacted. */
  said?: string | null;
  retry?: Retry;
  /** The other side's correlation id, for their support. */
  reference?: string | null;
  /** Facts for the message, named in the catalogue text; never input, never a secret. */
  facts?: Readonly<Record<string, string>>;
  cause?: unknown;
}

/** The one error class. Its message is the code alone, so that nothing secret can be in it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly said: string | null;
  readonly retry: Retry;
  readonly reference: string | null;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.said = options.said?.slice(0, saidMax) ?? null;
    this.retry = options.retry ?? retryNever;
    this.reference = options.reference ?? null;
    this.facts = options.facts ?? {};
  }
}

/** Any thrown thing as a failure value; what is not an AppError is our own fault. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError))
    return { code: 'internal', said: null, retry: retryNever, reference: null };
  const { code, said, retry, reference } = error;
  return { code, said, retry, reference };
}
