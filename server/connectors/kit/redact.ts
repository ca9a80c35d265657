import { saidMax } from '../../domain/errors.ts';

const hidden = '[hidden]';
/** No more of one word is looked at: what the patterns cost grows with the square of its length. */
const readMax = 4 * saidMax;

/** Words of another system without what could be a secret: tokens, and addresses with a query. */
export function redacted(text: string): string {
  return text
    .slice(0, readMax)
    .replace(/\b(bearer|basic)\s+[\w+/=.~-]{6,}/gi, `$1 ${hidden}`)
    .replace(/\beyJ[\w-]+(\.[\w-]+)*/g, hidden)
    .replace(/(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/gi, '$1')
    .replace(
      /\b((?:access|refresh|id)_?token|client_?secret)["']?\s*[=:]\s*["']?[^\s&"',}]+/gi,
      `$1=${hidden}`,
    );
}

/** What a person may read of the other side's words: redacted, one line, at most `saidMax` characters. */
export function saidOf(words: readonly (string | null | undefined)[]): string | null {
  const told = new Set<string>();
  let length = 0;
  for (const word of words) {
    if (length > saidMax) break;
    const line = redacted(word ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (line !== '') told.add(line);
    length += line.length;
  }
  const text = [...told].join(' ');
  if (text === '') return null;
  return text.length <= saidMax ? text : `${text.slice(0, saidMax - 1)}…`;
}
