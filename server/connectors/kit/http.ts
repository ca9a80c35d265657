import { createFetch, type FetchResponse } from 'ofetch';
import { AppError, retryLater, retryReconnect } from '../../domain/errors.ts';
import type { Clock, Fetch } from '../../domain/ports/machine.ts';
import { type Body, bodyOf, boundedBytes, boundedText } from './body.ts';
import { withDeadline } from './deadline.ts';
import { withoutSent } from './sent-secrets.ts';

export const replyBytesMax = 32 * 1024 * 1024;

export interface HttpRequest {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  /** Left-out values are not sent at all: a present but empty parameter can mean something else. */
  query?: Readonly<Record<string, string | undefined>>;
  headers?: Readonly<Record<string, string>>;
  body?: string | FormData;
  /** A success is a file: its bytes are given as they came. */
  file?: boolean;
  timeoutMs: number;
  /** Where the call waits for its turn; it runs under the deadline once it may start. */
  gate?: (call: () => Promise<Response>) => Promise<Response>;
}

export interface HttpReply {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Http {
  /**
   * Sends one request, once. Every answer with a status is a value, also 4xx and 5xx. Throws AppError
   * `system.timeout`, `system.unreachable` (no answer) or `system.answer` (too large), and what the
   * gate throws. No message holds an address, a header or a body.
   */
  send(request: HttpRequest): Promise<HttpReply>;
}

/**
 * A thin client on ofetch: no retry, redirects not followed (they could carry a token elsewhere), an
 * `Accept` header always. The time-out goes by the given clock.
 */
export function createHttp(options: { fetch: Fetch; clock: Clock; bytesMax?: number }): Http {
  const { clock, bytesMax = replyBytesMax } = options;
  const client = createFetch({ fetch: (input, init) => options.fetch(new Request(input, init)) });

  const exchange = async (request: HttpRequest, signal: AbortSignal): Promise<Exchanged> => {
    const response = await client.raw<unknown, 'stream'>(request.url, {
      method: request.method,
      query: given(request.query),
      headers: { Accept: 'application/json', ...request.headers },
      body: request.body ?? null,
      redirect: 'manual',
      retry: 0,
      ignoreResponseError: true,
      responseType: 'stream',
      signal,
    });
    if (request.file === true && response.ok)
      return { response, body: { kind: 'file', bytes: await boundedBytes(response, bytesMax) } };
    const told = await boundedText(response, bytesMax);
    const text = response.ok ? told : withoutSent(told, request);
    return { response, body: bodyOf(text, response.headers.get('content-type')) };
  };

  return {
    async send(request) {
      if (!Object.values(request.headers ?? {}).every(isHeaderText))
        throw new AppError('system.reconnect', { said: unsendable, retry: retryReconnect });
      let body: Body = { kind: 'empty' };
      const call = async (): Promise<Response> => {
        const work = (signal: AbortSignal) => exchange(request, signal);
        const { timeoutMs } = request;
        const done = await withDeadline({ clock, timeoutMs, work }).catch(rethrown);
        body = done.body;
        return done.response;
      };
      const response = await (request.gate ?? direct)(call);
      const { status, headers } = response;
      return { status, headers, body };
    },
  };
}

/** RFC 9110, 5.5. A key that was typed may hold what no header can. */
const isHeaderText = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
const unsendable = 'The access data has letters in it that cannot be sent.';

interface Exchanged {
  response: FetchResponse<unknown>;
  body: Body;
}

const direct = (call: () => Promise<Response>): Promise<Response> => call();

const given = (query: HttpRequest['query'] = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

// ofetch wraps what the transport threw; its message holds the whole address, so it is not kept.
function rethrown(error: unknown): Exchanged {
  if (error instanceof AppError) throw error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AppError) throw cause;
  const late = cause instanceof Error && /^(Timeout|Abort)Error$/.test(cause.name);
  throw new AppError(late ? 'system.timeout' : 'system.unreachable', { retry: retryLater() });
}
