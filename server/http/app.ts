import { type Context, Hono } from 'hono';
import type { Audit } from '../access/audit.ts';
import type { Sessions } from '../access/sessions.ts';
import { AppError } from '../domain/errors.ts';
import { stringifyOwn } from '../domain/json.ts';
import type { Clock, Ids, Logger } from '../domain/ports.ts';
import { callerOf } from './caller.ts';
import { auditDone, authorize } from './guard.ts';
import { headersOf, type RouteClass } from './headers.ts';
import { bodyMaxBytes, type RateLimits } from './limits.ts';
import type { Mount } from './mount.ts';
import { errorReply } from './reply.ts';
import { jsonBody, queryOf, requireSameOrigin, requireSmallHead } from './request-checks.ts';
import type { AnyRoute } from './route.ts';

export interface AppOptions {
  /** The configured origin; a `Host` header decides nothing. */
  publicUrl: string;
  proxyHops: number;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  sessions: Sessions;
  limits: RateLimits;
  audit: Audit;
  /** The `/v1` table: every one needs a session. */
  routes: readonly AnyRoute[];
  mounts: readonly Mount[];
}

/** What is known around a call; what not every call needs is found when it is asked for. */
interface Around {
  requestId: string;
  url(): URL;
  address(): string | null;
}

/** An answer before it has the headers of its class. */
interface Answer {
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
}

/** All HTTP of the app. Every reply, errors included, gets the headers of its route's class. */
export function createApp(options: AppOptions): Hono {
  const { publicUrl, routes, mounts, limits } = options;
  const secure = publicUrl.startsWith('https:');
  const apiHeaders = headersOf('api', { ancestors: [], secure });
  const app = new Hono();
  const table = [
    ...mounts.map((mount) => ({ ...mount, answer: answerMount(mount) })),
    ...routes.map((route) => ({
      ...route,
      routeClass: 'api' as const,
      ancestors: undefined,
      answer: answerRoute(route),
    })),
  ];
  for (const { method, path, routeClass, ancestors, answer } of table)
    app.on(method, path, (context) =>
      respond(context, { name: `${method} ${path}`, routeClass, ancestors, answer }),
    );
  // Last, so that a path that two methods share is never shut by the first of them.
  const methods = new Map<string, string[]>();
  for (const { method, path } of table) methods.set(path, [...(methods.get(path) ?? []), method]);
  for (const [path, allowed] of methods)
    app.all(path, async (context) => {
      const refuse = () => Promise.reject(new AppError('request.method'));
      const response = await respond(context, { name: path, routeClass: 'api', answer: refuse });
      response.headers.set('Allow', allowed.join(', '));
      return response;
    });
  app.notFound((context) =>
    respond(context, {
      name: 'unknown',
      routeClass: 'api',
      answer: () => Promise.reject(new AppError('request.not-found')),
    }),
  );
  return app;

  async function respond(
    context: Context,
    route: {
      name: string;
      routeClass: RouteClass;
      ancestors?: Mount['ancestors'] | undefined;
      answer(context: Context, around: Around): Promise<Response | Answer>;
    },
  ): Promise<Response> {
    const startedAtMs = options.clock.nowMs();
    const request = context.req.raw;
    const around: Around = {
      requestId: options.ids.next(),
      url: () => new URL(request.url),
      address: () => callerOf(request, context.env, options.proxyHops),
    };
    const { answer, routeClass } = await route
      .answer(context, around)
      .then((answered) => ({ answer: answered, routeClass: route.routeClass }))
      .catch((error: unknown) => ({
        answer: failed(error, around.requestId),
        // An error page is never kept, and never framed.
        routeClass: route.routeClass === 'connect' ? ('connect' as const) : ('api' as const),
      }));
    const ancestors = routeClass === 'embed' ? (route.ancestors?.(around.url()) ?? []) : [];
    const own = routeClass === 'api' ? apiHeaders : headersOf(routeClass, { ancestors, secure });
    const response = whole(answer, { ...own, 'X-Request-Id': around.requestId });
    options.logger.info('request', {
      route: route.name,
      status: response.status,
      durationMs: options.clock.nowMs() - startedAtMs,
      requestId: around.requestId,
    });
    return response;
  }

  function failed(error: unknown, requestId: string): Answer {
    const { status, body, retryAfterSeconds } = errorReply(error, requestId);
    if (status >= 500) options.logger.error('request-failed', { requestId, ...safeError(error) });
    return {
      status,
      body: JSON.stringify(body),
      headers: {
        ...json,
        ...(retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) }),
      },
    };
  }

  function answerMount(mount: Mount) {
    return async (context: Context, { requestId, ...around }: Around): Promise<Response> => {
      const request = context.req.raw;
      const address = around.address();
      requireSmallHead(request, context.env);
      if (mount.sameOrigin) requireSameOrigin(request, publicUrl);
      if (mount.limited && address !== null) limits.spend('unauthenticatedPerAddress', address);
      const params = context.req.param();
      return mount.handle({ request, url: around.url(), params, requestId, address });
    };
  }

  function answerRoute(route: AnyRoute) {
    return async (context: Context, around: Around): Promise<Response | Answer> => {
      const { requestId, address, url } = around;
      const request = context.req.raw;
      requireSmallHead(request, context.env);
      requireSameOrigin(request, publicUrl);
      const authorization = request.headers.get('authorization');
      const session = await authorize({ ...options, route, authorization, address, requestId });
      const reply = await route.handle({
        session,
        params: context.req.param(),
        query: request.url.includes('?') ? queryOf(url()) : {},
        body: await bodyOf(request, route),
        requestId,
        signal: request.signal,
      });
      auditDone(session, { audit: options.audit, route, requestId });
      return replyOf(reply, route);
    };
  }
}

/**
 * The answer with its headers. One of ours gets them as it is made: setting them one by one on a
 * `Response` that is there takes longer than everything else of a small call.
 */
function whole(answer: Response | Answer, headers: Readonly<Record<string, string>>): Response {
  if (!(answer instanceof Response)) {
    const { status, body, headers: own } = answer;
    return new Response(body, { status, headers: { ...own, ...headers } });
  }
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

const json = { 'Content-Type': 'application/json' };

async function bodyOf(request: Request, { method, rule }: AnyRoute): Promise<unknown> {
  if (method === 'GET' || method === 'DELETE') return undefined;
  const body = await jsonBody(request, rule.bodyMaxBytes ?? bodyMaxBytes);
  // Some clients send `{}` where there is nothing to say.
  const isEmpty = rule.body === undefined && stringifyOwn(body) === '{}';
  return isEmpty ? undefined : body;
}

function replyOf(reply: unknown, { path, rule }: AnyRoute): Response | Answer {
  if (reply instanceof Response) return reply;
  if (!rule.csv) return { status: 200, body: stringifyOwn(reply), headers: json };
  return {
    status: 200,
    body: String(reply),
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileNameOf(path)}"`,
    },
  };
}

/** The last word of the route's own path, never one of the call: `log.csv`, `log-parts.csv`. */
export function fileNameOf(path: string): string {
  const word = path.split('/').findLast((part) => !part.startsWith(':')) ?? 'file';
  return word.endsWith('.csv') ? word : `${word}.csv`;
}

/** What a log may hold of a failure: its kind and where, never a message that could repeat input. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    code: error instanceof AppError ? error.code : null,
    at: places.slice(0, 8).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}
