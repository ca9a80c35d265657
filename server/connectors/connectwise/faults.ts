import * as v from 'valibot';
import { instant } from '../../domain/dates.ts';
import {
  type ErrorCode,
  type Retry,
  retryLater,
  retryNever,
  retryReconnect,
} from '../../domain/errors.ts';
import type { HttpReply } from '../kit/http.ts';
import { saidOf } from '../kit/redact.ts';
import type { Certainty, Fault } from '../kit/written.ts';
import { maintenanceWaitMs, waitTold } from './limits.ts';

const toldSchema = v.object({
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
  errors: v.nullish(v.array(v.object({ message: v.nullish(v.string()) }))),
});

/**
 * Every answer that is not a success (guide: API requests, responses): `{code, message, errors}`. A 404
 * is told apart by who asked (`client.ts`), since the cloud answers it to wrong keys as well.
 */
export function faultOf(reply: HttpReply, nowMs: number): Fault {
  const { status, headers, body } = reply;
  const fault = (certainty: Certainty, code: ErrorCode, retry: Retry): Fault => ({
    certainty,
    failure: { code, said: saidOf(wordsOf(reply)), retry, reference: requestIdOf(headers) },
  });
  const after = (ms: number): Retry => retryLater(instant(nowMs + ms));
  if (status === 401) return fault('unsent', 'system.reconnect', retryReconnect);
  if (status === 403) return fault('unsent', 'system.scope', retryReconnect);
  if (status === 429) return fault('unsent', 'system.limited', after(waitTold(headers)));
  if (status === 503) return fault('unknown', 'system.maintenance', after(maintenanceWaitMs));
  if (status >= 500) return fault('unknown', 'system.unreachable', retryLater());
  // The router knows the company id or the codebase no more; it answers in plain text.
  if (status === 400 && body.kind === 'text' && /cannot route/i.test(body.text))
    return fault('unsent', 'system.reconnect', retryReconnect);
  if (status === 400 || status === 404 || status === 409)
    return fault('refused', 'system.rejected', retryNever);
  if (status >= 400) return fault('refused', 'system.bug', retryNever);
  return fault('unknown', 'system.answer', retryLater());
}

/** "Every response carries x-cw-request-id": what the vendor's support asks for. */
const requestIdOf = (headers: Headers): string | null => headers.get('x-cw-request-id');

/** The elements of `errors` say what is wrong; without them the message does. */
function wordsOf({ body }: HttpReply): (string | null | undefined)[] {
  if (body.kind === 'text') return body.html ? [] : [body.text];
  const told = v.safeParse(toldSchema, body.kind === 'json' ? body.value : null);
  if (!told.success) return [];
  const { message, errors } = told.output;
  const each = (errors ?? []).map((error) => error.message);
  return each.length > 0 ? each : [message];
}
