import { instant } from '../../domain/dates.ts';
import { AppError, retryLater, retryNever, retryReconnect } from '../../domain/errors.ts';
import { parseForeign } from '../../domain/json.ts';
import type { Answer } from './client.ts';

const saidMax = 300;
/** No more of a message is looked at: what the patterns cost grows with the square of its length. */
const readMax = 4 * saidMax;
const waitMaxMs = 26 * 60 * 60 * 1000;
const minuteMs = 60_000;
const quotaPauseMs = 60 * minuteMs;

/**
 * The error of an answer that is not a success. SimpleAPI describes no error bodies, so the status
 * alone decides; a body only tells a used-up quota from a missing right, both of which the gateway
 * (Azure API Management) answers with 403. `secrets` are cut out of what is kept.
 */
export function refusal(answer: Answer, nowMs: number, secrets: readonly string[]): AppError {
  const said = saidIn(answer.text, secrets);
  const { status, reference } = answer;
  const waitMs = retryAfterMs(answer.retryAfter, nowMs);
  const at = (fallbackMs: number) => retryLater(instant(nowMs + (waitMs ?? fallbackMs)));

  if (status === 401)
    return new AppError('marketplace.credentials', { said, reference, retry: retryReconnect });
  if (status === 403 && (waitMs !== null || /quota|volume/i.test(answer.text)))
    return new AppError('marketplace.quota', { said, reference, retry: at(quotaPauseMs) });
  if (status === 403)
    return new AppError('marketplace.credentials', { said, reference, retry: retryReconnect });
  if (status === 429)
    return new AppError('marketplace.limited', { said, reference, retry: at(minuteMs) });
  if (status === 408 || status >= 500) {
    const retry = waitMs === null ? retryLater() : at(minuteMs);
    return new AppError('marketplace.unreachable', { said, reference, retry });
  }
  return new AppError('marketplace.answer', { said, reference, retry: retryNever });
}

/** A success whose body is not what the description says: an HTML page, an error document. */
export function notAnAnswer(answer: Answer, secrets: readonly string[]): AppError {
  const said = saidIn(answer.text, secrets);
  return new AppError('marketplace.answer', {
    said,
    reference: answer.reference,
    retry: retryLater(),
  });
}

/** The other side's `message`, bounded, without secrets, long tokens and the queries of addresses. */
export function saidIn(text: string, secrets: readonly string[]): string | null {
  const message = messageOf(text);
  if (message === null) return null;
  const safe = secrets
    .filter((secret) => secret !== '')
    .reduce((kept, secret) => kept.replaceAll(secret, '…'), message)
    .slice(0, readMax)
    .replace(/(https?:\/\/[^\s?#]*)[?#]\S*/g, '$1')
    .replace(/\b(bearer|basic)\s+\S+/gi, '$1 …')
    .replace(/[\w.~+/=-]{32,}/g, '…');
  return safe.slice(0, saidMax);
}

function messageOf(text: string): string | null {
  try {
    const body = parseForeign(text);
    if (typeof body !== 'object' || body === null) return null;
    for (const name of ['message', 'error_description', 'error', 'details']) {
      const value: unknown = Reflect.get(body, name);
      if (typeof value === 'string' && value !== '') return value;
    }
    return null;
  } catch {
    return null;
  }
}

/** RFC 9110, 10.2.3: seconds or an HTTP date. Never more than a bit over a day. */
function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : null;
  const waitMs = seconds === null ? Date.parse(header) - nowMs : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 1000), waitMaxMs) : null;
}
