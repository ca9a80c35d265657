import { isObject, type Json, NumberText, parseJson } from '../../json.ts';
import { textOption } from '../../switches.ts';
import type { Answer } from '../api/call.ts';
import { msMoment } from '../dates.ts';
import type { ActiveFaults } from '../faults.ts';
import type { World } from '../world.ts';
import type { StoredAnswer } from './idempotency.ts';

/** The body as text, in the envelope `Id, Status, ProviderName, DateTimeUTC`, JSON or XML by the Accept header. */
export function written(
  answer: Answer,
  options: { world: World; clientId: string; accept: string },
): StoredAnswer {
  if (answer.file) return { status: answer.status, ...answer.file };
  if (!answer.body) return { status: answer.status, contentType: undefined, body: undefined };
  const { world, clientId, accept } = options;
  const envelope = {
    Id: world.traceId(),
    Status: 'OK',
    ProviderName: world.clients.find((client) => client.clientId === clientId)?.name ?? '',
    DateTimeUTC: `/Date(${msMoment(world.nowMs()).slice(6, -7)})/`,
  };
  const text = JSON.stringify(answer.bare ? answer.body : { ...envelope, ...answer.body });
  if (isJson(accept))
    return { status: answer.status, contentType: 'application/json; charset=utf-8', body: text };
  // Without an Accept header for JSON the API speaks XML.
  const body = `<Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${xml(parseJson(text))}</Response>`;
  return { status: answer.status, contentType: 'text/xml; charset=utf-8', body };
}

const isJson = (accept: string): boolean => /application\/(json|pdf)/i.test(accept);

/** The answer as a fault spoils it: a field of the wrong type, or a body that stops in the middle. */
export function spoiled(stored: StoredAnswer, faults: ActiveFaults): StoredAnswer {
  const malformed = faults.get('malformed-answer');
  if (typeof stored.body !== 'string' || !stored.contentType?.includes('json')) return stored;
  if (faults.has('truncated-json'))
    return { ...stored, body: stored.body.slice(0, Math.floor(stored.body.length * 0.6)) };
  if (!malformed) return stored;
  const root = parseJson(stored.body);
  const first = firstElement(root);
  const field = textOption(malformed, 'field') ?? Object.keys(first ?? {})[0];
  if (first && field !== undefined) first[field] = { unexpected: new NumberText('1') };
  return { ...stored, body: JSON.stringify(root) };
}

function firstElement(root: Json) {
  if (!isObject(root)) return undefined;
  const list = Object.values(root).find((value) => Array.isArray(value));
  const first = Array.isArray(list) ? list[0] : undefined;
  return isObject(first) ? first : root;
}

function xml(value: Json): string {
  if (value === null) return '';
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return value.map((one) => `<Element>${xml(one)}</Element>`).join('');
  if (isObject(value))
    return Object.entries(value)
      .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
      .join('');
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function responseOf(stored: StoredAnswer, headers: Record<string, string>): Response {
  const all = new Headers(headers);
  if (stored.contentType) all.set('content-type', stored.contentType);
  return new Response(stored.body ?? null, { status: stored.status, headers: all });
}
