import * as v from 'valibot';
import { readBytes } from '../access/bounded-body.ts';
import { AppError } from '../domain/errors.ts';

/**
 * Refuses what another website could make a browser send (R8.7): there are no CORS headers, no
 * cookie, and a foreign `Origin` or `Sec-Fetch-Site` is turned away before anything is read.
 */
export function requireSameOrigin(request: Request, publicUrl: string): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if ((origin !== null && origin !== publicUrl) || (site !== null && site !== 'same-origin'))
    throw new AppError('request.origin');
}

/** The query as text members. A name that stands twice is refused, so that no two readers differ. */
export function queryOf(url: URL): Record<string, string> {
  const names = [...url.searchParams.keys()];
  if (new Set(names).size !== names.length) throw new AppError('request.invalid');
  return Object.fromEntries(url.searchParams);
}

/** The JSON body, undefined where there is none. Throws `request.invalid` or `request.too-large`. */
export async function jsonBody(request: Request, maxBytes: number): Promise<unknown> {
  if (request.headers.get('content-encoding') !== null) throw new AppError('request.invalid');
  const bytes = await readBytes(request.body, maxBytes);
  if (bytes === null) throw new AppError('request.too-large');
  if (bytes.length === 0) return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(type)) throw new AppError('request.invalid');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AppError('request.invalid');
  }
}

const connectionEnv = v.object({
  incoming: v.object({ socket: v.object({ remoteAddress: v.optional(v.string()) }) }),
});

/**
 * The caller's address. Behind `proxyHops` proxies it is the entry that the outermost of them
 * appended; whatever the caller wrote into the header stands before it and is not believed.
 */
export function addressOf(request: Request, env: unknown, proxyHops: number): string | null {
  if (proxyHops > 0) {
    const chain = (request.headers.get('x-forwarded-for') ?? '').split(',');
    return chain.at(-proxyHops)?.trim().slice(0, 64) || null;
  }
  const connection = v.safeParse(connectionEnv, env);
  return connection.success ? (connection.output.incoming.socket.remoteAddress ?? null) : null;
}
