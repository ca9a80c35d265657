import { isLong } from '../kit/length.ts';
import { junkPlaces, type Place } from './places.ts';

/** A document in which one thing is wrong, as the text that arrives. */
export interface Wrong {
  what: string;
  text: string;
}

const deepLevels = 1_000;
const deep = (): unknown =>
  Array.from({ length: deepLevels }).reduce<unknown>((value) => [value], 'deep');
const ownMember = (name: string, value: unknown): unknown => Object.fromEntries([[name, value]]);

/** What stands where something else was meant: wrong types, sizes, days, letters and places to go. */
const values: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  'a number': 7,
  'a negative number': -1,
  'a number past all others': 1e308,
  'a long fraction': 0.1 + 0.2,
  'no text': '',
  'another text': 'x',
  'an empty list': [],
  'a list of itself': [[['x']]],
  'an empty object': {},
  'an object with a name of JavaScript': ownMember('__proto__', { admin: true }),
  'a name of JavaScript': '__proto__',
  'another name of JavaScript': 'constructor',
  'control characters': 'a\u0000b\r\nSet-Cookie: a=b\u001b[31m',
  'half a letter': '\ud800',
  'text that runs backwards': '\u202etxt.exe',
  'a formula': '=HYPERLINK("https://evil.example")',
  'a tag': '<img src=x onerror=alert(1)>',
  'a path': '../../../../etc/passwd',
  'a stranger’s address': 'https://evil.example/',
  'an address inside': 'http://169.254.169.254/latest/meta-data/',
  'a script’s address': 'javascript:alert(1)',
  'a day long gone': '0001-01-01T00:00:00Z',
  'a day far ahead': '9999-12-31T23:59:59Z',
  'a day no calendar has': '2026-02-30',
  'a text without an end': 'x'.repeat(100_000),
  'far too many levels': deep(),
};

/** Each place gets one in six of the values, and each value some places; with `--long` each gets all. */
const usualShare = isLong ? 1 : 6;

/** Documents in which exactly one thing is wrong. */
export function* oneWrong(document: unknown, share = usualShare): Generator<Wrong> {
  for (const [at, place] of junkPlaces(document).entries()) {
    const where = place.length === 0 ? 'the whole' : place.join('.');
    const own = Object.entries(values).filter((_, each) => (each + at) % share === 0);
    for (const [name, value] of own)
      yield { what: `${where} is ${name}`, text: textOf(changed(document, place, () => [value])) };
    if (place.length === 0) continue;
    yield { what: `${where} is left out`, text: textOf(changed(document, place, () => [])) };
    yield {
      what: `${where} stands twice`,
      text: textOf(changed(document, place, (value) => [value, value])),
    };
    yield {
      what: `beside ${where} stands a name of JavaScript`,
      text: textOf(beside(document, place)),
    };
  }
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** The value with what stands at a place put in another way: none, one or several in its stead. */
function changed(
  value: unknown,
  [name, ...rest]: Place,
  how: (value: unknown) => unknown[],
): unknown {
  if (name === undefined) return how(value)[0];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, at) =>
      at !== name ? [each] : rest.length > 0 ? [changed(each, rest, how)] : how(each),
    );
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([each, member]): [string, unknown][] => {
      if (each !== name) return [[each, member]];
      if (rest.length > 0) return [[each, changed(member, rest, how)]];
      const [first, ...more] = how(member);
      return first === undefined ? [] : [[each, more.length > 0 ? [first, ...more] : first]];
    }),
  );
}

function beside(value: unknown, place: Place): unknown {
  const parent = place.slice(0, -1);
  return changed(value, parent, (found) => [
    typeof found === 'object' && found !== null && !Array.isArray(found)
      ? Object.fromEntries([...Object.entries(found), ['__proto__', { admin: true }]])
      : found,
  ]);
}
