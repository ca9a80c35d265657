import { type Failure, failureOf, retryLater, retryNever } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/ports/write.ts';

/** `refused` was looked at and not done, `unsent` never looked at, `unknown` may have been done. */
export type Certainty = 'refused' | 'unsent' | 'unknown';
export interface Fault {
  certainty: Certainty;
  failure: Failure;
}
/** What became of one call that changes something, where a change takes several. */
export type Failed = { status: 'failed' } & Fault;

/** Our own words for what cannot be written. */
export const refusal = (said: string): Failed => ({
  status: 'failed',
  certainty: 'refused',
  failure: { code: 'system.rejected', said, retry: retryNever, reference: null },
});

/** A read before a write failed: nothing was sent. */
export const unsent = (error: unknown): Failed => ({
  status: 'failed',
  certainty: 'unsent',
  failure: failureOf(error),
});

export const outcomeOf = ({ certainty, failure }: Failed): Outcome => ({
  status: certainty === 'refused' ? 'rejected' : certainty,
  failure,
});

/** What was asked for stands now. */
export const okOf = (
  made: Partial<Omit<Extract<Outcome, { status: 'ok' }>, 'status'>>,
): Outcome => ({
  status: 'ok',
  document: null,
  company: null,
  item: null,
  warnings: [],
  ...made,
});

/** The system took the call, and its answer does not tell what stands now. */
export const answerless = (reference: string | null = null): Failure => ({
  code: 'system.answer',
  said: null,
  retry: retryLater(),
  reference,
});
