import type { Edit, Scope } from '../server/domain/decision.ts';
import type { LogAction } from '../server/domain/log-entry.ts';
import type { OrderType } from '../server/domain/order.ts';
import type { ExplanationStep } from '../server/domain/plan.ts';
import type { FeeKind } from '../server/domain/product.ts';
import type { NeedCode, TaskState } from '../server/domain/task.ts';
import type { Role } from '../server/domain/tenant.ts';
import type {
  CorrectionBody,
  CreateItemsBody,
  CustomerBulkBody,
  DecisionBody,
  DriftBody,
  PreviewBody,
  ProductBulkBody,
  UndoPreviewBody,
} from '../server/http/bodies.ts';
import type {
  Api,
  DecisionFilter,
  LogFilter,
  LookFilter,
  MappingFilter,
  SessionReply,
  TaskFilter,
  TaskViewName,
} from '../server/http/contract.ts';
import type * as View from '../server/http/views/index.ts';
import { browserHost } from './browser-host.ts';
import { now } from './clock.ts';
import { askHost, type HostFailure, type HostReply } from './host.ts';
import { createSession } from './session.ts';
import { en } from './texts/en.ts';

export type {
  Api,
  CorrectionBody,
  CreateItemsBody,
  CustomerBulkBody,
  DecisionFilter,
  DriftBody,
  Edit,
  ExplanationStep,
  FeeKind,
  LogAction,
  LogFilter,
  LookFilter,
  MappingFilter,
  NeedCode,
  OrderType,
  PreviewBody,
  ProductBulkBody,
  Role,
  Scope,
  TaskFilter,
  TaskState,
  TaskViewName,
  View,
};
/** As it is sent: a date is plain text. */
export type DecisionValue = DecisionBody['value'];
export type UndoChoice = UndoPreviewBody['choice'];

/** An error as the page shows it; `facts.field` names a refused setting. */
export type Failure = View.ErrorView & { facts?: Readonly<Record<string, string>> };
export type Result<Value> = { ok: true; value: Value } | { ok: false; error: Failure };

type Key = keyof Api;
type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
type Params<K extends string> = [Names<K>] extends [never]
  ? unknown
  : { params: Record<Names<K>, string> };
type Input<K extends Key> = Api[K]['input'] & Params<K>;
interface Loose {
  params?: Readonly<Record<string, string>>;
  query?: object;
  body?: unknown;
}

/** What the page knows about why there is no session at all. */
export type Locked = { kind: 'host'; failure: HostFailure } | { kind: 'refused'; error: Failure };
let heard: (reply: HostReply) => void = () => {};
let opened: (reply: SessionReply) => void = () => {};
let ended: (why: Locked) => void = () => {};
/**
 * Called with each handshake's theme and locale, with the session that came of it, and when there is
 * none any more: the app refused another, or the last one is over and the host gives no other.
 */
export function onSession(host: typeof heard, session: typeof opened, end: typeof ended): void {
  heard = host;
  opened = session;
  ended = end;
}

const world = browserHost(window);
export const session = createSession<Locked>({
  exchange,
  now,
  lost: (why, isOver) => {
    const isRefused = why.kind === 'refused' && final.has(why.error.code);
    if (isOver || isRefused) ended(why);
  },
});

/** Refusals that trying again does not change. */
const final = new Set<string>(['access.disabled', 'access.forbidden']);

async function exchange(replaces: string | null) {
  const answer = await askHost(world);
  if (!answer.ok) return refused({ kind: 'host', failure: answer.failure });
  heard(answer.reply);
  const result: Result<SessionReply> = await send('POST', '/v1/session', answer.reply.token, {
    body: replaces === null ? undefined : { replaces },
  });
  if (!result.ok) return refused({ kind: 'refused', error: result.error });
  opened(result.value);
  return { ok: true as const, bearer: result.value };
}
const refused = (failure: Locked) => ({ ok: false as const, failure });

/** Calls a route of the table: wrong paths, members and replies do not compile. */
export function call<K extends Key>(route: K, input: Input<K>): Promise<Result<Api[K]['reply']>>;
export async function call(route: string, input: Loose): Promise<Result<unknown>> {
  const { method, path } = addressOf(route, input);
  return withBearer((token) => send(method, path, token, input));
}

/** A file, fetched with the bearer so that no address ever carries one. */
export async function download<K extends Key>(route: K, input: Input<K>): Promise<Result<Blob>> {
  const { method, path } = addressOf(route, input);
  return withBearer((token) => request(method, path, token, {}, (response) => response.blob()));
}

/** Opens the live stream; the caller reads its lines. */
export async function openStream(abort: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
  const result = await withBearer((token) =>
    request('GET', '/v1/stream', token, { abort }, async (response) => response.body),
  );
  return result.ok ? result.value : null;
}

async function withBearer<Value>(
  use: (token: string) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const first = await session.current();
  if (!first.ok) return { ok: false, error: errorOfLock(first.failure) };
  const result = await use(first.bearer.token);
  if (result.ok || !renewable.has(result.error.code)) return result;
  const second = await session.renew(first.bearer.token);
  if (!second.ok) return { ok: false, error: errorOfLock(second.failure) };
  return use(second.bearer.token);
}
const renewable = new Set<string>(['access.unauthenticated', 'access.expired', 'access.step-up']);

function addressOf(route: string, { params = {}, query = {} }: Loose) {
  const [method = 'GET', pattern = ''] = route.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given).toString();
  return { method, path: text ? `${path}?${text}` : path };
}

const send = <Value>(method: string, path: string, token: string, { body }: Loose) =>
  request<Value>(method, path, token, { body }, (response) => response.json());

async function request<Value>(
  method: string,
  path: string,
  token: string,
  { body, abort }: { body?: unknown; abort?: AbortSignal },
  read: (response: Response) => Promise<Value>,
): Promise<Result<Value>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(abort ? { signal: abort } : {}),
      credentials: 'omit',
      mode: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
    });
    if (response.ok) return { ok: true, value: await read(response) };
    return { ok: false, error: (await errorOf(response)) ?? silence(method, path) };
  } catch {
    return { ok: false, error: silence(method, path) };
  }
}

const blank = { said: null, requestId: '', retryAt: null } as const;
const unreachable: Failure = { code: 'internal', ...en.errors.unreachable, ...blank };
const unanswered: Failure = { code: 'internal', ...en.errors.unanswered, ...blank };
/** Reading and signing in change nothing; anything else may have arrived though its answer did not. */
const silence = (method: string, path: string): Failure =>
  method === 'GET' || path === '/v1/session' ? unreachable : unanswered;

async function errorOf(response: Response): Promise<Failure | null> {
  const text = await response.text();
  if (!text.startsWith('{')) return null;
  const body: Failure & { error?: Failure } = JSON.parse(text);
  return body.error ?? body;
}

function errorOfLock(locked: Locked): Failure {
  if (locked.kind === 'refused') return locked.error;
  // Nobody reads it: the whole page says by then why the marketplace does not let it in.
  return unreachable;
}
