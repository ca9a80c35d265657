import { isObject, type Json, NumberText, parseJson } from '../../json.ts';
import { textOption } from '../../switches.ts';
import type { Answer } from '../api/answer.ts';
import type { ActiveFaults } from '../faults.ts';
import { CURRENT_VERSION } from './version.ts';

export interface Reply {
  contentType: string;
  /** "Every response carries x-cw-request-id": what support asks for. */
  requestId: string;
}

export function respond({ status, body, headers }: Answer, reply: Reply): Response {
  const all = new Headers({
    'content-type': reply.contentType,
    ...headers,
    'api-current-version': CURRENT_VERSION,
    'x-cw-request-id': reply.requestId,
    'cache-control': 'no-cache',
  });
  if (body === undefined) {
    all.delete('content-type');
    return new Response(null, { status, headers: all });
  }
  return new Response(bodyOf(body), { status, headers: all });
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/** The answer as a fault spoils it: a field of the wrong type, or a body that stops in the middle. */
export function spoiled(answer: Answer, faults: ActiveFaults): Answer {
  const isJson = typeof answer.body === 'object' && !(answer.body instanceof Uint8Array);
  if (answer.status >= 300 || !isJson) return answer;
  const text = JSON.stringify(answer.body);
  if (faults.has('truncated-json'))
    return { ...answer, body: text.slice(0, Math.floor(text.length * 0.6)) };
  const malformed = faults.get('malformed-answer');
  if (!malformed) return answer;
  const root = parseJson(text);
  const first = firstElement(root);
  const field = textOption(malformed, 'field') ?? Object.keys(first ?? {})[0];
  if (first && field !== undefined) first[field] = { unexpected: new NumberText('1') };
  return { ...answer, body: root };
}

function firstElement(root: Json) {
  const first = Array.isArray(root) ? root[0] : root;
  return isObject(first) ? first : undefined;
}
