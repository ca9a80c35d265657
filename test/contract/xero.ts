import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';

/**
 * Judges requests and answers by Xero's own description, reduced to what is used (its source and licence are members of
 * the file). Almost nothing in it is required and nothing forbids unknown members, so requests are judged by stricter
 * copies: no unknown members, and the short list of what Xero needs.
 */
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
type Schema = Record<string, unknown>;

const description: Description = JSON.parse(
  readFileSync(new URL('./xero-accounting.json', import.meta.url), 'utf8'),
);

/** What the description leaves open and Xero refuses (developer.xero.com, Invoices, Credit Notes, Contacts, Payments). */
const REQUIRED: Record<string, Record<string, string[]>> = {
  'PUT /Invoices': { Invoice: ['Type', 'Contact', 'LineItems'] },
  'PUT /CreditNotes': { CreditNote: ['Type', 'Contact', 'LineItems'] },
  'PUT /Contacts': { Contact: ['Name'] },
  'PUT /Payments': { Payment: ['Account', 'Date', 'Amount'] },
  'PUT /Invoices/{InvoiceID}/History': { HistoryRecord: ['Details'] },
};

/** In the description's examples, but not in its schemas. */
const EXAMPLE_ONLY: Record<string, string[]> = {
  Invoice: ['DateString', 'DueDateString'],
  CreditNote: ['DateString', 'DueDateString', 'ID'],
  LineItem: ['ValidationErrors', 'DiscountEnteredAsPercent'],
  Organisation: [],
};
const ENVELOPE = ['Id', 'Status', 'ProviderName', 'DateTimeUTC'];

export interface Violation {
  /** A JSON pointer into the body. */
  path: string;
  rule: string;
  message: string;
}

/** What is wrong with a request body; empty when it is sound. `path` is a template (`/Invoices/{InvoiceID}`). */
export function requestErrors(method: string, path: string, body: unknown): string[] {
  return requestViolations(method, path, body).map(
    ({ path: at, message }) => `${at || '/'} ${message}`,
  );
}

export function requestViolations(method: string, path: string, body: unknown): Violation[] {
  const operation = operationOf(method, path);
  if (!operation)
    return [{ path: '', rule: 'path', message: `${method} ${path} is not described` }];
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema)
    return body === undefined ? [] : [{ path: '', rule: 'body', message: 'takes no body' }];
  if (body === undefined) return [{ path: '', rule: 'body', message: 'needs a body' }];
  const check = validator(`${method.toUpperCase()} ${path}`, schema);
  // A single object is accepted in place of the list.
  const name = collectionOf(schema);
  const isSingle =
    name !== undefined &&
    typeof body === 'object' &&
    body !== null &&
    !Array.isArray(body) &&
    !(name in body);
  return violations(check, isSingle ? { [name]: [body] } : body);
}

/** Names of query parameters that the description does not know for this operation (compared without case). */
export function unknownParameters(
  method: string,
  path: string,
  names: readonly string[],
): string[] {
  const known = operationOf(method, path)?.parameters ?? [];
  const described = known.filter((one) => one.in === 'query').map(({ name }) => name.toLowerCase());
  return names.filter((name) => !described.includes(name.toLowerCase()));
}

/** What is wrong with an answer's body, unknown members included. */
export function responseErrors(
  method: string,
  path: string,
  status: number,
  body: unknown,
): string[] {
  const described = operationOf(method, path)?.responses[String(status)];
  if (!described) return [`${method} ${path} does not describe ${status}`];
  const schema = described.content?.['application/json']?.schema;
  if (!schema) return body === undefined || body === '' ? [] : ['describes no body'];
  return violations(validator('response', schema), body).map(
    ({ path: at, message }) => `${at || '/'} ${message}`,
  );
}

/** `Invoices` for the schema of a list of invoices; undefined for a single object. */
export function collectionOf(schema: Schema): string | undefined {
  const name =
    String(schema.$ref ?? '')
      .split('/')
      .at(-1) ?? '';
  const properties = recordOf(description.components.schemas[name]?.properties);
  return recordOf(properties[name]).type === 'array' ? name : undefined;
}

/** Whether `Contact.Name` or `Total` is a member that the description gives a schema; names are compared without case. */
export function isDescribedMember(schema: string, path: string): boolean {
  const [first = '', ...rest] = path.toLowerCase().split('.');
  const properties = recordOf(description.components.schemas[schema]?.properties);
  const name = Object.keys(properties).find((one) => one.toLowerCase() === first);
  if (name === undefined) return false;
  if (rest.length === 0) return true;
  const inner = String(recordOf(properties[name]).$ref ?? '');
  return isDescribedMember(inner.split('/').at(-1) ?? '', rest.join('.'));
}

/** Templates of the addresses that take this method. */
export const describedPaths = (method: string): string[] =>
  Object.keys(description.paths).filter((path) => operationOf(method, path) !== undefined);

export function operationOf(method: string, path: string): Operation | undefined {
  return description.paths[path]?.[method.toLowerCase()];
}

const validators = new Map<string, ValidateFunction>();

function validator(use: string, schema: Schema): ValidateFunction {
  const key = `${use} ${JSON.stringify(schema)}`;
  const known = validators.get(key);
  if (known) return known;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default.default(ajv);
  const schemas = Object.fromEntries(
    Object.entries(description.components.schemas).map(([name, one]) => [
      name,
      strict(one, { use, name }),
    ]),
  );
  const check = ajv.compile({ ...schema, components: { schemas } });
  validators.set(key, check);
  return check;
}

function violations(check: ValidateFunction, body: unknown): Violation[] {
  if (check(body)) return [];
  return (check.errors ?? []).map((error) => ({
    path: error.instancePath,
    rule: error.keyword,
    message: words(error),
  }));
}

function words({ message = 'is wrong', params }: ErrorObject): string {
  const name: unknown = params.additionalProperty;
  return typeof name === 'string' ? `has an unknown member "${name}"` : message;
}

/** Forbids unknown members at every level; answers may carry the envelope and what only the examples show. */
function strict(schema: unknown, options: { use: string; name: string }): unknown {
  if (Array.isArray(schema)) return schema.map((one) => strict(one, { ...options, name: '' }));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [
    key,
    key === 'properties' ? members(value, options) : strict(value, { ...options, name: '' }),
  ]);
  const copy: Schema = Object.fromEntries(entries);
  if (copy.properties === undefined) return copy;
  const isAnswer = options.use === 'response';
  if (isAnswer && copy['x-cut'] === true) return copy;
  const extra = isAnswer ? [...ENVELOPE, ...(EXAMPLE_ONLY[options.name] ?? [])] : [];
  const properties = {
    ...Object.fromEntries(extra.map((name) => [name, {}])),
    ...recordOf(copy.properties),
  };
  const required = [...listOf(copy.required), ...(REQUIRED[options.use]?.[options.name] ?? [])];
  return {
    ...copy,
    properties,
    additionalProperties: false,
    required: isAnswer ? [] : required,
  };
}

function members(value: unknown, options: { use: string }): Schema {
  return Object.fromEntries(
    Object.entries(recordOf(value)).map(([name, member]) => [
      name,
      strict(member, { ...options, name: '' }),
    ]),
  );
}

function recordOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
