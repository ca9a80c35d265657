import { numberOption } from '../../switches.ts';
import { type Answer, refused } from '../api/answer.ts';
import type { ActiveFaults } from '../faults.ts';

const HTML = 'text/html';

/** The hour is used up: the API is shut for the tenant (help: thresholds). */
export const overThreshold = (retryAfterS: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(retryAfterS) },
  body: { errors: ['The API request threshold for this database has been exceeded.'] },
});

/** More calls at once than allowed; the code is what clients of the live API look for. */
export const overThreads = (): Answer => ({
  status: 429,
  body: { errors: ['Itgenatr005: the thread threshold for this object endpoint is exceeded.'] },
});

/** Failures of Autotask itself, asked for by a fault; nothing is done. */
export function plannedFailure(faults: ActiveFaults): Answer | undefined {
  const limit = faults.get('rate-limit');
  if (limit) return overThreshold(numberOption(limit, 'retryAfterS', 60));
  if (faults.has('maintenance'))
    return page(503, 'Autotask is currently undergoing scheduled maintenance.');
  if (faults.has('server-error-html')) return page(500, '500 - Internal server error.');
  if (faults.has('server-error')) return refused('An error has occurred.');
  const refusal = faults.get('refused');
  if (refusal)
    return refused(typeof refusal.message === 'string' ? refusal.message : 'The value is refused.');
  return undefined;
}

const page = (status: number, words: string): Answer => ({
  status,
  headers: { 'content-type': HTML },
  body: `<!DOCTYPE html><html><head><title>${words}</title></head><body><h2>${words}</h2></body></html>`,
});
