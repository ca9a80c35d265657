import { createFetch } from 'ofetch';
import { AppError, retryLater, retryReconnect } from '../../domain/errors.ts';
import type { Clock, Fetch } from '../../domain/ports/machine.ts';

/** A call is given up after this long; what it was about stays where it was. */
export const callTimeoutMs = 30_000;
/** A page of 100 orders with all their lines is far below this. */
export const bodyMaxBytes = 10 * 1024 * 1024;

export interface Call {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}
export interface Answer {
  status: number;
  text: string;
  retryAfter: string | null;
  /** `X-Correlation-ID`, which the vendor's support asks for (SimpleAPI 1.15, every response). */
  reference: string | null;
}

/**
 * Thin HTTP: sends one call, never repeats it, follows no redirect, reads a bounded text. Every
 * status is an answer; only what brought no answer is an error, `marketplace.unreachable`, or
 * `marketplace.answer` where the body is too large. Errors carry neither address nor token.
 */
export function createClient({ fetch, clock }: { fetch: Fetch; clock: Clock }) {
  const http = createFetch({
    fetch: (input, init) => fetch(new Request(input, init)),
    defaults: { retry: false, ignoreResponseError: true, responseType: 'stream' },
  });

  return async function send({ method, url, headers, body }: Call): Promise<Answer> {
    // RFC 9110, 5.5. A key that was typed may hold what no header can.
    if (!Object.values(headers).every((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)))
      throw new AppError('marketplace.credentials', { retry: retryReconnect });
    const { giveUp, gaveUp, settle } = deadline(clock);
    const answer = async (): Promise<Answer> => {
      const response = await http.raw(url, {
        method,
        headers: { accept: 'application/json', ...headers },
        redirect: 'manual',
        signal: giveUp,
        ...(body === undefined ? {} : { body }),
      });
      const reference = response.headers.get('x-correlation-id')?.slice(0, 100) ?? null;
      return {
        status: response.status,
        text: await boundedText(response.body, reference),
        retryAfter: response.headers.get('retry-after'),
        reference,
      };
    };
    try {
      return await Promise.race([answer(), gaveUp]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw unreachable(error);
    } finally {
      settle();
    }
  };
}
export type Send = ReturnType<typeof createClient>;

/** Nobody reads it; made once, because a reason of its own would take down where it was made. */
const answered = new Error('the call was answered');

function deadline(clock: Clock) {
  const timer = new AbortController();
  const call = new AbortController();
  const gaveUp = clock
    .waitUntil(clock.nowMs() + callTimeoutMs, timer.signal)
    .then((): Promise<never> => {
      if (timer.signal.aborted) return new Promise<never>(() => {});
      call.abort();
      throw unreachable(null);
    });
  return { giveUp: call.signal, gaveUp, settle: () => timer.abort(answered) };
}

async function boundedText(
  stream: ReadableStream<Uint8Array> | null,
  reference: string | null,
): Promise<string> {
  if (stream === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const bytes of stream) {
    size += bytes.byteLength;
    if (size > bodyMaxBytes)
      throw new AppError('marketplace.answer', { retry: retryLater(), reference });
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

/** The cause keeps the kind of fault alone: messages of fetch may name the whole address. */
function unreachable(error: unknown): AppError {
  const cause = error instanceof Error ? new Error(kindOf(error)) : undefined;
  return new AppError('marketplace.unreachable', { retry: retryLater(), cause });
}
const kindOf = (error: Error): string => {
  const inner = error.cause instanceof Error ? error.cause : error;
  const code: unknown = Reflect.get(inner, 'code');
  return typeof code === 'string' ? code : inner.name;
};
