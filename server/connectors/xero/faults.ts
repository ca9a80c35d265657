import * as v from 'valibot';
import { instant } from '../../domain/dates.ts';
import {
  AppError,
  type ErrorCode,
  type Failure,
  type Retry,
  retryLater,
  retryNever,
  retryReconnect,
} from '../../domain/errors.ts';
import type { HttpReply } from '../kit/http.ts';
import { saidOf } from '../kit/redact.ts';
import { learnedFrom, maintenanceWaitMs } from './limits.ts';

/**
 * What a failed answer means for a write: `refused` was looked at and not done, `unsent` was never
 * looked at, `unknown` may have been done.
 */
export type Certainty = 'refused' | 'unsent' | 'unknown';
export interface Fault {
  certainty: Certainty;
  failure: Failure;
}

const messageSchema = v.object({
  Message: v.optional(v.nullable(v.string())),
  Description: v.optional(v.nullable(v.string())),
});
const elementSchema = v.object({ ValidationErrors: v.optional(v.array(messageSchema)) });
/** The error forms of the Accounting API and of its gateway, in one. */
const errorSchema = v.object({
  ErrorNumber: v.optional(v.string()),
  Type: v.optional(v.nullable(v.string())),
  Message: v.optional(v.nullable(v.string())),
  Detail: v.optional(v.nullable(v.string())),
  Elements: v.optional(v.array(elementSchema)),
});
type Told = v.InferOutput<typeof errorSchema>;

/**
 * Every answer that is not a success, as our failure with Xero's own words.
 * https://developer.xero.com/documentation/api/accounting/responsecodes
 */
export function faultOf(reply: HttpReply, nowMs: number): Fault {
  const told = toldBy(reply);
  const detail = told.Detail ?? '';
  const words = wordsOf(told, reply);
  const fault = (certainty: Certainty, code: ErrorCode, retry: Retry): Fault => ({
    certainty,
    failure: { code, said: words, retry, reference: reply.headers.get('xero-correlation-id') },
  });
  const after = (ms: number): Retry => retryLater(instant(nowMs + ms));
  const { status } = reply;

  if (status === 400) return fault('refused', codeOfBadRequest(told), retryNever);
  if (status === 401) {
    if (/^TokenExpired/i.test(detail)) return fault('unsent', 'system.answer', after(0));
    const scope = /^AuthorizationUnsuccessful|insufficient_scope/i.test(detail);
    return fault('unsent', scope ? 'system.scope' : 'system.reconnect', retryReconnect);
  }
  if (status === 403) {
    const scope = /^AuthorizationUnsuccessful/i.test(detail);
    return fault('unsent', scope ? 'system.scope' : 'system.disconnected', retryReconnect);
  }
  if (status === 404) return fault('refused', 'system.rejected', retryNever);
  if (status === 429) {
    const { refused } = learnedFrom(reply);
    const code = refused?.limit === 'day' ? 'system.quota' : 'system.limited';
    return fault('unsent', code, after(refused?.waitMs ?? 0));
  }
  if (status === 503) return fault('unknown', 'system.maintenance', after(maintenanceWaitMs));
  if (status >= 500) return fault('unknown', 'system.unreachable', retryLater());
  if (status >= 400) return fault('refused', 'system.bug', retryNever);
  return fault('unknown', 'system.answer', retryLater());
}

/** The same as an error, for a call that reads. */
export function errorOf(reply: HttpReply, nowMs: number): AppError {
  const { code, ...told } = faultOf(reply, nowMs).failure;
  return new AppError(code, told);
}

/** The inner messages of one element: `Message`, in one documented example `Description`. */
export const messagesOf = (entries: readonly v.InferOutput<typeof messageSchema>[]): string[] =>
  entries.flatMap(({ Message, Description }) => Message ?? Description ?? []);

/** The messages of each element of a refused call, in the order of its elements. */
export function elementMessages(reply: HttpReply): string[][] {
  return (toldBy(reply).Elements ?? []).map(({ ValidationErrors }) =>
    messagesOf(ValidationErrors ?? []),
  );
}

function codeOfBadRequest({ Type, Message }: Told): ErrorCode {
  if (/HighVolume/i.test(Type ?? '')) return 'system.volume';
  if (/QueryParse/i.test(Type ?? '')) return 'system.bug';
  if (/idempotency/i.test(`${Type} ${Message}`)) return 'system.bug';
  return 'system.rejected';
}

function toldBy({ body }: HttpReply): Told {
  if (body.kind !== 'json') return {};
  const known = v.safeParse(errorSchema, body.value);
  return known.success ? known.output : {};
}

// The outer message of a validation ("A validation exception occurred") says nothing of its own.
function wordsOf(told: Told, { body }: HttpReply): string | null {
  if (body.kind === 'text') return body.html ? null : saidOf([body.text]);
  const inner = (told.Elements ?? []).flatMap((element) =>
    messagesOf(element.ValidationErrors ?? []),
  );
  return inner.length > 0 ? saidOf(inner) : saidOf([told.Message, told.Detail]);
}
