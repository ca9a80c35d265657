import { type Word, wordsOf } from './where-words.ts';

/** A field of a record as filters and orders see it: text, a number in ten-thousandths, a date or moment as text. */
type Value = string | bigint | boolean | undefined;
export type Fields = Record<string, Value>;

type Read<T> = T | { problem: string };
type Test = (fields: Fields) => boolean;
type Operand = { value: (fields: Fields) => Value; isMoment: boolean };

/** Calls that a filter may make on a text field (developer.xero.com, Requests and responses). */
const TESTS: Readonly<Record<string, (held: string, sent: string) => boolean>> = {
  contains: (held, sent) => held.includes(sent),
  startswith: (held, sent) => held.startsWith(sent),
  endswith: (held, sent) => held.endsWith(sent),
};
const TURNS: Readonly<Record<string, (held: string) => string>> = {
  tolower: (held) => held.toLowerCase(),
  toupper: (held) => held.toUpperCase(),
  tostring: (held) => held,
  trim: (held) => held.trim(),
};

/**
 * A `where`: conditions joined by AND, OR and parentheses over members of the record. What cannot be read is told as the
 * vendor's QueryParseException does. `knows` says which members the description gives the record.
 */
export function parseWhere(
  text: string,
  { type, knows }: { type: string; knows(path: string): boolean },
): Read<Test> {
  const read = wordsOf(text);
  if ('problem' in read) return read;
  const words: readonly Word[] = read;
  let at = 0;
  const isSign = (value: string) => {
    const word = words[at];
    return word?.kind === 'sign' && word.value === value;
  };
  const take = (value: string): boolean => {
    if (!isSign(value)) return false;
    at += 1;
    return true;
  };

  function joined(sign: '||' | '&&', part: () => Read<Test>): Read<Test> {
    const parts: Test[] = [];
    do {
      const one = part();
      if (typeof one !== 'function') return one;
      parts.push(one);
    } while (take(sign));
    return sign === '||'
      ? (fields) => parts.some((one) => one(fields))
      : (fields) => parts.every((one) => one(fields));
  }

  const either = (): Read<Test> => joined('||', both);
  const both = (): Read<Test> => joined('&&', single);

  function single(): Read<Test> {
    if (take('!')) {
      const inner = single();
      return typeof inner === 'function' ? (fields) => !inner(fields) : inner;
    }
    if (take('(')) {
      const inner = either();
      if (typeof inner !== 'function') return inner;
      return take(')') ? inner : { problem: "')' or operator expected" };
    }
    return comparison();
  }

  function comparison(): Read<Test> {
    const left = operand();
    if ('problem' in left) return left;
    const word = words[at];
    const sign = word?.kind === 'sign' ? word.value : '';
    if (!/^(==?|!=|<>|[<>]=?)$/.test(sign)) return (fields) => left.value(fields) === true;
    at += 1;
    const right = operand();
    if ('problem' in right) return right;
    const isMoment = left.isMoment || right.isMoment;
    return (fields) =>
      holds(sign, lasting(left, fields, isMoment), lasting(right, fields, isMoment));
  }

  function operand(): Read<Operand> {
    const word = words[at];
    at += 1;
    if (!word || word.kind === 'sign') return { problem: 'Expression expected' };
    if (word.kind === 'name') return field(word.value);
    return { value: () => literal(word), isMoment: word.kind === 'moment' };
  }

  function field(first: string): Read<Operand> {
    let path = first;
    let value: Operand['value'] | undefined;
    while (take('.')) {
      const word = words[at];
      at += 1;
      if (word?.kind !== 'name') return { problem: 'Syntax error' };
      const isCall = take('(');
      // A member that may be empty can be read through its Value.
      if (!isCall && word.value === 'Value') continue;
      if (!isCall) {
        path = `${path}.${word.value}`;
        continue;
      }
      const next = words[at];
      const sent = next?.kind === 'text' ? next : undefined;
      if (sent) at += 1;
      if (!take(')')) return { problem: "')' or ',' expected" };
      const made = called(word.value, value ?? held(path), sent);
      if (!made) return { problem: `No applicable method '${word.value}' exists in type 'String'` };
      value = made;
    }
    if (!knows(path)) return { problem: `No property or field '${path}' exists in type '${type}'` };
    return { value: value ?? held(path), isMoment: false };
  }

  const test = either();
  if (typeof test !== 'function') return test;
  return at === words.length ? test : { problem: 'Syntax error' };
}

/** `UpdatedDateUTC DESC, InvoiceNumber` */
export function parseOrder(
  text: string,
  { type, knows }: { type: string; knows(path: string): boolean },
): Read<(a: Fields, b: Fields) => number> {
  const parts = text.split(',').map((part) => part.trim().split(/\s+/));
  const unknown = parts.find(([name = '']) => !knows(name))?.[0];
  if (unknown !== undefined)
    return { problem: `No property or field '${unknown}' exists in type '${type}'` };
  return (a, b) => {
    for (const [name = '', direction = ''] of parts) {
      const sign = /^desc(ending)?$/i.test(direction) ? -1 : 1;
      const left = held(name)(a) ?? '';
      const right = held(name)(b) ?? '';
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}

/** Reads a member whose name is written in any case. */
function held(path: string): (fields: Fields) => Value {
  const wanted = path.toLowerCase();
  return (fields) => {
    const key = Object.keys(fields).find((name) => name.toLowerCase() === wanted);
    return key === undefined ? undefined : fields[key];
  };
}

function called(
  name: string,
  value: Operand['value'],
  sent: { value: string } | undefined,
): Operand['value'] | undefined {
  const test = TESTS[name.toLowerCase()];
  const turn = TURNS[name.toLowerCase()];
  const textIn = (fields: Fields) => {
    const one = value(fields);
    return typeof one === 'string' ? one : undefined;
  };
  if (test && sent)
    return (fields) => {
      const text = textIn(fields);
      return text !== undefined && test(text, sent.value);
    };
  if (turn && !sent)
    return (fields) => {
      const text = textIn(fields);
      return text === undefined ? undefined : turn(text);
    };
  return undefined;
}

function literal(word: Exclude<Word, { kind: 'name' | 'sign' }>): Value {
  return word.kind === 'null' ? undefined : word.value;
}

/** A calendar date beside a moment counts as its midnight. */
function lasting({ value }: Operand, fields: Fields, isMoment: boolean): Value {
  const one = value(fields);
  return isMoment && typeof one === 'string' && one.length === 10 ? `${one}T00:00:00.000` : one;
}

/** A text that was never given is null in a filter. */
const isEmpty = (value: Value): boolean => value === undefined || value === '';

function holds(sign: string, left: Value, right: Value): boolean {
  const same = left === right || (isEmpty(left) && isEmpty(right));
  if (sign === '==' || sign === '=') return same;
  if (sign === '!=' || sign === '<>') return !same;
  if (left === undefined || right === undefined) return false;
  if (sign === '>=') return left >= right;
  if (sign === '<=') return left <= right;
  return sign === '>' ? left > right : left < right;
}
