import type { FaultBoard } from '../../faults.ts';
import { SLOW_DEFAULT_MS, SLOW_MAX_MS, TIME_OUT_MAX_MS } from '../../limits.ts';
import { wait } from '../../wait.ts';
import { raw, refusal, reply } from './reply.ts';

const PAGE =
  '<!doctype html><html><head><title>Maintenance</title></head><body><h1>We will be back shortly</h1></body></html>';
const RETRY_AFTER_SECONDS = 20;

/** The faults that stand in for an answer; undefined when the request may go on. */
export async function interrupted({
  faults,
  operation,
  signal,
}: {
  faults: FaultBoard;
  operation: string;
  signal: AbortSignal;
}): Promise<Response | undefined> {
  const slow = faults.hit('slow', operation);
  if (slow) await wait(Math.min(numberOf(slow.ms, SLOW_DEFAULT_MS), SLOW_MAX_MS), signal);
  if (faults.hit('time-out', operation)) {
    await wait(TIME_OUT_MAX_MS, signal);
    return refusal(504, 'GatewayTimeout', 'The platform did not answer.');
  }
  if (faults.hit('status-500', operation))
    return refusal(500, 'InternalError', 'Something went wrong.');
  const unavailable = faults.hit('status-503', operation);
  if (unavailable)
    return refusal(503, 'ServiceUnavailable', 'The platform is busy.', retryAfter(unavailable));
  const limited = faults.hit('rate-limit', operation);
  if (limited)
    return refusal(
      429,
      'RateLimited',
      'Rate limit is exceeded.',
      retryAfter({ retryAfterSeconds: RETRY_AFTER_SECONDS, ...limited }),
    );
  if (faults.hit('rate-limit-no-retry-after', operation))
    return refusal(429, 'RateLimited', 'Rate limit is exceeded.');
  if (faults.hit('day-quota', operation))
    return refusal(403, 'QuotaExceeded', 'Out of call volume quota for today.');
  if (faults.hit('html', operation)) return raw(200, PAGE, { 'Content-Type': 'text/html' });
  if (faults.hit('broken-json', operation))
    return raw(200, '{"data":[{"id":"300', { 'Content-Type': 'application/json' });
  if (faults.hit('error-document', operation))
    return reply(200, { code: 'InternalError', message: 'Something went wrong.', details: [] });
  return undefined;
}

function retryAfter(options: Record<string, unknown>): Record<string, string> {
  return typeof options.retryAfterSeconds === 'number'
    ? { 'Retry-After': String(options.retryAfterSeconds) }
    : {};
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}
