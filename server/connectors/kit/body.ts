import { AppError, retryLater } from '../../domain/errors.ts';
import { parseForeign } from '../../domain/json.ts';

/** What came back, judged by its content and not only by what its header claims. */
export type Body =
  | { kind: 'empty' }
  | { kind: 'json'; value: unknown }
  /** Said to be JSON, or looked like it, but does not parse: cut off, or damaged. */
  | { kind: 'broken' }
  | { kind: 'text'; text: string; html: boolean }
  /** The bytes as they came, of a call that asked for a file. */
  | { kind: 'file'; bytes: Uint8Array<ArrayBuffer> };

/**
 * Reads a body as UTF-8 text of at most `bytesMax` bytes, so that a strange answer cannot fill the
 * memory. Throws `system.answer` beyond it.
 */
export async function boundedText(response: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunksOf(response, bytesMax))
    text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** The same as bytes, untouched. */
export async function boundedBytes(
  response: Response,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunksOf(response, bytesMax)) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function* chunksOf({ body }: Response, bytesMax: number) {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new AppError('system.answer', { retry: retryLater() });
    yield chunk;
  }
}

/** Numbers of a JSON body stay the exact text that was sent (`parseForeign`). */
export function bodyOf(text: string, contentType: string | null): Body {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const claimed = /\bjson\b/i.test(contentType ?? '');
  if (claimed || trimmed.startsWith('{') || trimmed.startsWith('['))
    try {
      return { kind: 'json', value: parseForeign(trimmed) };
    } catch {
      return { kind: 'broken' };
    }
  return { kind: 'text', text: trimmed, html: /^<(!doctype|html)/i.test(trimmed) };
}
