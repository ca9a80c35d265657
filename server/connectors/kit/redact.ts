import { saidMax } from '../../domain/errors.ts';

const hidden = '[hidden]';

/** Words of another system without what could be a secret: tokens, and addresses with a query. */
export function redacted(text: string): string {
  return text
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
  for (const word of words) {
    const line = redacted(word ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (line !== '') told.add(line);
  }
  const text = [...told].join(' ');
  if (text === '') return null;
  return text.length <= saidMax ? text : `${text.slice(0, saidMax - 1)}…`;
}
