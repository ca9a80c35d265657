import { crc32 } from 'node:zlib';
import { bytesPerTurn, textPerPiece } from './limits.ts';
import { encode } from './text.ts';
import { sealedHead } from './versions.ts';

/** Others get a turn after each so many bytes, so that a large file is not made at a stretch. */
export function turns(): (bytes: number) => Promise<void> | null {
  let since = 0;
  return (bytes) => {
    since += bytes;
    if (since < bytesPerTurn) return null;
    since = 0;
    return new Promise((resolve) => setImmediate(resolve));
  };
}

/**
 * The bytes of a JSON object with members, given as pieces of its text, sealed in today's form. What the
 * pieces were made of may change meanwhile: they are texts of their own.
 */
export async function sealedBytes(pieces: readonly string[]): Promise<Uint8Array> {
  const [first = '', ...others] = pieces;
  const chunks: Uint8Array[] = [];
  const turn = turns();
  let [checksum, length] = [0, 0];
  for (const text of gathered([first.slice(1), ...others])) {
    const chunk = encode(text);
    chunks.push(chunk);
    checksum = crc32(chunk, checksum);
    length += chunk.length;
    const next = turn(chunk.length);
    if (next !== null) await next;
  }
  const head = encode(sealedHead(checksum));
  return joined([head, ...chunks], head.length + length);
}

/** Neighbours in one text, since a call for each of them costs more than they do. */
function* gathered(pieces: readonly string[]): Generator<string> {
  let neighbours: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    neighbours.push(piece);
    length += piece.length;
    if (length < textPerPiece) continue;
    yield neighbours.join('');
    neighbours = [];
    length = 0;
  }
  if (length > 0) yield neighbours.join('');
}

export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
