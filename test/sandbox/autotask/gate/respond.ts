import { isObject, type Json, NumberText, parseJson } from '../../json.ts';
import { textOption } from '../../switches.ts';
import type { Answer } from '../api/answer.ts';
import type { ActiveFaults } from '../faults.ts';

export function respond({ status, body, headers }: Answer): Response {
  if (body === undefined) return new Response(null, { status });
  const all = new Headers({ 'content-type': 'application/json; charset=utf-8', ...headers });
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: all,
  });
}

/** The answer as a fault spoils it: a field of the wrong type, or a body that stops in the middle. */
export function spoiled(answer: Answer, faults: ActiveFaults): Answer {
  if (answer.status !== 200 || typeof answer.body !== 'object') return answer;
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
  if (!isObject(root)) return undefined;
  const list = Object.values(root).find((value) => Array.isArray(value));
  const first = Array.isArray(list) ? list[0] : root.item;
  return isObject(first) ? first : root;
}
