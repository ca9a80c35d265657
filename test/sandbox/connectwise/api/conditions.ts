import { ConditionError, isMark, isWord, type Token, tokensOf } from './lexer.ts';

/** One comparison as it stands in the text. */
export interface Comparison {
  path: string;
  operator: Operator;
  isNegated: boolean;
  values: readonly Operand[];
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'like' | 'in';
export type Operand =
  | { kind: 'text' | 'number' | 'moment'; text: string }
  | { kind: 'flag'; flag: boolean }
  | { kind: 'null' };

export type Condition =
  | { kind: 'and' | 'or'; parts: readonly Condition[] }
  | { kind: 'comparison'; comparison: Comparison };

const DEPTH_MAX = 30;

/**
 * The conditions language: comparisons with `= != < <= > >= contains like in`, each with `not`, joined by `and` and `or` with
 * parentheses (vendor guide: API requests, conditions). Throws a ConditionError with words for whoever wrote it.
 */
export function parseConditions(text: string): Condition {
  const tokens = tokensOf(text);
  const reader = { tokens, at: 0 };
  const condition = either(reader, 0);
  if (reader.at < tokens.length)
    throw new ConditionError('The condition goes on where it should end.');
  return condition;
}

interface Reader {
  tokens: readonly Token[];
  at: number;
}

function either(reader: Reader, depth: number): Condition {
  if (depth > DEPTH_MAX) throw new ConditionError('The condition is nested too deeply.');
  const parts = [both(reader, depth)];
  while (isWord(reader.tokens[reader.at], 'or')) {
    reader.at += 1;
    parts.push(both(reader, depth));
  }
  return joined('or', parts);
}

function both(reader: Reader, depth: number): Condition {
  const parts = [single(reader, depth)];
  while (isWord(reader.tokens[reader.at], 'and')) {
    reader.at += 1;
    parts.push(single(reader, depth));
  }
  return joined('and', parts);
}

function joined(kind: 'and' | 'or', parts: Condition[]): Condition {
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind, parts };
}

function single(reader: Reader, depth: number): Condition {
  if (isMark(reader.tokens[reader.at], '(')) {
    reader.at += 1;
    const inner = either(reader, depth + 1);
    expectMark(reader, ')');
    return inner;
  }
  const name = take(reader);
  if (name?.kind !== 'name') throw new ConditionError('A condition starts with a name.');
  const isNegated = isWord(reader.tokens[reader.at], 'not');
  if (isNegated) reader.at += 1;
  const operator = operatorOf(take(reader));
  const values = operator === 'in' ? listOf(reader) : [operandOf(take(reader))];
  return { kind: 'comparison', comparison: { path: name.text, operator, isNegated, values } };
}

function operatorOf(token: Token | undefined): Operator {
  if (token?.kind === 'operator') {
    switch (token.text) {
      case '=':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return token.text;
      case '<>':
        return '!=';
      default:
        break;
    }
  }
  for (const word of ['contains', 'like', 'in'] as const) if (isWord(token, word)) return word;
  throw new ConditionError('A condition needs an operator after its name.');
}

function listOf(reader: Reader): Operand[] {
  expectMark(reader, '(');
  const values = [operandOf(take(reader))];
  while (isMark(reader.tokens[reader.at], ',')) {
    reader.at += 1;
    values.push(operandOf(take(reader)));
  }
  expectMark(reader, ')');
  return values;
}

function operandOf(token: Token | undefined): Operand {
  if (token?.kind === 'text' || token?.kind === 'number' || token?.kind === 'moment')
    return { kind: token.kind, text: token.text };
  for (const flag of [true, false]) if (isWord(token, String(flag))) return { kind: 'flag', flag };
  if (isWord(token, 'null')) return { kind: 'null' };
  throw new ConditionError('A condition needs a value: "text", number, [date], True or False.');
}

function take(reader: Reader): Token | undefined {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  return token;
}

function expectMark(reader: Reader, mark: '(' | ')'): void {
  if (!isMark(take(reader), mark)) throw new ConditionError(`A condition lacks its ${mark}.`);
}
