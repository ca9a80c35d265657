import { readFileSync } from 'node:fs';
import {
  bodyProblems,
  type Judgement,
  once,
  queryProblems,
  type Schema,
  type Sent,
  templateOf,
} from './judged.ts';

/** Judges requests by the description of ConnectWise PSA, reduced to names and types (each file tells its source). */
interface Field {
  type: string;
  length?: number;
  required?: boolean;
  nullable?: boolean;
  values?: string[];
  ref?: string;
}
interface Operation {
  reads?: string;
  body?: string;
  patches?: string;
  query?: true;
  /** Query members of its own, beside those of lists. */
  parameters?: Record<string, string>;
  /** Parts of a multipart body. */
  form?: string[];
}

const described: {
  references: Record<string, Record<string, string>>;
  records: Record<string, Record<string, Field>>;
} = read('connectwise-psa.json');
const {
  operations,
  listQuery,
}: {
  operations: Record<string, Operation>;
  listQuery: Record<string, string>;
} = read('connectwise-operations.json');

/** The values that the kinds of an operation's patches can have (guide: API requests, PATCH). */
const PATCH = ['add', 'replace', 'remove'];
const PAGE_SIZE_MAX = 1000;
const API = /^\/[A-Za-z0-9_.]+\/apis\/3\.0/;
const DISCOVERY = /^\/login\/companyinfo\/[^/]+$/;

/** How a request keeps to the description. */
export function judgeConnectWise(sent: Sent): Judgement {
  const { method, url } = sent;
  if (method === 'GET' && DISCOVERY.test(url.pathname))
    return { operation: 'GET /login/companyinfo/{companyId}', problems: [] };
  const path = url.pathname.replace(API, '');
  const templates = Object.keys(operations).flatMap((one) =>
    one.startsWith(`${method} `) ? [one.slice(method.length + 1)] : [],
  );
  const template = templateOf(templates, path);
  const name = `${method} ${template ?? path}`;
  const operation = operations[name];
  if (!API.test(url.pathname) || !operation)
    return { operation: name, problems: ['is not described'] };
  const body = () =>
    operation.form ? formProblems(sent, operation.form) : bodyProblems(sent, bodySchema(operation));
  const problems = isProbe(sent) ? [] : body();
  return {
    operation: name,
    problems: [
      ...headerProblems(sent.headers),
      ...queryProblems(url, operation.query ? { ...QUERY, ...ownOf(operation) } : {}),
      ...nameProblems(url, operation.reads),
      ...problems,
    ],
  };
}

const ownOf = ({ parameters = {} }: Operation): Record<string, Schema> =>
  Object.fromEntries(Object.entries(parameters).map(([name, type]) => [name, { type }]));

/** "415 if you are sending the file as a JSON object" (guide: API requests): multipart, of known parts, each once. */
function formProblems({ headers, body }: Sent, parts: readonly string[]): string[] {
  if (!/^multipart\/form-data; boundary=/.test(headers.get('content-type') ?? ''))
    return ['is no multipart form'];
  const sent = [...body.matchAll(/^Content-Disposition: form-data; name="([^"]*)"/gim)].map(
    ([, name = '']) => name,
  );
  return [
    ...sent.filter((name) => !parts.includes(name)).map((name) => `has an unknown part ${name}`),
    ...parts.filter((name) => !sent.includes(name)).map((name) => `has no part ${name}`),
    ...(new Set(sent).size === sent.length ? [] : ['has a part twice']),
  ];
}

/** A right to write is asked for with what cannot succeed: a create of nothing, no change of record 0. */
const isProbe = ({ method, url, body }: Sent): boolean =>
  (method === 'POST' && body === '{}') ||
  (method === 'PATCH' && body === '[]' && url.pathname.endsWith('/0'));

function headerProblems(headers: Headers): string[] {
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const login = Buffer.from((headers.get('authorization') ?? '').replace(/^Basic /, ''), 'base64');
  return [
    ...(guid.test(headers.get('clientid') ?? '') ? [] : ['clientId is not a GUID']),
    ...(/^[^+:]+\+[^+:]+:.+$/.test(login.toString('utf8'))
      ? []
      : ['Authorization is not company+public:private']),
    ...(/^application\/vnd\.connectwise\.com\+json; version=\d{4}\.\d{1,2}$/.test(
      headers.get('accept') ?? '',
    )
      ? []
      : ['Accept names no version']),
  ];
}

const QUERY: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(Object.entries(listQuery).map(([name, type]) => [name, { type }])),
  page: { type: 'integer', minimum: 1 },
  pageSize: { type: 'integer', minimum: 1, maximum: PAGE_SIZE_MAX },
};

/** Fields that are asked for, ordered or filtered by are the record's own. */
function nameProblems(url: URL, record: string | undefined): string[] {
  if (record === undefined) return [];
  const list = (name: string) =>
    (url.searchParams.get(name) ?? '')
      .split(',')
      .flatMap((part) => part.trim().split(' ')[0] || []);
  const conditions = (url.searchParams.get('conditions') ?? '').replace(
    /"[^"]*"|\[[^\]]*\]/g,
    '""',
  );
  const filtered = conditions.match(/[A-Za-z_][\w/]*(?=\s*(?:[=<>!]|not |like |contains |in ))/g);
  return [...list('fields'), ...list('orderBy'), ...(filtered ?? [])].flatMap((path) =>
    isMember(record, path) ? [] : [`${record} has no ${path}`],
  );
}

function isMember(record: string, path: string): boolean {
  const [name = '', member, ...more] = path.split('/');
  if (name === '_info' || name === 'lastUpdated') return true;
  const field = described.records[record]?.[name];
  if (!field || more.length > 0) return false;
  if (member === undefined) return true;
  return field.ref !== undefined && member in (described.references[field.ref] ?? {});
}

const bodySchema = once(({ body, patches }: Operation): Schema | undefined => {
  if (body !== undefined) return recordSchema(body);
  if (patches === undefined) return undefined;
  const fields = described.records[patches] ?? {};
  const one = ([name, field]: [string, Field]): Schema => ({
    type: 'object',
    additionalProperties: false,
    required: ['op', 'path'],
    properties: {
      op: { enum: PATCH },
      path: { enum: [name, `/${name}`] },
      value: valueSchema(field),
    },
    if: { properties: { op: { const: 'remove' } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: { properties: { value: false } },
    else: { required: ['value'] },
  });
  return { type: 'array', minItems: 1, items: { anyOf: Object.entries(fields).map(one) } };
});

function recordSchema(record: string): Schema {
  const fields = Object.entries(described.records[record] ?? {});
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.flatMap(([name, { required }]) => (required ? [name] : [])),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, valueSchema(field)])),
  };
}

function valueSchema(field: Field): Schema {
  const { length, values } = field;
  switch (field.type) {
    case 'ref':
      return referenceSchema(field);
    case 'refs':
      return { type: 'array', items: referenceSchema(field) };
    case 'objects':
    case 'customFields':
      return { type: 'array', items: { type: 'object' } };
    case 'strings':
      return { type: 'array', items: { type: 'string' } };
    case 'integers':
      return { type: 'array', items: { type: 'integer' } };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    case 'string':
      return {
        type: 'string',
        ...(length === undefined ? {} : { maxLength: length }),
        ...(values === undefined ? {} : { enum: values }),
      };
    default:
      return { type: field.type };
  }
}

/** A record is pointed at by its id, or by its identifier where it has one. */
function referenceSchema({ ref }: Field): Schema {
  const members = described.references[ref ?? ''] ?? {};
  return {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: Object.fromEntries(Object.entries(members).map(([name, type]) => [name, { type }])),
  };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));
}
