import { AppError, type ErrorCode, type Failure, type Retry } from '../domain/errors.ts';
import { errorTexts, filled } from './error-texts.ts';
import type { ErrorView } from './views/common.ts';

/** The HTTP status of each code (RFC 9110). What the other side caused is 502 or 503. */
export const statusOf: Readonly<Record<ErrorCode, ErrorStatus>> = {
  'request.invalid': 400,
  'request.too-large': 413,
  'request.incomplete': 408,
  'request.not-found': 404,
  'request.method': 405,
  'request.conflict': 409,
  'request.too-many': 429,
  'request.origin': 403,
  'plan.stale': 409,
  'settings.impossible': 422,
  'question.open': 409,
  'run.second': 409,
  'run.same-person': 403,
  'access.grant': 403,
  'customer.not-billed-here': 409,
  'month.not-over': 409,
  'month.open': 409,
  'access.unauthenticated': 401,
  'access.forbidden': 403,
  'access.step-up': 401,
  'access.expired': 401,
  'access.disabled': 403,
  'connect.expired': 410,
  'connect.mismatch': 403,
  'connect.refused': 403,
  'connect.in-use': 409,
  'connect.no-organisation': 409,
  'connect.right': 409,
  'connect.host': 409,
  'connect.currency': 400,
  'marketplace.credentials': 422,
  'marketplace.unreachable': 502,
  'marketplace.limited': 503,
  'marketplace.quota': 503,
  'marketplace.answer': 502,
  'marketplace.not-connected': 409,
  'system.unreachable': 502,
  'system.limited': 503,
  'system.quota': 503,
  'system.answer': 502,
  'system.rejected': 422,
  'system.reconnect': 409,
  'system.scope': 409,
  'system.disconnected': 409,
  'system.maintenance': 503,
  'system.volume': 422,
  'system.not-connected': 409,
  'system.unknown-outcome': 409,
  'system.bug': 502,
  'system.timeout': 504,
  'system.fails-on-this': 422,
  'system.resting': 503,
  'mail.not-configured': 409,
  'mail.no-recipient': 409,
  'mail.unreachable': 502,
  'mail.refused': 502,
  'mail.unclear': 502,
  'keys.missing': 500,
  'keys.wrong': 500,
  'store.full': 507,
  'store.read-only': 507,
  'store.failed': 500,
  'store.queue-full': 503,
  'work.busy': 409,
  'work.paused': 409,
  internal: 500,
};
export type ErrorStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 408
  | 409
  | 410
  | 413
  | 422
  | 429
  | 500
  | 502
  | 503
  | 504
  | 507;

interface Shown {
  code: ErrorCode;
  said: string | null;
  retry: Retry;
  facts?: Readonly<Record<string, string>>;
}

/** A failure for a person: what happened, what to do, the other side's words. Input is never repeated. */
export function errorView(failure: Shown | Failure, requestId: string): ErrorView {
  const { code, said, retry } = failure;
  const facts = 'facts' in failure ? (failure.facts ?? {}) : {};
  return {
    code,
    message: filled(errorTexts[code].message, facts),
    next: filled(errorTexts[code].next, facts),
    said,
    requestId,
    retryAt: retry.kind === 'later' ? retry.at : null,
    facts,
  };
}

/** The one error reply. */
export interface ErrorReply {
  status: ErrorStatus;
  body: ErrorView;
  retryAfterSeconds: number | null;
}

/** Any thrown thing as the one error reply. What is not an AppError is our own fault. */
export function errorReply(thrown: unknown, requestId: string): ErrorReply {
  const error = thrown instanceof AppError ? thrown : new AppError('internal', { cause: thrown });
  const status = statusOf[error.code];
  return {
    status,
    body: errorView(error, requestId),
    retryAfterSeconds: error.code === 'request.too-many' ? retryAfterSeconds(error) : null,
  };
}

const retryAfterDefaultSeconds = 60;
const retryAfterSeconds = ({ facts }: AppError): number =>
  /^\d{1,5}$/.test(facts.afterSeconds ?? '')
    ? Number(facts.afterSeconds)
    : retryAfterDefaultSeconds;
