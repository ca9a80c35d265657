import { saidMax } from '../../domain/errors.ts';

const secretNames = /token|secret|password|passwd|authorization|apikey|api_key|credential/i;
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

/** A copy for keeping: members whose names tell of a secret are left out, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !secretNames.test(name))
      .map(([name, member]) => [name, withoutSecrets(member)]),
  );
}
