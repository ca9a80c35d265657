import { lookup as lookUp } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addAbortSignal, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { addressIn, isLoopbackAddress, isPublicAddress } from './access/addresses.ts';
import type { Fetch } from './domain/ports/machine.ts';

export interface Found {
  address: string;
  family: number;
}
export interface NetworkOptions {
  /** The only origins that may be on this machine, and in plain http: a sandbox's, from its configuration. */
  loopbackOrigins: ReadonlySet<string>;
  /** Whether the operator named a private network for this origin in which the address lies. */
  isPrivatelyAllowed?(origin: string, address: string): boolean;
  /** Told of every address that was not connected to, for the operator. */
  refused(host: string, reason: string): void;
  /** The machine's own resolver where left out. */
  resolve?(host: string): Promise<Found[]>;
  /** Certificate authorities in place of the machine's own. */
  ca?: string;
  limits?: Partial<NetworkLimits>;
}

/** Callers have shorter limits of their own; these hold for all of them. */
export interface NetworkLimits {
  /** No byte for that long ends the call. */
  idleMs: number;
  totalMs: number;
  bodyMaxBytes: number;
  headerMaxBytes: number;
}
const networkLimits: NetworkLimits = {
  idleMs: 120_000,
  totalMs: 300_000,
  bodyMaxBytes: 64 * 1024 * 1024,
  headerMaxBytes: 64 * 1024,
};

/** Connections to one host at a time. */
const socketsMax = 64;

/** A call that was not made, or not followed. The message names no address: it may come from outside. */
export class RefusedCall extends Error {
  constructor(reason: string) {
    super(`the call was refused: ${reason}`);
    this.name = 'RefusedCall';
  }
}

/**
 * The network as the app may use it. Node's own `fetch` cannot be told which address to connect to, so
 * this speaks HTTP through `node:https`: a name is resolved once for a connection, every address it has
 * must be public (or in the private network that the operator named for it), and one of exactly those is connected to, so that a name which changes between the
 * look and the connection (DNS rebinding) leads nowhere. No redirect is followed. Certificates are
 * checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says.
 */
export function createNetwork(options: NetworkOptions): Fetch {
  const { loopbackOrigins, ca } = options;
  const limits = { ...networkLimits, ...options.limits };
  const resolve = options.resolve ?? ((host) => lookUp(host, { all: true }));
  // Without a timeout of their own: equal to a call's, Node would leave a kept connection with the
  // few seconds that the server's `Keep-Alive` header gave it while it was idle.
  const kept = { keepAlive: true, maxSockets: socketsMax };
  const plain = new HttpAgent(kept);
  const secure = new HttpsAgent({
    ...kept,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca }),
  });

  return async (request) => {
    const url = new URL(request.url);
    const onThisMachine = loopbackOrigins.has(url.origin);
    const refuse = (reason: string): RefusedCall => {
      options.refused(url.hostname, reason);
      return new RefusedCall(reason);
    };
    const isAllowed = (address: string): boolean =>
      isPublicAddress(address) ||
      (onThisMachine && isLoopbackAddress(address)) ||
      options.isPrivatelyAllowed?.(url.origin, address) === true;
    if (url.protocol !== 'https:' && !onThisMachine) throw refuse('not https');
    const literal = addressIn(url.hostname);
    if (literal !== null && !isAllowed(literal)) throw refuse('an address that is not public');

    const lookup: LookupFunction = (host, { all }, done) => {
      resolve(host).then(
        (found) => {
          const [first] = found;
          if (first === undefined || !found.every(({ address }) => isAllowed(address)))
            done(refuse('a name of an address that is not public'), []);
          else if (all === true) done(null, found);
          else done(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => done(error, []),
      );
    };
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(limits.totalMs)]);
    const body = new Uint8Array(await request.arrayBuffer());
    const asked = { request, body, url, signal, lookup, limits, plain, secure };
    const answer = await ask(asked).catch((error: unknown) => {
      // As with `fetch`: the caller's own reason for giving up is what it hears.
      throw signal.aborted ? signal.reason : error;
    });
    const status = answer.statusCode ?? 0;
    if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
      answer.destroy();
      throw refuse('a redirect');
    }
    return responseOf(answer, signal, limits.bodyMaxBytes);
  };
}

interface Asked {
  request: Request;
  body: Uint8Array;
  url: URL;
  signal: AbortSignal;
  lookup: LookupFunction;
  limits: NetworkLimits;
  plain: HttpAgent;
  secure: HttpsAgent;
}

/**
 * A server may close a resting connection at the very moment in which it is used again. A read that met
 * one is asked once more for each connection that may rest; a write is not, since it may have arrived.
 */
async function ask(asked: Asked): Promise<IncomingMessage> {
  const isRead = ['GET', 'HEAD'].includes(asked.request.method);
  for (let broken = 0; ; broken += 1) {
    const result = await askOnce(asked);
    if ('answer' in result) return result.answer;
    if (!isRead || !result.wasResting || broken === socketsMax) throw result.error;
  }
}

type Once = { answer: IncomingMessage } | { error: unknown; wasResting: boolean };

function askOnce({ request, body, url, signal, lookup, limits, plain, secure }: Asked) {
  const isSecure = url.protocol === 'https:';
  return new Promise<Once>((resolve) => {
    const call = (isSecure ? httpsRequest : httpRequest)(url, {
      agent: isSecure ? secure : plain,
      method: request.method,
      headers: {
        accept: '*/*',
        'user-agent': 'Ledgerport',
        ...Object.fromEntries(request.headers),
        'accept-encoding': 'gzip',
      },
      lookup,
      signal,
      timeout: limits.idleMs,
      maxHeaderSize: limits.headerMaxBytes,
    });
    call.once('response', (answer) => resolve({ answer }));
    call.once('timeout', () => call.destroy(new RefusedCall('no answer in time')));
    call.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ error, wasResting: call.reusedSocket && closedCodes.has(error.code ?? '') }),
    );
    // An answer that changes the protocol is none, and Node tells it as no error; nor must anything else
    // that closes the connection leave the caller waiting.
    call.once('upgrade', (_answer, socket) => socket.destroy());
    call.once('close', () =>
      resolve({ error: new RefusedCall('closed without an answer'), wasResting: false }),
    );
    call.end(body);
  });
}

/** How the system says that the other side had closed the connection. */
const closedCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** What an answer can have (RFC 9110, 15); Node reads any three digits. */
const [statusMin, statusMax] = [200, 599];
const withoutBody = [204, 205, 304];

/** The answer with its body unpacked and counted; what is too long or packed otherwise ends in an error. */
function responseOf(answer: IncomingMessage, signal: AbortSignal, maxBytes: number): Response {
  const status = answer.statusCode ?? 0;
  if (status < statusMin || status > statusMax) {
    answer.destroy();
    throw new RefusedCall('a status that there is none of');
  }
  const headers = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2)
    headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '');
  if (withoutBody.includes(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (!['identity', 'gzip'].includes(encoding)) {
    answer.destroy();
    throw new RefusedCall('an encoding that was not asked for');
  }
  headers.delete('content-encoding');
  headers.delete('content-length');
  const unpacked = encoding === 'gzip' ? pipeline(answer, createGunzip(), () => {}) : answer;
  return new Response(boundedBody(addAbortSignal(signal, unpacked), maxBytes), { status, headers });
}

function boundedBody(source: Readable, maxBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  let length = 0;
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done === true) return controller.close();
      length += value.length;
      if (length > maxBytes) {
        source.destroy();
        throw new RefusedCall('an answer that is too long');
      }
      controller.enqueue(new Uint8Array(value));
    },
    cancel: () => void source.destroy(),
  });
}
