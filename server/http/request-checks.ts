import { readBytes } from '../access/bounded-body.ts';
import { AppError } from '../domain/errors.ts';
import { incomingOf } from './caller.ts';
import { isModestJson } from './json-shape.ts';
import { headersMax, urlMaxLength } from './limits.ts';

/**
 * Refuses an address or a head that no page of ours and no marketplace sends. Two hosts are for two
 * readers to take one each: "a server must respond with 400" (RFC 9112 3.2), which Node leaves to us.
 */
export function requireSmallHead(request: Request, env: unknown): void {
  const names = namesOf(request, env);
  if (request.url.length > urlMaxLength || names.length > headersMax)
    throw new AppError('request.too-large');
  if (names.filter((name) => name === 'host').length > 1) throw new AppError('request.invalid');
}

/** As they came in, names and values by turns; in process there is only what `Request` made of them. */
function namesOf(request: Request, env: unknown): string[] {
  const raw = incomingOf(env)?.rawHeaders;
  if (!Array.isArray(raw)) return [...request.headers.keys()];
  return raw.filter((_, at) => at % 2 === 0).map((name) => String(name).toLowerCase());
}

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

/** The whole body. Throws `request.too-large`, or `request.incomplete` where the caller ends within it. */
export async function bodyBytes(request: Request, maxBytes: number): Promise<Bytes> {
  // Said so, and held to it by the server: a stream that is opened to find nothing costs a whole call.
  if (request.headers.get('content-length') === '0') return new Uint8Array(0);
  const bytes = await readBytes(request.body, maxBytes).catch((cause: unknown) => {
    throw new AppError('request.incomplete', { cause });
  });
  if (bytes === null) throw new AppError('request.too-large');
  return bytes;
}
type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The JSON body, undefined where there is none. Throws `request.invalid`, `request.too-large` (also
 * for what is too deep or of too many parts) or `request.incomplete`.
 */
export async function jsonBody(request: Request, maxBytes: number): Promise<unknown> {
  if (request.headers.get('content-encoding') !== null) throw new AppError('request.invalid');
  const bytes = await bodyBytes(request, maxBytes);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(type)) throw new AppError('request.invalid');
  if (!isModestJson(bytes)) throw new AppError('request.too-large');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AppError('request.invalid');
  }
}
