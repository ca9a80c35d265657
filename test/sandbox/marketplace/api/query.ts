/** A query of a list operation, checked: unknown or repeated names and malformed values are refused. */
export interface ListQuery {
  offset: number;
  limit: number;
  filters: Map<string, string>;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DEFAULT_LIMIT = 10;

/** SimpleAPI 1.15: `offset` from 0, default 0; `limit` from 1, default 10, no maximum. */
export function listQuery(
  url: string,
  allowed: readonly string[],
): ListQuery | { problem: string } {
  const filters = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) {
    if (![...allowed, 'offset', 'limit'].includes(name))
      return { problem: 'There is an unknown query parameter.' };
    if (filters.has(name)) return { problem: 'A query parameter is given twice.' };
    if (/Time(From|To)$/.test(name) && !(MOMENT.test(value) && Number.isFinite(Date.parse(value))))
      return { problem: `${name} must be a date and time with its zone.` };
    if (/Date(From|To)$/.test(name) && !(DATE.test(value) && Number.isFinite(Date.parse(value))))
      return { problem: `${name} must be a date.` };
    filters.set(name, value);
  }
  const offset = wholeNumber(filters.get('offset') ?? '0');
  const limit = wholeNumber(filters.get('limit') ?? String(DEFAULT_LIMIT));
  if (offset === undefined) return { problem: 'offset must be a whole number from 0.' };
  if (limit === undefined || limit < 1) return { problem: 'limit must be a whole number from 1.' };
  return { offset, limit, filters };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
