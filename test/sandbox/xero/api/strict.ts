import { requestViolations, unknownParameters } from '../../../contract/xero.ts';
import { isObject, type JsonObject, NumberText, parseJson } from '../../json.ts';
import type { Answer, Call } from './call.ts';
import { validationAnswer } from './errors.ts';

export interface Elements {
  elements: JsonObject[];
  /** Length errors by element: Xero reports those on the element. */
  errors: Map<number, string[]>;
}

/**
 * The sandbox's strict mode: what Xero would silently ignore (a misspelt member, a number sent as text, a camelCase
 * name) is a ValidationException here, so that a client's mistake shows in a test and not in a ledger.
 */
export function readElements(call: Call, collection: string | undefined): Elements | Answer {
  const parsed = parsedBody(call.body);
  if (!parsed) return validationAnswer('The request body is not JSON');
  const errors = new Map<number, string[]>();
  const fatal: string[] = [];
  for (const violation of requestViolations(call.method, call.template, parsed.plain)) {
    const index = Number(violation.path.split('/')[2]);
    if (violation.rule !== 'maxLength' || !Number.isInteger(index))
      fatal.push(`${violation.path || '/'} ${violation.message}`);
    else
      errors.set(index, [
        ...(errors.get(index) ?? []),
        `${violation.path.split('/').at(-1)} is too long: it ${violation.message}`,
      ]);
  }
  if (fatal.length > 0)
    return validationAnswer(`Sandbox strict mode: ${fatal.slice(0, 10).join('; ')}`);
  const list = collection === undefined ? undefined : parsed.exact[collection];
  return { elements: Array.isArray(list) ? list.filter(isObject) : [parsed.exact], errors };
}

/** Repeated keys are ignored or fail at Xero (xero-node #339); unknown ones are a client's mistake. */
export function queryErrors(call: Pick<Call, 'method' | 'template' | 'query'>): Answer | undefined {
  const names = [...call.query.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated)
    return validationAnswer(`Sandbox strict mode: the query parameter ${repeated} is repeated`);
  // allowBackorders came with Xero-OpenAPI 16.2.0, after the stored description.
  const unknown = unknownParameters(call.method, call.template, names).filter(
    (name) => name !== 'allowBackorders',
  );
  if (unknown.length === 0) return undefined;
  return validationAnswer(`Sandbox strict mode: unknown query parameter ${unknown.join(', ')}`);
}

function parsedBody(text: string): { exact: JsonObject; plain: unknown } | undefined {
  try {
    const exact = parseJson(text);
    const plain: unknown = JSON.parse(text, (_key, value: unknown) => value);
    if (isObject(exact)) return { exact: pruned(exact), plain: withoutNulls(plain) };
    return Array.isArray(exact) ? { exact: {}, plain } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A member sent as null counts as not sent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === null ? [] : [[key, withoutNulls(member)]],
    ),
  );
}

function pruned(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue;
    if (Array.isArray(value)) copy[key] = value.map((one) => (isObject(one) ? pruned(one) : one));
    else copy[key] = isObject(value) && !(value instanceof NumberText) ? pruned(value) : value;
  }
  return copy;
}
