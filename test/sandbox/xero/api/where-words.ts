/** One word of a `where`: a value, a name with its dots, or a sign. */
export type Word =
  | { kind: 'text' | 'guid'; value: string }
  | { kind: 'moment'; value: string }
  | { kind: 'number'; value: bigint }
  | { kind: 'truth'; value: boolean }
  | { kind: 'null' }
  | { kind: 'name'; value: string }
  | { kind: 'sign'; value: string };

const SPACE = /\s+/y;
const TEXT = /"([^"]*)"/y;
const GUID = /guid\(\s*"([^"]*)"\s*\)/iy;
const MOMENT =
  /DateTime\(\s*(\d{4})\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})\s*(?:,\s*(\d{1,2})\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})\s*)?\)/iy;
const PARSED = /DateTime\.Parse\(\s*"([^"]*)"\s*\)/iy;
const NUMBER = /(-?\d+)(?:\.(\d+))?m?/iy;
const NAME = /[A-Za-z_]\w*/y;
const SIGN = /==|!=|<>|>=|<=|&&|\|\||[=<>!().]/y;
const JOINS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!' };

/**
 * Reads the words of a filter. GUIDs are `guid("...")`, dates `DateTime(2026,1,31)` or `DateTime.Parse("2026-01-31")`, texts
 * in double quotes, which cannot be escaped (developer.xero.com, Requests and responses; Xero-Java #347).
 */
export function wordsOf(text: string): Word[] | { problem: string } {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    const [word, length] = wordAt(text, at);
    if (length === 0)
      return { problem: text[at] === '"' ? 'Unterminated string literal' : 'Syntax error' };
    if (word) words.push(word);
    at += length;
  }
  return words;
}

function wordAt(text: string, at: number): [Word | undefined, number] {
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const space = match(SPACE);
  if (space) return [undefined, space[0].length];
  const quoted = match(TEXT);
  if (quoted) return [{ kind: 'text', value: quoted[1] ?? '' }, quoted[0].length];
  const guid = match(GUID);
  if (guid) return [{ kind: 'guid', value: (guid[1] ?? '').toLowerCase() }, guid[0].length];
  const moment = match(MOMENT);
  if (moment) return [{ kind: 'moment', value: momentOf(moment.slice(1)) }, moment[0].length];
  const parsed = match(PARSED);
  if (parsed) {
    const ms = Date.parse(
      `${(parsed[1] ?? '').slice(0, 19)}${parsed[1]?.includes('T') ? 'Z' : ''}`,
    );
    if (Number.isNaN(ms)) return [undefined, 0];
    return [{ kind: 'moment', value: momentText(ms) }, parsed[0].length];
  }
  const number = match(NUMBER);
  if (number)
    return [
      {
        kind: 'number',
        value: BigInt((number[1] ?? '') + (number[2] ?? '').padEnd(4, '0').slice(0, 4)),
      },
      number[0].length,
    ];
  const name = match(NAME);
  if (name) return [named(name[0]), name[0].length];
  const sign = match(SIGN);
  return sign ? [{ kind: 'sign', value: sign[0] }, sign[0].length] : [undefined, 0];
}

function named(text: string): Word {
  const lower = text.toLowerCase();
  const join = JOINS[lower];
  if (join !== undefined) return { kind: 'sign', value: join };
  if (lower === 'null') return { kind: 'null' };
  if (lower === 'true' || lower === 'false') return { kind: 'truth', value: lower === 'true' };
  return { kind: 'name', value: text };
}

function momentOf(parts: readonly (string | undefined)[]): string {
  const [year = '', ...rest] = parts;
  const [month, day, hour, minute, second] = rest.map((part) => (part ?? '0').padStart(2, '0'));
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000`;
}

/** A moment as filters compare it: to the millisecond, without a zone. */
export const momentText = (ms: number): string => new Date(ms).toISOString().slice(0, 23);
