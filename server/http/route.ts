import * as v from 'valibot';
import type { Session } from '../access/sessions.ts';
import { AppError } from '../domain/errors.ts';
import type { Role } from '../domain/tenant.ts';
import type { Api } from './contract.ts';

export type { Session };

type NamesIn<Path> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
/** The members that the path text names: `{connectionId: string}`. */
export type PathParams<K extends keyof Api> = Record<NamesIn<K>, string>;
export type QueryOf<K extends keyof Api> = Api[K]['input'] extends { query: infer Query }
  ? Query
  : undefined;
export type BodyOf<K extends keyof Api> = Api[K]['input'] extends { body: infer Body }
  ? Body
  : undefined;

export interface RouteRequest<K extends keyof Api, Query = QueryOf<K>, Body = BodyOf<K>> {
  session: Session;
  params: PathParams<K>;
  query: Query;
  body: Body;
  requestId: string;
}

/** What every route says of itself. There is none without a minimum role. */
export interface Rule {
  role: Role;
  /** Asks for a host token at most 60 s old, else `access.step-up`. */
  stepUp?: boolean;
  body?: v.GenericSchema;
  query?: v.GenericSchema;
  /** It calls a marketplace or system while we answer: it has a limit of its own, as files have. */
  callsOut?: boolean;
  /** What the audit trail says when it was done; a route that does more than answer may record itself. */
  audit?: 'settings' | 'export' | 'grant' | 'second';
  /** The reply is text, answered as a `text/csv` file. */
  csv?: boolean;
  bodyMaxBytes?: number;
}

/** A request as it came in: nothing but the session has been looked at. */
export interface RawRequest {
  session: Session;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined where there was no body. */
  body: unknown;
  requestId: string;
  /** Aborts when the caller hangs up. Made when it is asked for, which costs as much as a small call. */
  readonly signal: AbortSignal;
}

/** A route of the `/v1` table in the one form the app mounts. */
export interface AnyRoute {
  key: string;
  method: string;
  path: string;
  rule: Rule;
  /** The reply as JSON, as text where `rule.csv`, or a Response that is sent as it is. */
  handle(request: RawRequest): Promise<unknown>;
}

/** A schema that takes at least everything the contract lets the page send. */
type Takes<Schema extends v.GenericSchema, Sent> =
  Sent extends v.InferInput<Schema> ? Schema : never;
type RuleFor<
  K extends keyof Api,
  Query extends v.GenericSchema,
  Body extends v.GenericSchema,
> = Omit<Rule, 'body' | 'query'> &
  (Api[K]['input'] extends { query: infer Sent } ? { query: Takes<Query, Sent> } : unknown) &
  (Api[K]['input'] extends { body: infer Sent } ? { body: Takes<Body, Sent> } : unknown);

const nothing = v.undefined();
const emptyQuery = v.strictObject({});

/**
 * A route of the contract. Its handler gets path names, query and body as its schemas let them
 * through (output types), and a session of at least `rule.role`. Throws `request.invalid` for
 * anything the schemas refuse; unknown query members are refused.
 */
export function route<
  K extends keyof Api,
  Query extends v.GenericSchema = typeof emptyQuery,
  Body extends v.GenericSchema = typeof nothing,
>(
  key: K,
  rule: RuleFor<K, Query, Body> & Rule,
  handle: (
    request: RouteRequest<K, v.InferOutput<Query>, v.InferOutput<Body>>,
  ) => Promise<Api[K]['reply']>,
): AnyRoute {
  const [method = '', path = ''] = key.split(' ');
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return {
    key,
    method,
    path,
    rule,
    handle: async ({ session, params, query, body, requestId }) => {
      if (!hasParams<K>(params, names)) throw new AppError('request.not-found');
      return handle({
        session,
        params,
        query: checked<Query>(rule.query ?? emptyQuery, query),
        body: checked<Body>(rule.body ?? nothing, body),
        requestId,
      });
    },
  };
}

/** The value as the schema lets it through. Throws `request.invalid`, naming the field only. */
export function checked<Schema extends v.GenericSchema>(
  schema: v.GenericSchema,
  value: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  // The one place where the type of a generic schema's output is taken on trust: `schema` is the
  // route's own, or the empty one where its type parameter has the empty one's default.
  if (result.success) return result.output as v.InferOutput<Schema>;
  throw new AppError('request.invalid', { facts: { field: fieldOf(result.issues[0]) } });
}

function hasParams<K extends keyof Api>(
  params: Readonly<Record<string, string>>,
  names: readonly string[],
): params is PathParams<K> {
  return names.every((name) => params[name] !== undefined);
}

/** Where the schema was left, in its own words: names that came from the input are never repeated. */
function fieldOf(issue: v.BaseIssue<unknown>): string {
  const known = (issue.path ?? []).filter(
    (item) =>
      item.origin === 'value' &&
      (item.type === 'object' || item.type === 'array') &&
      !(item.type === 'object' && issue.expected === 'never'),
  );
  return known.map((item) => String(item.key)).join('.');
}
