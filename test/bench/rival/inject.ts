import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

export interface Injected {
  method: 'GET' | 'POST';
  path: string;
  authorization: string;
}
export interface Taken {
  statuses: Record<string, number>;
  tookMs: number[];
}

/** Where an answer goes that nobody reads. */
class Nowhere extends Socket {
  override write(_bytes: unknown, ...rest: unknown[]): boolean {
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  }
}

/**
 * Hands calls to a server's listener one after another, as Node's own request and response, with no
 * network in between: what is left is what the server itself does for a call.
 */
export async function inject(
  listener: RequestListener,
  calls: readonly Injected[],
): Promise<Taken> {
  const statuses: Record<string, number> = {};
  const tookMs: number[] = [];
  for (const call of calls) {
    const startedMs = performance.now();
    const status = await answered(listener, call);
    tookMs.push(performance.now() - startedMs);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return { statuses, tookMs };
}

function answered(listener: RequestListener, { method, path, authorization }: Injected) {
  const socket = new Nowhere();
  const request = new IncomingMessage(socket);
  const headers = [
    ['Host', '127.0.0.1'],
    ['Authorization', authorization],
    ...(method === 'POST' ? [['Content-Length', '0']] : []),
  ];
  Object.assign(request, {
    method,
    url: path,
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    complete: true,
    headers: Object.fromEntries(headers.map(([name = '', value]) => [name.toLowerCase(), value])),
    rawHeaders: headers.flat(),
  });
  request.push(null);
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  return new Promise<number>((resolve) => {
    response.once('finish', () => resolve(response.statusCode));
    listener(request, response);
  });
}

/** Serves rounds of calls that the parent process sends, and says when it can. */
export function serveRounds(listener: RequestListener): void {
  process.on('message', (calls: Injected[]) => {
    void inject(listener, calls).then((taken) => process.send?.(taken));
  });
}
