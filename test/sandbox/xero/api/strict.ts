import { requestViolations, unknownParameters, type Violation } from '../../../contract/xero.ts';
import { isObject, type JsonObject, NumberText, parseJson } from '../../json.ts';
import type { Answer, Call } from './call.ts';
import { postDataAnswer, validationAnswer } from './errors.ts';

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
  if (!parsed) return postDataAnswer('The request body is not JSON');
  const errors = new Map<number, string[]>();
  const fatal: Violation[] = [];
  for (const violation of requestViolations(call.method, call.template, parsed.plain)) {
    const index = Number(violation.path.split('/')[2]);
    const onElement = Number.isInteger(index) ? elementError(violation) : undefined;
    if (onElement === undefined) fatal.push(violation);
    else errors.set(index, [...(errors.get(index) ?? []), onElement]);
  }
  if (fatal.length > 0) {
    const listed = fatal.slice(0, 10).map(({ path, message }) => `${path || '/'} ${message}`);
    const words = `Sandbox strict mode: ${listed.join('; ')}`;
    return fatal.some(({ rule }) => CONVERSION.includes(rule))
      ? postDataAnswer(words)
      : validationAnswer(words);
  }
  const list = collection === undefined ? undefined : parsed.exact[collection];
  return { elements: Array.isArray(list) ? list.filter(isObject) : [parsed.exact], errors };
}

/** What Xero cannot turn into the member's type. */
const CONVERSION = ['type', 'enum', 'format'];
const MISSING: Readonly<Record<string, string>> = {
  Contact: 'A Contact must be specified for this type of transaction',
  LineItems: 'One or more line items must be specified',
};

/** A missing member of an element, or one that is too long, is told on the element (xero-php-oauth2 #122). */
function elementError({ path, rule, message }: Violation): string | undefined {
  if (rule === 'maxLength') return `${path.split('/').at(-1)} is too long: it ${message}`;
  if (rule !== 'required' || path.split('/').length !== 3) return undefined;
  const name = /'(\w+)'/.exec(message)?.[1] ?? '';
  return MISSING[name] ?? `${name} must be specified`;
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
