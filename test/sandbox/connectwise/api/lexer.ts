/** A piece of a condition: `company/id`, `=`, `"Open"`, `5`, `[2026-01-01T00:00:00Z]`, `(`, `and`. */
export type Token =
  | { kind: 'name'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'moment'; text: string }
  | { kind: 'operator'; text: string }
  | { kind: 'mark'; text: '(' | ')' | ',' };

export class ConditionError extends Error {}

const NAME = /^[A-Za-z_][A-Za-z0-9_/]*/;
const NUMBER = /^-?\d{1,15}(\.\d{1,9})?/;
const OPERATOR = /^(!=|<>|<=|>=|=|<|>)/;
const MARKS = new Set(['(', ')', ',']);
const TOKENS_MAX = 5_000;

/**
 * Strings stand in quotes, dates in square brackets, numbers bare (vendor guide: API requests, conditions). No way to write a
 * quote inside a string is described, so the next quote ends it.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text.trim();
  while (rest !== '') {
    if (tokens.length >= TOKENS_MAX) throw new ConditionError('The condition is too long.');
    const { token, length } = nextToken(rest);
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function nextToken(rest: string): { token: Token; length: number } {
  const first = rest.charAt(0);
  if (first === '"' || first === "'") {
    const end = rest.indexOf(first, 1);
    if (end === -1) throw new ConditionError('A string of the condition does not end.');
    return { token: { kind: 'text', text: rest.slice(1, end) }, length: end + 1 };
  }
  if (first === '[') {
    const end = rest.indexOf(']');
    if (end === -1) throw new ConditionError('A date of the condition does not end.');
    return { token: { kind: 'moment', text: rest.slice(1, end).trim() }, length: end + 1 };
  }
  if (first === '(' || first === ')' || first === ',')
    return { token: { kind: 'mark', text: first }, length: 1 };
  const operator = OPERATOR.exec(rest)?.[0];
  if (operator !== undefined)
    return { token: { kind: 'operator', text: operator }, length: operator.length };
  const name = NAME.exec(rest)?.[0];
  if (name !== undefined) return { token: { kind: 'name', text: name }, length: name.length };
  const number = NUMBER.exec(rest)?.[0];
  if (number !== undefined)
    return { token: { kind: 'number', text: number }, length: number.length };
  throw new ConditionError(`The condition cannot be read from ${rest.slice(0, 20)}.`);
}

export const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'mark' && MARKS.has(text) && token.text === text;

export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'name' && token.text.toLowerCase() === word;
