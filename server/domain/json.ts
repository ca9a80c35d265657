/**
 * JSON without loss. Our own documents hold amounts as integers whose names end in `Minor`; they are
 * read as bigint. Documents of others hold decimals; they are read as the text that was sent.
 */

/** Our own form: members named `…Minor` become bigint, every other number is a number. */
export function parseOwn(text: string): unknown {
  // A reviver is called for every value, which takes four times as long as a walk afterwards.
  return mayLoseDigits.test(text) ? revived(text) : withBigints(JSON.parse(text));
}

/** A float holds every whole number of fifteen digits. */
const mayLoseDigits = /\d{16}|Minor":\s*-?\d*[.eE]/;
const minorName = /Minor$/;

const revived = (text: string): unknown =>
  JSON.parse(text, (name: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && minorName.test(name) ? BigInt(context?.source ?? value) : value,
  );

/** Changes a value that was just parsed, and is nobody else's, in place. */
function withBigints(value: unknown): unknown {
  if (Array.isArray(value)) for (const member of value) withBigints(member);
  else if (isMembers(value))
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (typeof member === 'object') withBigints(member);
      else if (typeof member === 'number' && name.endsWith('Minor')) value[name] = BigInt(member);
    }
  return value;
}
const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Our own form as text; bigint is written as a whole number. */
export const stringifyOwn = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? rawNumber(member.toString()) : member,
  );

/** No document of anybody we know has a third of it; what goes through a value needs stack for each. */
const levelsMax = 100;

/**
 * A document of another system: every number arrives as the text it was written with. Throws SyntaxError
 * for what is no JSON, or deeper than 100 levels.
 */
export function parseForeign(text: string): unknown {
  if (isTooDeep(text)) throw new SyntaxError('too many levels');
  // Quoting the numbers first takes half as long as a reviver.
  return JSON.parse(
    text.replace(stringPartOrNumber, (part) => (isOfString.test(part) ? part : `"${part}"`)),
  );
}

/** In one pass, strings left out. What is no JSON is for the parser to find. */
function isTooDeep(text: string): boolean {
  let levels = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === quote) at = endOfString(text, at);
    else if (letter === openBracket || letter === openBrace) levels += 1;
    else if (letter === closeBracket || letter === closeBrace) levels -= 1;
    if (levels > levelsMax) return true;
  }
  return false;
}
const [quote, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d];

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote)
    at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}
const backslash = 0x5c;

/**
 * RFC 8259, 6 and 7. A string is taken in parts, one for each escape in it, so that none is too long
 * for the engine's stack. What is neither, a number as a name too, is left for the parser to refuse.
 */
const stringPartOrNumber =
  /"[^"\\]*"?|\\.[^"\\]*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\s*:)/g;
const isOfString = /^["\\]/;

/** A decimal text that `JSON.stringify` writes as a number, digit for digit. */
export function rawNumber(text: string): unknown {
  return rawJson.rawJSON(text);
}

/** JSON with members in the order of their names: equal values give equal text, for hashes. */
export function canonical(value: unknown): string {
  return stringifyOwn(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

// TypeScript's library does not yet describe JSON.rawJSON (ECMAScript proposal, in Node 22+).
const rawJson: { rawJSON(text: string): unknown } = Object.assign(
  { rawJSON: (text: string): unknown => text },
  JSON,
  {
    rawJSON: Reflect.get(JSON, 'rawJSON'),
  },
);
