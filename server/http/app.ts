import { type Context, Hono } from 'hono';
import type { Audit } from '../access/audit.ts';
import type { Sessions } from '../access/sessions.ts';
import { AppError } from '../domain/errors.ts';
import { stringifyOwn } from '../domain/json.ts';
import type { Clock, Ids, Logger } from '../domain/ports/machine.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import { callerOf } from './caller.ts';
import { ExactRouter } from './exact-router.ts';
import { auditDone, auditFailed, authorize } from './guard.ts';
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

/** All HTTP of the app. Every reply, errors included, gets the headers of its route's class. */
export function createApp(options: AppOptions): Hono {
  const { publicUrl, routes, mounts, limits } = options;
  const secure = publicUrl.startsWith('https:');
  const apiHeaders = headersOf('api', { ancestors: [], secure });
  const app = new Hono({ router: new ExactRouter() });
  const table = [
    ...mounts.map((mount) => ({ ...mount, answer: answerMount(mount) })),
    ...routes.map((route) => ({
      ...route,
      routeClass: 'api' as const,
      ancestors: undefined,
      answer: answerRoute(route),
    })),
  ];
  for (const { method, path, routeClass, ancestors, answer } of table) {
    const route = { name: `${method} ${path}`, routeClass, ancestors, answer };
    app.on(method, path, (context) => respond(context, route));
  }
  const methods = [...new Set(table.map(({ method }) => method))];
  app.notFound(async (context) => {
    const served = methods.flatMap((method) => {
      const [found] = app.router.match(method, context.req.path)[0];
      return found === undefined ? [] : [{ method, path: found[0][1].path }];
    });
    const name = served[0]?.path ?? 'unknown';
    const code = served.length > 0 ? 'request.method' : 'request.not-found';
    const answer = () => Promise.reject(new AppError(code));
    const response = await respond(context, { name, routeClass: 'api', answer });
    if (served.length > 0)
      response.headers.set('Allow', served.map(({ method }) => method).join(', '));
    return response;
  });
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
    let { routeClass } = route;
    let answer: Response | Answer;
    try {
      answer = await route.answer(context, around);
    } catch (error) {
      answer = failed(error, around.requestId);
      // An error page is never kept, and never framed.
      if (routeClass !== 'connect') routeClass = 'api';
    }
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
    const headers = retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) };
    return jsonAnswer(JSON.stringify(body), { status, headers });
  }

  function answerMount(mount: Mount) {
    return async (context: Context, { requestId, ...around }: Around) => {
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
      const recorded = { audit: options.audit, route, requestId };
      const asked = route.handle({
        session,
        params: context.req.param(),
        query: request.url.includes('?') ? queryOf(url()) : {},
        body: await bodyOf(request, route),
        requestId,
        get signal() {
          return request.signal;
        },
      });
      const reply = await asked.catch((error: unknown) => {
        auditFailed(session, error, recorded);
        throw error;
      });
      auditDone(session, recorded);
      return replyOf(reply, route);
    };
  }
}

function whole(answer: Response | Answer, headers: Readonly<Record<string, string>>): Response {
  if (!(answer instanceof Response)) {
    const { status, body, headers: own } = answer;
    return new Response(body, { status, headers: { ...own, ...headers } });
  }
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

async function bodyOf(request: Request, { method, rule }: AnyRoute): Promise<unknown> {
  if (method === 'GET' || method === 'DELETE') return undefined;
  const body = await jsonBody(request, rule.bodyMaxBytes ?? bodyMaxBytes);
  // Some clients send `{}` where there is nothing to say.
  const isEmpty = rule.body === undefined && stringifyOwn(body) === '{}';
  return isEmpty ? undefined : body;
}

function replyOf(reply: unknown, { path, rule }: AnyRoute): Response | Answer {
  if (reply instanceof Response) return reply;
  if (!rule.csv) return jsonAnswer(stringifyOwn(reply));
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
