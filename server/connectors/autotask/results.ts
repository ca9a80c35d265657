import { failureOf, retryNever } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/ports.ts';
import type { Written } from './client.ts';

type Failed = Extract<Written, { status: 'failed' }>;

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
