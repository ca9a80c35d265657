import * as v from 'valibot';
import { instant } from '../../domain/dates.ts';
import {
  type ErrorCode,
  type Failure,
  type Retry,
  retryLater,
  retryNever,
  retryReconnect,
} from '../../domain/errors.ts';
import type { HttpReply } from '../kit/http.ts';
import { saidOf } from '../kit/redact.ts';
import type { Certainty, Fault } from '../kit/written.ts';
import { maintenanceWaitMs, threadWaitMs, waitTold } from './limits.ts';

const toldSchema = v.object({ errors: v.array(v.string()) });

/**
 * Every answer that is not a success. Validation and most refusals are a 500 with `errors` (help: REST,
 * response codes); there is no list of codes, so the words decide.
 */
export function faultOf(reply: HttpReply, nowMs: number): Fault {
  const { status, headers } = reply;
  const words = wordsOf(reply);
  const text = words.join(' ');
  const fault = (certainty: Certainty, code: ErrorCode, retry: Retry): Fault => ({
    certainty,
    failure: { code, said: saidOf(words), retry, reference: null },
  });
  const after = (ms: number): Retry => retryLater(instant(nowMs + ms));

  if (isThreads(text)) return fault('unsent', 'system.limited', after(threadWaitMs));
  if (status === 429) {
    const isHour = /threshold|exceeded/i.test(text);
    const code = isHour ? 'system.quota' : 'system.limited';
    return fault('unsent', code, after(waitTold(headers, nowMs)));
  }
  if (status === 401) return fault('unsent', 'system.reconnect', retryReconnect);
  if (status === 403) return fault('unsent', 'system.scope', retryReconnect);
  if (status === 404 || status === 405) return fault('refused', 'system.bug', retryNever);
  if (status === 503) return fault('unknown', 'system.maintenance', after(maintenanceWaitMs));
  if (status === 500 && words.length > 0) {
    if (isRights(text)) return fault('unsent', 'system.scope', retryReconnect);
    // The server's own failure in the form of a refusal: it says nothing of what was done.
    if (/^an error has occurred\.?$/i.test(text))
      return fault('unknown', 'system.unreachable', retryLater());
    return fault('refused', 'system.rejected', retryNever);
  }
  if (status >= 500) return fault('unknown', 'system.unreachable', retryLater());
  if (status >= 400) return fault('refused', 'system.bug', retryNever);
  return fault('unknown', 'system.answer', retryLater());
}

/** What clients of the live API look for. */
const isThreads = (text: string): boolean => /itgenatr005|thread threshold/i.test(text);
const isRights = (text: string): boolean =>
  /adequate permission|not have permission|not authori[sz]ed/i.test(text);

/** Two changes of one service on one day. */
export const isSameDay = ({ said }: Failure): boolean => /duplicate data/i.test(said ?? '');

function wordsOf({ body }: HttpReply): string[] {
  if (body.kind !== 'json') return [];
  const told = v.safeParse(toldSchema, body.value);
  return told.success ? told.output.errors.filter((text) => text.trim() !== '') : [];
}
