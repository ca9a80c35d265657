import { DECIMAL_TEXT, decimal, isLess } from '../../decimal.ts';
import { type Json, NumberText } from '../../json.ts';
import type { Value } from '../row.ts';
import type { FieldType } from '../schema/fields.ts';

/** What a condition compares with. `none` never equals anything. */
export type Compared =
  | { kind: 'none' }
  | { kind: 'null' }
  | { kind: 'flag'; flag: boolean }
  | { kind: 'number'; text: string }
  | { kind: 'moment'; ms: number }
  | { kind: 'text'; text: string };

/**
 * A condition's value as the field's type compares it. A text compared with a number, and a text for true or false, find
 * nothing instead of being refused (seen by clients of the live API).
 */
export function readCompared(type: FieldType, raw: Json): Compared {
  if (raw === null) return { kind: 'null' };
  if (type === 'boolean')
    return typeof raw === 'boolean' ? { kind: 'flag', flag: raw } : { kind: 'none' };
  if (type === 'string')
    return typeof raw === 'string' || raw instanceof NumberText
      ? { kind: 'text', text: (typeof raw === 'string' ? raw : raw.text).toLowerCase() }
      : { kind: 'none' };
  if (type === 'datetime') {
    const ms = typeof raw === 'string' ? momentOfText(raw) : Number.NaN;
    return Number.isNaN(ms) ? { kind: 'none' } : { kind: 'moment', ms };
  }
  return raw instanceof NumberText && DECIMAL_TEXT.test(raw.text)
    ? { kind: 'number', text: raw.text }
    : { kind: 'none' };
}

/** Negative, 0 or positive as the value comes before or after; undefined when there is no order. */
export function compareValues(value: Value, wanted: Compared): number | undefined {
  switch (wanted.kind) {
    case 'none':
      return undefined;
    case 'null':
      return value === null ? 0 : undefined;
    case 'flag':
      return typeof value === 'boolean' && value === wanted.flag ? 0 : undefined;
    case 'number': {
      if (typeof value !== 'number' && !(value instanceof NumberText)) return undefined;
      const [a, b] = [
        decimal(typeof value === 'number' ? String(value) : value.text),
        decimal(wanted.text),
      ];
      return isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0;
    }
    case 'moment':
      return typeof value === 'string' ? momentOfText(value) - wanted.ms : undefined;
    case 'text': {
      if (typeof value !== 'string') return undefined;
      const text = value.toLowerCase();
      return text < wanted.text ? -1 : text > wanted.text ? 1 : 0;
    }
    default:
      return wanted satisfies never;
  }
}

export const isListed = (list: readonly Compared[], value: Value): boolean =>
  list.some((wanted) => compareValues(value, wanted) === 0);

/** A moment without a zone is UTC (help: REST, date and time fields). */
export function momentOfText(text: string): number {
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  return Date.parse(hasZone ? text : `${full}Z`);
}
