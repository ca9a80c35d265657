import type * as v from 'valibot';
import type { Instant } from '../../domain/dates.ts';
import { AppError, type Failure, failureOf, retryLater } from '../../domain/errors.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import type { OAuthContext } from '../../domain/ports/session.ts';
import { createHttp, type HttpReply, type HttpRequest } from '../kit/http.ts';
import { type Certainty, errorOf, faultOf } from './faults.ts';
import { pageSize, pagesMax, readTimeoutMs, writeTimeoutMs } from './limits.ts';
import {
  type Listed,
  type ListRequest,
  memberOf,
  type Page,
  type Query,
  recordsOf,
} from './records.ts';

export type Written =
  | { status: 'answered'; reply: HttpReply }
  | { status: 'failed'; certainty: Certainty; failure: Failure; reply: HttpReply | null };

export interface Client {
  /** The one page of a collection that has no pages. Throws `system.*`. */
  list<S extends v.GenericSchema>(request: ListRequest<S>): Promise<Listed<v.InferOutput<S>>>;
  /** One page, counted from 1, and how many there are. */
  page<S extends v.GenericSchema>(
    request: ListRequest<S>,
    page: number,
  ): Promise<Page<v.InferOutput<S>>>;
  /** All pages; a record that moved between pages while they were read is there once. */
  pages<S extends v.GenericSchema>(
    request: ListRequest<S>,
  ): Promise<Listed<v.InferOutput<S>> & { pages: number }>;
  /** A PDF as it is. Throws `request.not-found` where its document is gone. */
  file(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** One call that changes something; what became of it is a value. */
  write(request: {
    method: 'PUT' | 'POST';
    path: string;
    query?: Query;
    body: string;
    idempotencyKey: string;
  }): Promise<Written>;
}

/** The Accounting API of one organisation. https://developer.xero.com/documentation/api/accounting/overview */
export function createClient(options: { context: OAuthContext; apiUrl: string }): Client {
  const { context, apiUrl } = options;
  const { clock, limiter, purpose, account } = context;
  const http = createHttp({ fetch: context.fetch, clock });

  const send = async (request: Omit<HttpRequest, 'url'> & { path: string }, started = () => {}) => {
    const { path, ...rest } = request;
    const accessToken = await context.accessToken();
    return http.send({
      ...rest,
      url: `${apiUrl}/api.xro/2.0/${path}`,
      headers: {
        ...rest.headers,
        Authorization: `Bearer ${accessToken}`,
        'xero-tenant-id': account.id,
      },
      gate: (call) =>
        limiter.run(purpose, () => {
          started();
          return call();
        }),
    });
  };

  const read = async (path: string, query: Query, since: string | null): Promise<unknown> => {
    const headers = since === null ? {} : { 'If-Modified-Since': since };
    const reply = await send({ method: 'GET', path, query, headers, timeoutMs: readTimeoutMs });
    if (reply.status === 304) return {};
    if (reply.status !== 200) throw errorOf(reply, clock.nowMs());
    if (reply.body.kind !== 'json') throw unreadableAnswer(reply);
    return reply.body.value;
  };

  const list: Client['list'] = async (request) => {
    const page = await read(
      request.path ?? request.name,
      request.query ?? {},
      request.since ?? null,
    );
    return recordsOf(page, request);
  };

  const page: Client['page'] = async (request, number) => {
    const query = { ...request.query, page: String(number), pageSize: String(pageSize) };
    const answer = await read(request.path ?? request.name, query, request.since ?? null);
    return recordsOf(answer, request);
  };

  return {
    list,
    page,

    async pages(request) {
      const all = new Map<string, v.InferOutput<typeof request.schema>>();
      const unreadable = new Map<string, Unreadable>();
      let readAt: Instant | null = null;
      for (let number = 1; number <= pagesMax; number += 1) {
        const part = await page(request, number);
        // Told by the first page: a list that is too long costs one call, not all that are allowed.
        if (part.pageCount !== null && part.pageCount > pagesMax) break;
        readAt ??= part.readAt;
        for (const record of part.records) all.set(memberOf(record, request.idName), record);
        for (const record of part.unreadable) unreadable.set(record.id, record);
        const count = part.records.length + part.unreadable.length;
        if ((part.pageCount !== null && number >= part.pageCount) || count === 0)
          return {
            records: [...all.values()],
            unreadable: [...unreadable.values()],
            readAt,
            pages: number,
          };
      }
      throw new AppError('system.volume');
    },

    async file(path) {
      const headers = { Accept: 'application/pdf' };
      const reply = await send({
        method: 'GET',
        path,
        headers,
        file: true,
        timeoutMs: readTimeoutMs,
      });
      if (reply.body.kind === 'file') return reply.body.bytes;
      if (reply.status === 404) throw new AppError('request.not-found');
      throw errorOf(reply, clock.nowMs());
    },

    async write({ method, path, query, body, idempotencyKey }) {
      let started = false;
      try {
        const reply = await send(
          {
            method,
            path,
            ...(query === undefined ? {} : { query }),
            headers: {
              'Content-Type': 'application/json',
              // Xero chokes on the header when it is there and empty.
              ...(idempotencyKey === '' ? {} : { 'Idempotency-Key': idempotencyKey }),
            },
            body,
            timeoutMs: writeTimeoutMs,
          },
          () => {
            started = true;
          },
        );
        const done = reply.status === 204 || (reply.status === 200 && reply.body.kind === 'json');
        if (done) return { status: 'answered', reply };
        return { status: 'failed', ...faultOf(reply, clock.nowMs()), reply };
      } catch (error) {
        // Once it started nobody can tell whether it arrived.
        const certainty = started ? 'unknown' : 'unsent';
        return { status: 'failed', certainty, failure: failureOf(error), reply: null };
      }
    },
  };
}

const unreadableAnswer = ({ headers }: HttpReply): AppError =>
  new AppError('system.answer', {
    retry: retryLater(),
    reference: headers.get('xero-correlation-id'),
  });
