import { numberOption, textOption } from '../../switches.ts';
import { type Answer, refused } from '../api/answer.ts';
import { notAllowed, refusal } from '../api/refusal.ts';
import type { ActiveFaults } from '../faults.ts';

const RETRY_AFTER_S = 30;
const HTML = 'text/html';

/** "429: a Retry-After header with the number of seconds to wait" (vendor guide: API requests). */
export const tooMany = (retryAfterS: number): Answer => ({
  ...refused(refusal(429, `Too many requests. Please try again in ${retryAfterS} seconds.`)),
  headers: { 'retry-after': String(retryAfterS) },
});

/** The words of the live API (tests of a client that met it). */
export const timedOut = (): Answer =>
  refused(refusal(500, 'A timeout has occured. Please try again.'));

/** Failures of ConnectWise itself, asked for by a fault; nothing is done. */
export function plannedFailure(faults: ActiveFaults): Answer | undefined {
  const limit = faults.get('rate-limit');
  if (limit) return tooMany(numberOption(limit, 'retryAfterS', RETRY_AFTER_S));
  const maintenance = faults.get('maintenance');
  if (maintenance) return page(numberOption(maintenance, 'status', 503), 'Service Unavailable');
  if (faults.has('server-error-html')) return page(500, 'Internal Server Error');
  if (faults.has('server-error')) return timedOut();
  if (faults.has('rights-revoked')) return refused(notAllowed());
  const refusing = faults.get('refused');
  if (!refusing) return undefined;
  const message = textOption(refusing, 'message') ?? 'The value is refused.';
  const field = textOption(refusing, 'field') ?? 'id';
  const code = textOption(refusing, 'code') ?? 'InvalidField';
  return refused({
    status: 400,
    code: 'InvalidObject',
    message: 'object is invalid',
    errors: [{ code, message, resource: textOption(refusing, 'resource') ?? 'object', field }],
  });
}

const page = (status: number, words: string): Answer => ({
  status,
  headers: { 'content-type': HTML },
  body: `<!DOCTYPE html><html><head><title>${words}</title></head><body><h2>${words}</h2></body></html>`,
});
