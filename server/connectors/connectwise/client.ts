import * as v from 'valibot';
import {
  AppError,
  type Failure,
  failureOf,
  retryLater,
  retryReconnect,
} from '../../domain/errors.ts';
import { stringifyOwn } from '../../domain/json.ts';
import type { Read, Unreadable } from '../../domain/ports/read.ts';
import type { CredentialContext } from '../../domain/ports/session.ts';
import type { Credentials } from '../../domain/ports/system-access.ts';
import { withoutSecrets } from '../../domain/secret-names.ts';
import { createHttp, type HttpReply, type HttpRequest } from '../kit/http.ts';
import type { Failed } from '../kit/written.ts';
import { faultOf } from './faults.ts';
import { pagesMax, readTimeoutMs, recordsPerPage, writeTimeoutMs } from './limits.ts';
import { countSchema, fieldsOf } from './schema.ts';
import type { Place, Places } from './site.ts';

/** Pinned, since forms change between versions (guide: Versioning). */
const version = '2025.1';
const accept = `application/vnd.connectwise.com+json; version=${version}`;
/** A record that any role which can use this app at all may count: tells bad keys from a missing record. */
const probe = 'finance/agreements/count';

export type Written = { status: 'done'; value: unknown } | Failed;
export type Access = Omit<CredentialContext, 'account'>;

export interface Client {
  place(): Promise<Place>;
  /** All pages of a list, by id; a record that does not fit its schema is kept apart. Throws `system.*`. */
  list<S extends v.GenericSchema & { entries: object }>(
    path: string,
    schema: S,
    options?: {
      conditions?: string;
      recordsMax?: number;
      query?: Readonly<Record<string, string>>;
    },
  ): Promise<Read<v.InferOutput<S>>>;
  /** A file as it is. Throws `request.not-found` where its record is gone. */
  file(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** How many there are: the cheapest call that needs the right to read them. */
  count(path: string, query?: Readonly<Record<string, string>>): Promise<number>;
  /** What stands at an address of the tenant's own host, asked for without the keys. */
  open(url: string): Promise<unknown>;
  /** One call that changes something; what became of it is a value, the whole record where it was done. */
  write(request: {
    method: 'POST' | 'PATCH' | 'DELETE';
    path: string;
    /** A form goes out as multipart, everything else as JSON. */
    body?: object | FormData;
  }): Promise<Written>;
}

type Sent = Pick<HttpRequest, 'method' | 'timeoutMs' | 'file'> & {
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: string | FormData;
};

/** The REST API 3.0 of one tenant, below its codebase. Guide: API requests. */
export function createClient({ context, places }: { context: Access; places: Places }): Client {
  const { clock, limiter, purpose } = context;
  const http = createHttp({ fetch: context.fetch, clock });

  function headersOf({ companyId = '', publicKey = '', privateKey = '' }: Credentials) {
    // "Vendors must not ask customers for one": it is the operator's, registered at the vendor.
    const clientId = context.client?.clientId ?? '';
    if (!guid.test(clientId))
      throw new AppError('system.reconnect', { said: noClientId, retry: retryReconnect });
    const login = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64');
    return {
      Authorization: `Basic ${login}`,
      clientId,
      Accept: accept,
    };
  }

  async function once({ path, ...rest }: Sent, started: () => void): Promise<HttpReply> {
    const credentials = await context.credentials();
    const headers = {
      ...headersOf(credentials),
      // A form tells its own type, with its boundary.
      ...(rest.body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
    };
    const { apiUrl } = await places.of(http, credentials);
    return http.send({
      ...rest,
      url: `${apiUrl}${path}`,
      headers,
      gate: (call) =>
        limiter.run(purpose, () => {
          started();
          return call();
        }),
    });
  }

  /**
   * A 404 may mean that the region was upgraded: discovery is asked, and the call repeated below the
   * new codebase, under which nothing was done yet (as the Django client does).
   */
  async function send(request: Sent, started = () => {}): Promise<HttpReply> {
    const reply = await once(request, started);
    if (reply.status !== 404 && !isRouted(reply)) return reply;
    const isMoved = await places.moved(http, await context.credentials());
    return isMoved ? once(request, started) : reply;
  }

  /** "404 on cloud may be wrong keys": where a call that must answer is not found either, they are. */
  async function lostLogin(): Promise<Failure | null> {
    const reply = await once({ method: 'GET', path: probe, timeoutMs: readTimeoutMs }, () => {});
    if (reply.status !== 404) return null;
    const { failure } = faultOf(reply, clock.nowMs());
    return { ...failure, code: 'system.reconnect', retry: retryReconnect };
  }

  async function read(path: string, query: Readonly<Record<string, string>>): Promise<HttpReply> {
    const reply = await send({ method: 'GET', path, query, timeoutMs: readTimeoutMs });
    if (reply.status === 200 && reply.body.kind === 'json') return reply;
    if (reply.status === 200) throw new AppError('system.answer', { retry: retryLater() });
    const { failure } = faultOf(reply, clock.nowMs());
    const { code, ...told } = (reply.status === 404 ? await lostLogin() : null) ?? failure;
    throw new AppError(code, told);
  }

  return {
    place: async () => places.of(http, await context.credentials()),

    list: async (path, schema, { conditions, recordsMax = recordsPerPage, query = {} } = {}) => {
      const records: v.InferOutput<typeof schema>[] = [];
      const unreadable: Unreadable[] = [];
      const limited = recordsMax < recordsPerPage;
      for (let page = 1; ; page += 1) {
        if (page > pagesMax) throw new AppError('system.volume');
        const { headers, body } = await read(path, {
          ...query,
          pageSize: String(recordsMax),
          page: String(page),
          orderBy: 'id',
          fields: fieldsOf(schema),
          ...(conditions === undefined ? {} : { conditions }),
        });
        const answer = v.safeParse(v.array(v.unknown()), body.kind === 'json' ? body.value : null);
        // More than was asked for is no page of this API, and reading it would hold up everybody else.
        if (!answer.success || answer.output.length > recordsPerPage)
          throw new AppError('system.answer', { retry: retryLater() });
        for (const item of answer.output) {
          const known = v.safeParse(schema, item);
          if (known.success) records.push(known.output);
          else unreadable.push(keptOf(path, item, known.issues[0].message));
        }
        // The address in the link is the vendor's own form of it; that there is one is what counts.
        if (limited || !/rel="?next"?/i.test(headers.get('link') ?? '')) break;
      }
      return { records, unreadable };
    },

    file: async (path) => {
      const reply = await send({ method: 'GET', path, file: true, timeoutMs: readTimeoutMs });
      if (reply.body.kind === 'file') return reply.body.bytes;
      const { failure } = faultOf(reply, clock.nowMs());
      const lost = reply.status === 404 ? await lostLogin() : null;
      if (reply.status === 404 && lost === null) throw new AppError('request.not-found');
      const { code, ...told } = lost ?? failure;
      throw new AppError(code, told);
    },

    count: async (path, query = {}) => {
      const { body } = await read(`${path.replace(/\/$/, '')}/count`, query);
      const told = v.safeParse(countSchema, body.kind === 'json' ? body.value : null);
      if (!told.success) throw new AppError('system.answer', { retry: retryLater() });
      return Number(told.output.count);
    },

    open: async (url) => {
      const gate = (call: () => Promise<Response>) => limiter.run(purpose, call);
      const reply = await http.send({ method: 'GET', url, timeoutMs: readTimeoutMs, gate });
      if (reply.status !== 200 || reply.body.kind !== 'json')
        throw new AppError('system.answer', { retry: retryLater() });
      return reply.body.value;
    },

    write: async ({ method, path, body }) => {
      let started = false;
      try {
        const reply = await send(
          {
            method,
            path,
            timeoutMs: writeTimeoutMs,
            ...(body === undefined
              ? {}
              : { body: body instanceof FormData ? body : stringifyOwn(body) }),
          },
          () => {
            started = true;
          },
        );
        const { status } = reply;
        if (status === 204) return { status: 'done', value: null };
        if ((status === 200 || status === 201) && reply.body.kind === 'json')
          return { status: 'done', value: reply.body.value };
        const lost = status === 404 ? await lostLogin().catch(failureOf) : null;
        return lost === null
          ? { status: 'failed', ...faultOf(reply, clock.nowMs()) }
          : { status: 'failed', certainty: 'unsent', failure: lost };
      } catch (error) {
        const certainty = started ? 'unknown' : 'unsent';
        return { status: 'failed', certainty, failure: failureOf(error) };
      }
    },
  };
}

/** "A GUID per integration from the developer network" (guide: ClientIds). */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noClientId =
  'The operator of this app has no clientId of ConnectWise yet (CONNECTWISE_CLIENT_ID).';

const isRouted = ({ status, body }: HttpReply): boolean =>
  status === 400 && body.kind === 'text' && /cannot route/i.test(body.text);

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
