import { decimal, isLess } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import type { Value } from '../row.ts';
import type { Comparison, Operand, Operator } from './conditions.ts';
import { ConditionError } from './lexer.ts';

/** "String was not recognized as a valid Boolean." comes as a 500 (christaylorcodes/ConnectWiseManageAPI #1). */
export class NotBoolean extends Error {}

/** Whether one value meets a comparison. Texts compare in any case, as the vendor's database does. */
export function meets(value: Value, { operator, isNegated, values }: Comparison): boolean {
  const found =
    operator === 'in'
      ? values.some((operand) => compared(value, '=', operand))
      : values.every((operand) => compared(value, operator, operand));
  return found !== isNegated;
}

function compared(value: Value, operator: Exclude<Operator, 'in'>, operand: Operand): boolean {
  if (operator === 'contains' || operator === 'like') return matched(value, operator, operand);
  const order = orderOf(value, operand);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
    default:
      return operator satisfies never;
  }
}

function matched(value: Value, operator: 'contains' | 'like', operand: Operand): boolean {
  if (operand.kind !== 'text') throw new ConditionError(`The operator ${operator} needs a string.`);
  if (typeof value !== 'string') return false;
  const text = value.toLowerCase();
  const wanted = operand.text.toLowerCase();
  if (operator === 'contains') return text.includes(wanted);
  return likeOf(wanted).test(text);
}

/** `%` and `*` stand for any text (examples of the guide: `name like "Conn%"`). */
function likeOf(wanted: string): RegExp {
  const parts = wanted.split(/[%*]+/).map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`);
}

/** Negative, 0 or positive; undefined where nothing can be compared, as null in SQL. */
function orderOf(value: Value, operand: Operand): number | undefined {
  if (operand.kind === 'null') return value === null || value === '' ? 0 : undefined;
  if (typeof value === 'boolean') {
    if (operand.kind === 'flag') return value === operand.flag ? 0 : 1;
    throw new NotBoolean();
  }
  if (value === null) return undefined;
  if (operand.kind === 'moment') {
    const ms = Date.parse(withZone(operand.text));
    if (Number.isNaN(ms)) throw new ConditionError(`[${operand.text}] is not a date.`);
    return typeof value === 'string' ? Date.parse(value) - ms : undefined;
  }
  if (operand.kind === 'flag') return undefined;
  if (typeof value === 'number' || value instanceof NumberText) {
    if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(operand.text)) return undefined;
    const [a, b] = [
      decimal(typeof value === 'number' ? String(value) : value.text),
      decimal(operand.text),
    ];
    return isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0;
  }
  if (typeof value !== 'string') return undefined;
  const [a, b] = [value.toLowerCase(), operand.text.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A date without a zone is UTC. */
function withZone(text: string): string {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  return /(Z|[+-]\d{2}:?\d{2})$/i.test(full) ? full : `${full}Z`;
}
