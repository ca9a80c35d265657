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

/** Judges requests by the description of Autotask PSA, reduced to names and types (each file tells its source). */
interface Field {
  type: string;
  length?: number;
  required?: boolean;
}
interface Operation {
  entity?: string;
  query?: string[];
  body?: 'query' | 'create' | 'update';
}

const { entities }: { entities: Record<string, Record<string, Field>> } =
  read('autotask-entities.json');
const { operations }: { operations: Record<string, Operation> } = read('autotask-operations.json');

const ROOT = /^(?:\/zone\d+)?\/atservicesrest\/v1\.0/i;
/** Help: REST, basic query calls and advanced query features. */
const COMPARING = ['eq', 'noteq', 'gt', 'gte', 'lt', 'lte', 'beginsWith', 'endsWith', 'contains'];
const RECORDS_MAX = 500;
const TEXT = { type: 'string', minLength: 1 };
const CREDENTIALS = ['apiintegrationcode', 'username', 'secret'];

/** How a request keeps to the description. Names in addresses are the same in any case. */
export function judgeAutotask(sent: Sent): Judgement {
  const { method, url } = sent;
  const path = url.pathname.replace(ROOT, '');
  if (method === 'GET' && /^\/zoneinformation$/i.test(path))
    return {
      operation: 'GET /ZoneInformation',
      problems: [
        ...queryProblems(url, { user: TEXT }),
        ...CREDENTIALS.flatMap((name) => (sent.headers.has(name) ? [`tells its ${name}`] : [])),
      ],
    };
  // The vendor's own address of the next page, called as the first one was.
  const isNext = /\/query\/next$/i.test(path);
  const templates = Object.keys(operations).flatMap((one) =>
    one.startsWith(`${method} `) ? [one.slice(method.length + 1)] : [],
  );
  const template = templateOf(templates, isNext ? path.slice(0, -'/next'.length) : path, {
    anyCase: true,
  });
  const name = `${method} ${template ?? path}`;
  const operation = operations[name];
  if (!ROOT.test(url.pathname) || !operation)
    return { operation: name, problems: ['is not described'] };
  const names = [...(operation.query ?? []), ...(isNext ? ['paging'] : [])];
  const query = Object.fromEntries(names.map((one) => [one, TEXT]));
  return {
    operation: name,
    problems: [
      ...CREDENTIALS.flatMap((one) => (sent.headers.get(one) ? [] : [`${one} is missing`])),
      ...queryProblems(url, query),
      ...bodyProblems(sent, bodySchema(operation)),
    ],
  };
}

const bodySchema = once(({ entity = '', body }: Operation): Schema | undefined => {
  const fields = Object.entries(entities[entity] ?? {});
  if (body === undefined) return undefined;
  if (body === 'query') return querySchema(fields);
  const required = fields.flatMap(([name, field]) => (field.required ? [name] : []));
  const properties = Object.fromEntries(
    fields.map(([name, field]) => [name, { anyOf: [valueSchema(field), { type: 'null' }] }]),
  );
  return {
    type: 'object',
    additionalProperties: false,
    required: body === 'create' ? required : ['id'],
    properties: { ...properties, userDefinedFields: { type: 'array' } },
  };
});

function querySchema(fields: readonly [string, Field][]): Schema {
  const compared = fields.map(([name, field]) => {
    const value = valueSchema({ type: field.type });
    return {
      type: 'object',
      additionalProperties: false,
      required: ['op', 'field'],
      properties: { op: {}, field: { const: name }, value: {} },
      oneOf: [
        { required: ['value'], properties: { op: { enum: COMPARING }, value } },
        {
          required: ['value'],
          properties: {
            op: { enum: ['in', 'notIn'] },
            value: { type: 'array', minItems: 1, maxItems: RECORDS_MAX, items: value },
          },
        },
        { properties: { op: { enum: ['exist', 'notExist'] }, value: false } },
      ],
    };
  });
  return {
    type: 'object',
    additionalProperties: false,
    required: ['filter'],
    properties: {
      filter: { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } },
      MaxRecords: { type: 'integer', minimum: 1, maximum: RECORDS_MAX },
      IncludeFields: { type: 'array', items: { enum: fields.map(([name]) => name) } },
    },
    definitions: {
      condition: {
        anyOf: [
          ...compared,
          {
            type: 'object',
            additionalProperties: false,
            required: ['op', 'items'],
            properties: {
              op: { enum: ['and', 'or'] },
              items: { type: 'array', minItems: 1, items: { $ref: '#/definitions/condition' } },
            },
          },
        ],
      },
    },
  };
}

function valueSchema({ type, length }: Field): Schema {
  if (type === 'integer' || type === 'long') return { type: 'integer' };
  if (type === 'decimal' || type === 'double') return { type: 'number' };
  if (type === 'boolean') return { type: 'boolean' };
  // UTC, `yyyy-mm-ddThh:mm:ss`; a zone may be told (help: REST, date and time fields).
  if (type === 'datetime')
    return {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z?)?$',
    };
  return { type: 'string', ...(length === undefined ? {} : { maxLength: length }) };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));
}
