import { instant } from '../../domain/dates.ts';
import { changesOverlapMs } from './limits.ts';

/**
 * Conditions of a query (guide: API requests, conditions). No way is told to write a quote inside a
 * text: a text with one is asked for by its part up to the quote, and compared here.
 */
export const isId = (field: string, id: string): string => `${field}=${digits(id)}`;
export const anyId = (field: string, ids: readonly string[]): string =>
  `${field} in (${ids.map(digits).join(',')})`;
export const isText = (field: string, text: string): string =>
  text.includes('"')
    ? `${field} like "${text.slice(0, text.indexOf('"'))}%"`
    : `${field}="${text}"`;
export const holds = (field: string, text: string): string =>
  `${field} contains "${text.replaceAll('"', '')}"`;
export const datedFrom = (field: string, day: string): string => `${field} >= [${day}T00:00:00Z]`;
export const isEmpty = (field: string): string => `${field} = null`;
/** A little from before as well: the position is by our clock, the times are by theirs. */
export const changedSince = (since: string): string => {
  const from = instant(Date.parse(since) - changesOverlapMs);
  return `lastUpdated >= [${from.replace(/\.\d+Z$/, 'Z')}]`;
};

/** Ids are digits, read through a schema; anything else would change what is asked. */
function digits(id: string): string {
  if (!/^\d{1,15}$/.test(id)) throw new RangeError('not an id');
  return id;
}
