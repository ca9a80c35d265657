import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Ids } from '../domain/ports/machine.ts';
import { groupOf } from './caller.ts';
import { headersOf } from './headers.ts';
import { errorReply } from './reply.ts';

/** How long and how much a connection may be (R15), whatever the other side does or does not send. */
export interface ServerLimits {
  headerMaxBytes: number;
  /** From the first byte of a request, or the opening of a connection, until its head is whole. */
  headMs: number;
  /** Until its body is whole as well. */
  requestMs: number;
  /** How often the two are looked at. */
  lookMs: number;
  /** A connection on which nothing moves in either direction, an unread reply included. */
  idleMs: number;
  /** Between two requests. Longer than proxies keep theirs (60 s), so that none meets a closed one. */
  betweenMs: number;
  connectionsMax: number;
  /** Where no proxy stands in front: then all come from one address. */
  connectionsPerCallerMax: number;
}
export const serverLimits: ServerLimits = {
  headerMaxBytes: 16 * 1024,
  headMs: 10_000,
  requestMs: 30_000,
  lookMs: 2_000,
  idleMs: 120_000,
  betweenMs: 65_000,
  connectionsMax: 4_000,
  connectionsPerCallerMax: 256,
};

interface ListenOptions {
  fetch(request: Request, env: object): Response | Promise<Response>;
  ids: Ids;
  host: string;
  port: number;
  proxyHops: number;
  publicUrl: string;
  limits?: ServerLimits;
}

/**
 * Serves the app over HTTP. What never becomes a request (a head that is too large, broken, or does not
 * arrive) is answered in the common error form with the headers of the API. Rejects with Node's own
 * error where the port is taken.
 */
export function listen(options: ListenOptions): Promise<{ port: number; close(): void }> {
  const { fetch, ids, host, port, proxyHops, publicUrl, limits = serverLimits } = options;
  const refused = (code: ErrorCode): Response => {
    const { status, body } = errorReply(new AppError(code), ids.next());
    const secure = publicUrl.startsWith('https:');
    return Response.json(body, { status, headers: headersOf('api', { ancestors: [], secure }) });
  };
  const server = createServer(
    {
      maxHeaderSize: limits.headerMaxBytes,
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.lookMs,
      keepAliveTimeout: limits.betweenMs,
      // Two readers of one head must not differ (RFC 9112 3.2, 11.2).
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    getRequestListener(fetch, {
      // A `Host` that is none is the only thing that fails before the app.
      errorHandler: () => refused('request.invalid'),
    }),
  );
  server.maxConnections = limits.connectionsMax;
  // Counted by the app, which refuses; Node would drop what is past its number, and serve the rest.
  server.maxHeadersCount = 0;
  server.timeout = limits.idleMs;
  if (proxyHops === 0) boundPerCaller(server, limits.connectionsPerCallerMax);
  answerBroken(server, refused);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: () => {
          server.close();
          server.closeIdleConnections();
        },
      });
    });
  });
}

/** So that one caller cannot hold every connection there is. */
function boundPerCaller(server: Server, max: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const caller = groupOf(socket.remoteAddress ?? '');
    const count = (open.get(caller) ?? 0) + 1;
    if (count > max) return void socket.destroy();
    open.set(caller, count);
    socket.once('close', () => {
      const left = (open.get(caller) ?? 1) - 1;
      if (left === 0) open.delete(caller);
      else open.set(caller, left);
    });
  });
}

const codeOf: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request.incomplete',
  HPE_HEADER_OVERFLOW: 'request.too-large',
};

/** Node ends such a connection by itself only where nobody listens; here it gets our answer first. */
function answerBroken(server: Server, refused: (code: ErrorCode) => Response): void {
  const answers = new WeakMap<Duplex, ServerResponse<IncomingMessage>>();
  server.prependListener('request', (request, response) => answers.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket);
    // In the middle of an answer there is no place for another.
    const isAnswering = answer?.headersSent === true && !answer.writableFinished;
    if (!socket.writable || isAnswering || error.code === 'ECONNRESET')
      return void socket.destroy();
    const response = refused(codeOf[error.code ?? ''] ?? 'request.invalid');
    void response.text().then((body) => {
      const head = [
        `HTTP/1.1 ${response.status} Refused`,
        ...[...response.headers].map(([name, value]) => `${name}: ${value}`),
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
      ];
      socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
    });
  });
}
