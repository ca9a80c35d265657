import * as v from 'valibot';
import { AppError, failureOf, retryLater, retryReconnect } from '../../domain/errors.ts';
import { rawNumber, stringifyOwn } from '../../domain/json.ts';
import type { Read, Unreadable } from '../../domain/ports/read.ts';
import type { CredentialContext } from '../../domain/ports/session.ts';
import { withoutSecrets } from '../../domain/secret-names.ts';
import { createHttp, type HttpReply, type HttpRequest } from '../kit/http.ts';
import type { Failed } from '../kit/written.ts';
import { faultOf } from './faults.ts';
import { pagesMax, readTimeoutMs, recordsPerPage, writeTimeoutMs } from './limits.ts';
import { itemIdSchema, pageSchema } from './schema.ts';
import { requireBelowThreshold } from './threshold.ts';
import type { Zone, Zones } from './zone.ts';

/** A condition of a query (help: REST, basic query calls). */
export type Condition =
  | { op: 'and' | 'or'; items: readonly Condition[] }
  | { op: string; field: string; value?: unknown };

export type Written = { status: 'done'; id: string } | Failed;

export interface Client {
  zone(): Promise<Zone>;
  get(path: string): Promise<unknown>;
  /** All pages; a record that does not fit its schema is kept apart. Throws `system.*`. */
  query<S extends v.GenericSchema>(
    entity: string,
    schema: S,
    filter: readonly Condition[],
    options?: { recordsMax?: number },
  ): Promise<Read<v.InferOutput<S>>>;
  /** One call that changes something; what became of it is a value. */
  write(request: {
    method: 'POST' | 'PATCH' | 'DELETE';
    path: string;
    body?: object;
  }): Promise<Written>;
}

export type Access = Omit<CredentialContext, 'account'>;

/** An id or picklist value in a filter or body: a text compared with a number finds nothing. */
export const idValue = (id: string): unknown => rawNumber(id);
export const everything: Condition = { op: 'exist', field: 'id' };
export const anyOf = (field: string, ids: readonly string[]): Condition => ({
  op: 'in',
  field,
  value: ids.map(idValue),
});
export const equals = (field: string, value: unknown): Condition => ({ op: 'eq', field, value });

/** The REST API of one tenant, in its zone. Help: REST, "General topics". */
export function createClient({ context, zones }: { context: Access; zones: Zones }): Client {
  const { clock, limiter, purpose } = context;
  const http = createHttp({ fetch: context.fetch, clock });

  const zone = async (): Promise<Zone> => zones.of(http, await userName());
  const userName = async (): Promise<string> => (await context.credentials()).userName ?? '';

  async function headers(): Promise<Record<string, string>> {
    const given = await context.credentials();
    const trackingId = given.trackingId ?? context.client?.clientId;
    if (trackingId === undefined) throw new AppError('system.reconnect', { retry: retryReconnect });
    return {
      ApiIntegrationCode: trackingId,
      UserName: given.userName ?? '',
      Secret: given.secret ?? '',
      'Content-Type': 'application/json',
    };
  }

  async function once(
    request: Pick<HttpRequest, 'method' | 'timeoutMs'> & { path: string; body?: string },
    started: () => void,
  ): Promise<HttpReply> {
    const { path, ...rest } = request;
    const own = await zone();
    return http.send({
      ...rest,
      url: path.startsWith(own.url) ? path : `${own.url}V1.0/${path}`,
      headers: await headers(),
      gate: (call) =>
        limiter.run(purpose, () => {
          started();
          return call();
        }),
    });
  }

  /** A refused login is asked once more in the zone that discovery tells now: tenants are moved. */
  async function send(
    request: Pick<HttpRequest, 'method' | 'timeoutMs'> & { path: string; body?: string },
    started = () => {},
  ): Promise<HttpReply> {
    const first = await once(request, started);
    if (first.status !== 401) return first;
    const before = await zone();
    zones.forget(await userName());
    return (await zone()).url === before.url ? first : once(request, started);
  }

  async function read(method: 'GET' | 'POST', path: string, body?: string): Promise<unknown> {
    const reply = await send({
      method,
      path,
      timeoutMs: readTimeoutMs,
      ...(body === undefined ? {} : { body }),
    });
    if (reply.status !== 200) {
      const { code, ...failure } = faultOf(reply, clock.nowMs()).failure;
      throw new AppError(code, failure);
    }
    if (reply.body.kind !== 'json') throw new AppError('system.answer', { retry: retryLater() });
    return reply.body.value;
  }

  const watched = () =>
    requireBelowThreshold({ limiter, clock, read: () => read('GET', 'ThresholdInformation') });

  return {
    zone,
    get: async (path) => {
      await watched();
      return read('GET', path);
    },

    query: async (entity, schema, filter, { recordsMax } = {}) => {
      await watched();
      const body = stringifyOwn({ MaxRecords: recordsMax ?? recordsPerPage, filter });
      const records: v.InferOutput<typeof schema>[] = [];
      const unreadable: Unreadable[] = [];
      let path: string | null = `${entity}/query`;
      for (let page = 0; path !== null; page += 1) {
        if (page >= pagesMax) throw new AppError('system.volume');
        const value: unknown = await read('POST', path, body);
        const answer = v.safeParse(pageSchema, value);
        // More than was asked for is no page of this API, and reading it would hold up everybody else.
        if (!answer.success || answer.output.items.length > recordsPerPage)
          throw new AppError('system.answer', { retry: retryLater() });
        for (const item of answer.output.items) {
          const known = v.safeParse(schema, item);
          if (known.success) records.push(known.output);
          else unreadable.push(keptOf(entity, item, known.issues[0].message));
        }
        path = recordsMax === undefined ? answer.output.pageDetails.nextPageUrl : null;
        // The address of the next page comes from outside: it stays in the zone.
        if (path !== null && !path.startsWith((await zone()).url))
          throw new AppError('system.answer', { retry: retryLater() });
      }
      return { records, unreadable };
    },

    write: async ({ method, path, body }) => {
      let started = false;
      try {
        await watched();
        const reply = await send(
          {
            method,
            path,
            timeoutMs: writeTimeoutMs,
            ...(body === undefined ? {} : { body: stringifyOwn(body) }),
          },
          () => {
            started = true;
          },
        );
        const done = v.safeParse(
          itemIdSchema,
          reply.body.kind === 'json' ? reply.body.value : null,
        );
        if (reply.status === 200 && done.success) return { status: 'done', id: done.output.itemId };
        return { status: 'failed', ...faultOf(reply, clock.nowMs()) };
      } catch (error) {
        const certainty = started ? 'unknown' : 'unsent';
        return { status: 'failed', certainty, failure: failureOf(error) };
      }
    },
  };
}

const idOnly = v.looseObject({ id: v.string() });

function keptOf(what: string, item: unknown, problem: string): Unreadable {
  const known = v.safeParse(idOnly, item);
  return {
    what,
    id: known.success ? known.output.id : '',
    problem,
    body: JSON.stringify(withoutSecrets(item)),
  };
}
