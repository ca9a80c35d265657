import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';

/** One request as it went out. */
export interface Sent {
  method: string;
  url: URL;
  headers: Headers;
  body: string;
}

/** The operation that a request calls, as the description writes it, and what the description has against it. */
export interface Judgement {
  operation: string;
  problems: string[];
}

export type Schema = Record<string, unknown>;

export async function sentOf(request: Request): Promise<Sent> {
  const { method, headers } = request;
  const body = method === 'GET' || method === 'HEAD' ? '' : await request.clone().text();
  return { method, url: new URL(request.url), headers, body };
}

/** The template that a path is one of: names before braces, so that `/count` is not an id. */
export function templateOf(
  templates: readonly string[],
  path: string,
  { anyCase = false }: { anyCase?: boolean } = {},
): string | undefined {
  const word = (text: string) => (anyCase ? text.toLowerCase() : text);
  const parts = path.replace(/\/$/, '').split('/');
  const fits = templates.filter((template) => {
    const wanted = template.replace(/\/$/, '').split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith('{') || word(part) === word(parts[index] ?? ''))
    );
  });
  const braces = (template: string) => template.split('{').length;
  return fits.sort((a, b) => braces(a) - braces(b))[0];
}

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default.default(ajv);

const compiled = new WeakMap<Schema, ValidateFunction>();

/** What a schema has against a value, each with where it is. A schema is compiled once. */
export function problemsOf(schema: Schema, value: unknown): string[] {
  const check = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, check);
  return check(value) ? [] : (check.errors ?? []).map(worded);
}

/** Makes a value for each key once. */
export function once<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, { value: T }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
}

const worded = ({ instancePath, message = 'is wrong', params }: ErrorObject): string => {
  const unknown: unknown = params.additionalProperty;
  const words = typeof unknown === 'string' ? `has an unknown member "${unknown}"` : message;
  return `${instancePath || '/'} ${words}`;
};

/** What a body in JSON has against it; nothing described means that none may be sent. */
export function bodyProblems(sent: Sent, schema: Schema | undefined): string[] {
  if (schema === undefined) return sent.body === '' ? [] : ['takes no body'];
  const type = sent.headers.get('content-type') ?? '';
  const problems = type.startsWith('application/json') ? [] : [`the body is sent as "${type}"`];
  try {
    return [...problems, ...problemsOf(schema, JSON.parse(sent.body))];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [...problems, 'the body is not JSON'];
  }
}

/** Names and forms of query parameters: each once, known, and of its type. */
export function queryProblems(url: URL, known: Readonly<Record<string, Schema>>): string[] {
  const names = [...url.searchParams.keys()];
  return names.flatMap((name, index) => {
    if (names.indexOf(name) !== index) return [`the query parameter ${name} is repeated`];
    const schema = known[name];
    if (!schema) return [`the query parameter ${name} is not described`];
    const text = url.searchParams.get(name) ?? '';
    return problemsOf(schema, plainOf(text, schema)).map((problem) => `${name}: ${problem}`);
  });
}

function plainOf(text: string, { type }: Schema): unknown {
  if (type === 'integer' || type === 'number') return text === '' ? text : Number(text);
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type === 'array') return text.split(',');
  return text;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
